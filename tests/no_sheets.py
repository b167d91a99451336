"""no_sheets - documents around a cloud service that are no check sheet, though they have words of METI's list; and small ones that are one.

A document is its title and what is below it: a text is a paragraph, "# …" a heading, "- …" an entry of a list; a list is a
table, its first row the heads. Written as a web page, a text, a PDF and a workbook by `written`."""
import html

from painting import HEIGHT, Painting, width_of
from test_documents import xlsx


def rows(text):
    """A table: a line a row, its cells between bars."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]


NO_SHEETS = {
    "article-headings": ("SLAとは？決めるべき項目", ["約束を結ぶ前に確かめたい項目を紹介します。", "# サービス稼働率", "サービスを利用できる時間の割合です。", "# 平均復旧時間(MTTR)",
                         "直るまでの平均の時間です。短いほどよいとされます。", "# 目標復旧時間(RTO)", "いつまでに直すかの目標のことです。", "# 応答時間", "画面が出るまでの時間です。",
                         "# 障害通知時間", "障害を知らせるまでの時間です。契約書で確かめましょう。", "# まとめ", "よく読んで契約しましょう。"]),
    "short-glossary": ("ことばの説明", [rows("""RTO|目標復旧時間のことで、いつまでに直すかを表します。
RPO|目標復旧時点のことで、どこまで戻せるかを表します。
MTTR|平均復旧時間のことです。
サービス稼働率|使える時間の割合です。
データの暗号化|読めない形に変えることをいいます。
ログの取得|操作を書き残すことです。""")]),
    "requests-in-rows": ("非機能要件", [rows("""要件|水準
サービス時間|24時間365日とすること。
サービス稼働率|99.9%以上とすること。
目標復旧時間|8時間以内とすること。
バックアップの方法|毎日取得すること。
ログの取得|1年以上保管すること。
納期|別途""")]),
    "news-of-a-version": ("新しい版のお知らせ", ["# ログの取得", "画面の並びを変えました。", "# バックアップ", "表示の誤りを修正しました。", "# 外部接続性",
                          "新しい連携先を追加しました。", "# 応答時間", "検索が速くなりました。", "# アカウント管理", "一括で登録できるようになりました。"]),
    "training-day": ("運用研修の日程", [rows("""時間|内容|講師
9:30|サービス稼働率の考え方|第一課
10:30|バックアップの方法|第二課
13:00|ログの取得|第二課
14:00|通信の暗号化レベル|第三課
15:00|質疑応答|全員""")]),
    "status-page": ("今の状態", [rows("""サービス|状態|最終更新
管理画面|正常|9:00
バックアップ|正常|3:00
メール通知|遅延|8:20
ログの取得|正常|9:00
障害通知|正常|9:00""")]),
    "price-list": ("料金表", ["表示はすべて税別です。", rows("""品目|単価|単位
基本料金|30,000円|月
同時接続利用者の追加|500円|人
バックアップ世代の追加|2,000円|世代
ログの保管|1,000円|年
カスタマイズ|別途見積り|件
ディスク容量の追加|800円|10GB
障害対応（時間外）|15,000円|回""")]),
    "price-plans": ("プランの比較", [rows("""内容|ライト|標準|上位
月額|980円|2,980円|9,800円
利用者数|5|50|500
保存容量|5GB|50GB|500GB
バックアップ|-|○|○
ログの取得|-|○|○
外部接続|-|-|○
サポート|メール|メール|電話""")]),
    "isms-policy": ("情報セキュリティ基本方針", ["当社は、お客様の情報を守るため、次のとおり方針を定めます。", "# 1. 情報資産の保護", "情報資産を漏えい、破壊、改ざんから守ります。",
                    "# 2. 法令の遵守", "個人情報保護法その他の法令を守ります。", "# 3. 教育", "役員と従業員に年1回の教育を行います。", "# 4. 事故への対応",
                    "セキュリティインシデントが発生したときは、原因を調べ、再発を防ぎます。", "# 5. 見直し", "本方針は年1回見直します。"]),
    "terms": ("利用規約", ["# 第1条（目的）", "本規約は、本サービスの利用条件を定めます。", "# 第2条（サービスの提供時間）", "本サービスは24時間365日提供します。ただし、計画停止の間は提供しません。",
              "# 第3条（サービスの停止）", "当社は、計画停止を行うときは7日前までに通知します。", "# 第4条（データの取扱い）", "解約の後、当社は30日以内にデータを消去します。",
              "# 第5条（バックアップ）", "当社は、毎日バックアップを取得しますが、復元を保証しません。", "# 第6条（損害賠償）", "当社の賠償は、月額料金の1か月分を限度とします。", "# 第7条（管轄）",
              "東京地方裁判所を専属的合意管轄裁判所とします。"]),
    "shop-questions": ("よくあるご質問", ["Q. 営業時間を教えてください。", "A. 10時から19時までです。", "Q. 返品はできますか？", "A. 到着後7日以内であればできます。", "Q. 領収書は発行できますか？", "A. はい、マイページから印刷できます。",
                       "Q. 通信は暗号化されていますか？", "A. はい、TLSで暗号化しています。", "Q. 送料はいくらですか？", "A. 全国一律600円です。", "Q. 問い合わせ先は？", "A. 店舗へお電話ください。"]),
    "machine-data": ("製品仕様", [rows("""項目|仕様
型番|AKB-200
応答時間|5ミリ秒
遅延|1ミリ秒以下
同時接続数|最大8台
通信の暗号化|WPA3
記憶媒体|SDカード
動作温度|0〜40℃
質量|1.2kg
保証期間|1年""")]),
    "requirements": ("動作環境", [rows("""項目|条件
OS|最新の2版
ブラウザ|最新版
回線速度|10Mbps以上
通信の暗号化|TLS1.2以上
画面|1280×800以上""")]),
    "privacy": ("個人情報の取扱いについて", ["# 利用目的", "お客様へのご連絡、サービスの提供、障害の通知のために利用します。", "# 第三者への提供", "同意なく第三者に提供することはありません。", "# 安全管理措置",
                "通信の暗号化、アクセス権限の管理、ログの取得を行います。", "# 開示・消去の請求", "ご本人から求めがあれば、データを開示または消去します。", "# 窓口", "個人情報相談室 電話 03-0000-0000"]),
    "white-paper": ("セキュリティホワイトペーパー", ["# はじめに", "本書は、当社のセキュリティへの取り組みを述べるものです。", "# 物理的対策", "データセンターは24時間有人で監視され、入室には生体認証が必要です。", "# ネットワーク",
                    "境界にはファイアウォールとWAFを置き、通信はTLS1.3で暗号化しています。", "# アプリケーション", "設計の段階で脅威を洗い出し、年1回、第三者による診断を受けています。", "# 人", "入社時と年1回、全員に教育を行います。",
                    "# おわりに", "お問い合わせは営業担当まで。"]),
    "minutes": ("定例会議 議事録", ["日時 2027年4月9日 10:00〜11:00", "出席 山田、佐藤、鈴木", "# 議題1 先月の稼働", "稼働率は99.98%だった。障害は1件で、復旧までに42分かかった。", "# 議題2 バックアップ", "世代数を7から14に増やすことを決めた。",
                "# 議題3 カスタマイズ", "帳票の変更は次回までに見積もる。", rows("""番号|宿題|担当|期限
1|障害報告書を出す|山田|4月16日
2|バックアップの設定を変える|佐藤|4月20日
3|見積りを出す|鈴木|4月23日""")]),
    "sla-contract": ("サービスレベル合意書", ["甲と乙は、本サービスの品質について次のとおり合意する。", "第1条 乙は、月間の稼働率を99.5%以上に保つ。", "第2条 前条の率に満たないとき、乙は料金の10%を減額する。",
                     "第3条 次の場合は稼働率の計算から除く。", "- 計画停止", "- 天災", "- 甲の責めに帰すべき事由", "第4条 本合意の期間は1年とする。"]),
    "specification": ("受発注システム 要件仕様書", ["# 2.1 機能要件", rows("""番号|機能|概要|優先度
F-01|受注登録|受注を登録する|高
F-02|在庫照会|在庫を照会する|高
F-03|バッチ処理|夜間に一括で集計する|中
F-04|外部接続|会計システムへ出力する|中
F-05|ログ出力|操作を記録する|低"""), "# 2.2 画面", "一覧と詳細の二つの画面を持つ。"]),
    "release-notes": ("リリースノート", ["# 4.2.0（2027-03-01）", "- ログの取得が速くなりました", "- 同時接続利用者数の上限を500に広げました", "- バックアップの世代数を画面から選べるようになりました", "# 4.1.3（2027-02-10）",
                      "- ウイルススキャンの不具合を直しました", "- 通信の暗号化でTLS1.0を廃止しました"]),
    "outage-report": ("障害報告書", [rows("""項目|内容
発生日時|2027年2月3日 9:12
復旧日時|2027年2月3日 11:40
影響|ログインできない
原因|記憶装置の故障
対処|予備機への切替え
再発防止|監視間隔を1分にする""")]),
    "maintenance-notice": ("計画停止のお知らせ", ["平素よりご利用いただきありがとうございます。", "次のとおり計画停止を行います。", rows("""日時|2027年5月1日 0:00〜4:00
対象|全サービス
内容|データベースの更新
影響|停止の間はご利用いただけません""")]),
    "status-page": ("稼働状況", [rows("""月|稼働率|障害件数
1月|100%|0
2月|99.98%|1
3月|100%|0
4月|99.95%|2""")]),
    "glossary": ("用語集", [rows("""用語|説明
RTO|目標復旧時間。止まってから戻るまでの目標。
RPO|目標復旧時点。どこまで戻せるか。
MTTR|平均復旧時間。
SLA|品質の取決め。
DR|災害復旧。
マルチテナント|一つの仕組みを多くの企業で使うこと。
稼働率|使える時間の割合。""")]),
    "glossary-without-heads": ("用語集", [rows("""RTO|目標復旧時間。止まってから戻るまでの目標。
RPO|目標復旧時点。どこまで戻せるか。
MTTR|平均復旧時間。
SLA|品質の取決め。
DR|災害復旧。
稼働率|使える時間の割合。""")]),
    "company": ("会社概要", [rows("""項目|内容
商号|アケビ株式会社
設立|2010年4月
資本金|1億円
所在地|東京都千代田区
公的認証|ISO/IEC 27001
事業内容|クラウドサービスの提供""")]),
    "controls": ("附属書A 管理策", [rows("""番号|管理策|目的
A.5.1|情報セキュリティのための方針群|方針を示す
A.8.7|マルウェアに対する保護|守る
A.8.13|情報のバックアップ|失わない
A.8.15|ログ取得|記録する
A.8.16|監視活動|見つける
A.8.24|暗号の使用|守る""")]),
    "applicability": ("適用宣言書", [rows("""管理策|適用|理由
情報のバックアップ|適用|事業に必要
ログ取得|適用|監査に必要
暗号の使用|適用|情報の保護
開発環境の分離|除外|開発をしない
装置の保守|適用|可用性""")]),
    "risk-table": ("リスク一覧", [rows("""番号|リスク|影響|対応
1|データの漏えい|大|暗号化する
2|災害|大|遠隔地に保管する
3|障害|中|二重化する
4|ウイルス|中|検査する
5|誤操作|小|教育する""")]),
    "job-offer": ("募集要項", [rows("""項目|内容
職種|システム監視員
勤務時間|平日 9:00〜18:00
仕事|システム監視、障害対応、バックアップ
給与|月給25万円
勤務地|大阪
休日|土日祝""")]),
    "training": ("情報セキュリティ研修 目次", ["1. パスワード", "2. ウイルス対策", "3. バックアップ", "4. 二次記憶媒体の持ち出し", "5. インシデントの報告", "6. 個人情報の取扱い", "7. 確認テスト"]),
    "quiz": ("確認テスト", [rows("""問|問題|答
1|RTOとは何か|目標復旧時間
2|RPOとは何か|目標復旧時点
3|暗号化の目的は|漏えいを防ぐ
4|バックアップは何日おきか|毎日""")]),
    "schedule": ("運用カレンダー", [rows("""作業|頻度|担当
バックアップ|毎日|運用課
ウイルススキャン|毎週|運用課
ログの確認|毎月|監査室
災害復旧訓練|毎年|総務部
パッチ適用|毎月|開発課""")]),
    "contacts": ("連絡先一覧", [rows("""用件|窓口|電話
障害|監視センター|03-0000-0001
一般の問合せ|サポート|03-0000-0002
契約・解約|営業|03-0000-0003
請求|経理|03-0000-0004""")]),
    "invoice": ("請求書", [rows("""品名|数量|金額
クラウドサービス利用料|1|30,000円
バックアップ追加|2|4,000円
カスタマイズ作業|1|120,000円
合計||154,000円""")]),
    "api": ("APIリファレンス", [rows("""パラメータ|型|説明
timeout|整数|応答時間の上限（秒）
format|文字列|入力データの形式
users|整数|同時接続利用者数
log|真偽|ログの取得をするか
backup|真偽|バックアップするか""")]),
    "menu": ("ヘルプ", ["- サービス時間", "- ログの取得", "- バックアップの方法", "- カスタマイズ", "- 外部接続", "- お問い合わせ", "- 料金", "- 採用情報"]),
    "english-policy": ("Security overview", ["We take security seriously.", "# Encryption", "Data is encrypted in transit and at rest.", "# Backups", "Backups are taken every day and kept for 30 days.", "# Availability",
                       "The service runs in three zones.", "# Certifications", "We hold ISO/IEC 27001.", "# Contact", "security@service.example"]),
    "english-prices": ("Pricing", [rows("""Feature|Free|Team|Enterprise
Users|3|50|Unlimited
Storage|1 GB|100 GB|1 TB
Logs|7 days|30 days|1 year
Backup|-|Daily|Hourly
API access|-|Yes|Yes
Support|Community|E-mail|Phone""")]),
    "questionnaire-blank": ("お客様アンケート", [rows("""番号|質問|満足|普通|不満
1|サービスの使いやすさ|||
2|応答時間|||
3|サポートの対応|||
4|料金|||""")]),
}

# As they are, by the end of the file's name.
PLAIN = {
    "monitor.py": 'BACKUP_GENERATIONS = 7  # バックアップ世代数\nRTO = 4  # 目標復旧時間\n\n\ndef response_time(log):\n    """応答時間"""\n    return max(log)\n',
    "service.log": "".join(f"2027-04-0{day}T00:00:00 INFO backup: generations={day} retention=30d\n2027-04-0{day}T00:00:05 WARN monitor: response time {day}s\n" for day in range(1, 8)),
    "settings.json": '{"サービス時間": "24時間", "サービス稼働率": "99.9%", "バックアップ世代数": 7, "ログの取得": true, "応答時間": "3秒"}',
}

# Small ones, other heads, other words, half answered: they are sheets all the same.
SHEETS = {
    "named-by-its-title": ("クラウドサービスレベルのチェックリスト", [rows("""項目|内容
サービス稼働率|99.9%以上
画面の色|青
窓口|電話""")]),
    "named-by-its-head": ("アケビ会計", [rows("""サービスレベル項目|目標値
サービス稼働率|99.9%以上
画面の色|青
窓口|電話""")]),
    "item-and-content": ("アケビ会計のサービスレベル", [rows("""項目|内容
サービス時間|24時間365日
計画停止予定通知|7日前にメール
サービス稼働率|99.5%以上
バックアップの方法|毎日
ログの取得|1年間""")]),
    "measure": ("SLO", [rows("""種別|指標|設定値
可用性|サービス稼働率|99.9%
可用性|サービス時間|24時間365日
信頼性|目標復旧時間（RTO）|4時間
信頼性|障害通知時間|30分
性能|応答時間|3秒""")]),
    "among-others": ("サービス仕様", [rows("""項目|仕様
サービス時間|24時間365日
画面の言語|日本語、英語
ログの取得|有
通知音|無
バックアップ世代数|7世代
印刷|可
応答時間|3秒以内""")]),
    "other-words": ("サービスレベル", [rows("""項目|回答
サービスの提供時間|24時間
計画停止の事前告知|10日前
稼働率保証|99.5%
災害時の復旧対策|有
障害件数（年間）|0件
保存データの暗号化|AES-256""")]),
    "questions": ("セキュリティに関する質問への回答", [rows("""No.|質問|回答
1|バックアップを取得していますか？|はい
2|通信は暗号化されていますか？|はい
3|ログを取得していますか？|はい
4|ウイルススキャンを実施していますか？|はい
5|解約後にデータは消去されますか？|はい""")]),
    "english": ("Service level checklist", [rows("""No.|Service level item|Answer
1|Service hours|24/7
2|Service availability|99.9% or more
3|Recovery time objective (RTO)|4 hours
4|Backup generations|7
5|Virus scanning|Daily""")]),
    "bilingual": ("サービスレベル Service levels", [rows("""項目 Item|回答 Answer
応答時間 Response time|3秒 3 seconds
ログの取得 Log provision|有 Yes
障害発生件数 Number of failures|0件 None
ウイルススキャン Virus scanning|毎日 Daily""")]),
    "ticks": ("クラウドサービス確認票", [rows("""No.|項目|はい|いいえ
1|計画停止予定通知|○|
2|ディザスタリカバリ||○
3|ログの取得|○|
4|システム監視基準|○|
5|外部接続性||○""")]),
    "plans": ("サービスレベル一覧", [rows("""項目|標準プラン|上位プラン
サービス稼働率|99.5%|99.9%
バックアップ世代数|7|30
バックアップデータの保存期間|7日|90日
サービス提供時間帯（一般問合せ）|平日|毎日
同時接続利用者数|50|500""")]),
    "half-answered": ("確認票", [rows("""No.|サービスレベル項目例|規定内容|測定単位|回答
1|サービス時間|サービスを提供する時間帯|時間帯|24時間
2|計画停止予定通知|定期的な保守停止に関する事前連絡確認|有無|
3|サービス稼働率|サービスを利用できる確率|稼働率（％）|99.9%
4|ディザスタリカバリ|災害発生時のシステム復旧／サポート体制|有無|
5|応答時間|処理の応答時間|時間（秒）|""")]),
    "negative-answers": ("確認票", [rows("""項目|回答
代替措置で提供するデータ形式|対応していません。
重大障害時の代替手段|ありません。
カスタマイズ性|できません。
データ漏えい・破壊時の補償／保険|補償は行っておりません。""")]),
    "security-alone": ("セキュリティ項目", [rows("""項目|対応状況
公的認証取得の要件|ISO/IEC 27001を取得
通信の暗号化レベル|TLS1.3
情報取扱者の制限|有
ウイルススキャン|毎日
二次記憶媒体の安全性対策|使用しない""")]),
    "with-terms": ("サービスレベル", ["本書は、アケビ会計のサービスレベルを示します。", rows("""項目|内容
サービス時間|24時間365日
サービス稼働率|99.5%
応答時間|3秒以内
ログの取得|有"""), "内容は予告なく変更することがあります。"]),
    "remarks": ("チェックシート", [rows("""番号|確認項目|回答|備考
1|データ消去の要件|有|30日以内
2|バックアップの方法|有|毎日
3|入力データ形式の制限機能|有|CSV
4|預託データの整合性検証作業|無|検討中""")]),
    "two-tables": ("サービスレベル", ["# 可用性", rows("""項目|値
サービス時間|24時間
サービス稼働率|99.9%
ディザスタリカバリ|有"""), "# 信頼性", rows("""項目|値
目標復旧時間（RTO）|4時間
障害監視間隔|1分
ログの取得|有""")]),
    "numbers-first": ("サービスレベル", [rows("""#|評価項目|当社の対応
1-1|サービス時間|24時間
1-2|計画停止予定通知|7日前
2-1|障害通知プロセス|メール
2-2|障害通知時間|1時間以内""")]),
    "target-and-actual": ("SLA", [rows("""サービスレベル項目|目標|実績
サービス稼働率|99.9%|99.98%
応答時間|3秒|1.2秒
目標復旧時間（RTO）|4時間|2時間
障害発生件数|年3件以下|1件""")]),
    "long-answers": ("サービスレベル", [rows("""項目|内容
バックアップの方法|毎日0時に全体の複製を取り、別の地域にある記憶装置に置きます。戻すときはお申し出ください。
データ消去の要件|解約の30日後に、復元できない方法で消します。証明書はお求めに応じて出します。
ログの取得|操作、接続、誤りの三つを記録し、1年間保ちます。画面からいつでもご覧いただけます。
ウイルススキャン|受け取ったファイルは、保存の前にすべて検査します。定義は1時間ごとに新しくなります。""")]),
}


def as_page(title, blocks):
    parts = []
    for block in blocks:
        if isinstance(block, list):
            lines = ["".join(f"<t{'d' if place else 'h'}>{html.escape(cell)}" for cell in row) for place, row in enumerate(block)]
            parts.append(f"<table border=1><tr>{'<tr>'.join(lines)}</table>")
        elif block.startswith("# "):
            parts.append(f"<h2>{html.escape(block[2:])}</h2>")
        elif block.startswith("- "):
            parts.append(f"<ul><li>{html.escape(block[2:])}</ul>")
        else:
            parts.append(f"<p>{html.escape(block)}</p>")
    return f"<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>{''.join(parts)}".replace("</ul><ul>", "").encode()


def lines_of(blocks):
    """[cells] of every line; a paragraph has one."""
    for block in blocks:
        yield from block if isinstance(block, list) else [[block.removeprefix("# ")]]


def as_text(title, blocks):
    return "\n".join([title, ""] + ["\t".join(cells) for cells in lines_of(blocks)]).encode() + b"\n"


def as_pdf(title, blocks):
    """Ruled tables; paragraphs wrapped nowhere."""
    painting, y = Painting(), 70
    painting.text(36, 50, title, 12)
    for block in blocks:
        if not isinstance(block, list):
            painting.text(36, y, block.removeprefix("# "), 10 if block.startswith("# ") else 8)
            y += 18
            continue
        columns = max(map(len, block))
        widths = [8 + max(width_of(row[column]) if column < len(row) else 0 for row in block) for column in range(columns)]
        edges = [36 + sum(widths[:column]) for column in range(columns + 1)]
        for place in range(len(block) + 1):
            painting.line(edges[0], y + 16 * place, edges[-1], y + 16 * place)
        for edge in edges:
            painting.line(edge, y, edge, y + 16 * len(block))
        for place, row in enumerate(block):
            for edge, cell in zip(edges, row):
                painting.text(edge + 4, y + 16 * place + 11, cell)
        y += 16 * len(block) + 20
    assert y < HEIGHT, title
    return painting.pdf()


def as_workbook(title, blocks):
    return xlsx([("Sheet1", [[title]] + [list(map(html.escape, cells)) for cells in lines_of(blocks)])])


WRITERS = {"html": as_page, "txt": as_text, "pdf": as_pdf, "xlsx": as_workbook}


def written(documents, kind):
    """{file name: bytes}."""
    return {f"{name}.{kind}": WRITERS[kind](*document) for name, document in documents.items()}
