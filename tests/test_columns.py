"""What each column is, by its head, its cells and its place; answers by ticks, choices and plans; what a sheet is."""
import html
import json
import tempfile
from pathlib import Path

from testing import ROOT, each

ITEMS = {item["no"]: item for item in json.loads((ROOT / "patterns/meti.json").read_text())["items"]}
ANSWERS = {
    1: "24時間365日（計画停止を除く）", 2: "有 14日前に電子メールで知らせます。", 3: "有 4か月前に文書で知らせます。", 4: "無 預託は行っていません。",
    5: "99.95%以上（月間）", 6: "有 予備機を別の地域に置いています。", 10: "約50分", 11: "4時間以内", 18: "有 操作ログを1年間保存",
    33: "有 AES-256",
}
ENGLISH = {1: "Around the clock", 2: "By e-mail, 14 days before", 5: "99.95 % or more", 10: "About 50 minutes",
           33: "AES-256", 42: "TLS 1.2 or later"}
NUMBERS = list(ANSWERS)
STATUSES = {"はい": "yes", "一部": "partial", "いいえ": "no", "対応": "yes", "一部対応": "partial", "非対応": "no", "有": "yes", "無": "no",
            "○": "yes", "△": "partial", "×": "no", "Yes": "yes", "No": "no", "N/A": "unanswered", "実施": "yes", "未実施": "no",
            "適合": "yes", "部分適合": "partial", "不適合": "no", "対象外": "unanswered"}


def table(rows, title="アケビ在庫 サービス仕様", heads=True):
    lines = ["".join(f"<t{'h' if heads and not i else 'd'}>{html.escape(cell).replace(chr(10), '<br>')}" for cell in row)
             for i, row in enumerate(rows)]
    return f"<!doctype html><meta charset=utf-8><h1>{title}</h1><table><tr>{'<tr>'.join(lines)}</table>"


def text_table(rows):
    return "".join("\t".join(row) + "\n" for row in rows)


def rows_of(numbers, row):
    return [row(place + 1, number) for place, number in enumerate(numbers)]


def name(number):
    return ITEMS[number]["name"]


def definition(number):
    return ITEMS[number]["definition"]


def converted(program, documents):
    """{name: (status, sheet or None, what was said)} of DOCUMENTS {file name: text}."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for file, text in documents.items():
            (Path(folder) / file).write_text(text)
        (Path(folder) / "out").mkdir()
        program("convert", "-o", f"{folder}/out", *sorted(f"{folder}/{file}" for file in documents), timeout=3000)
        for line in (Path(folder) / "out/ledger.jsonl").read_text().splitlines():
            record = json.loads(line)
            file = record["uri"].rsplit("/", 1)[-1]
            sheet = Path(folder) / "out" / f"{file.rsplit('.', 1)[0]}.json"
            found[file] = (record["status"], json.loads(sheet.read_text()) if sheet.exists() else None, record["reason"])
    assert set(found) == set(documents)
    return found


def one_line(text):
    return text and " ".join(text.split())


def check(program, documents, expected):
    """EXPECTED: {file name: [(name, answer, status)]}, None for what is not looked at."""
    faults = []
    for file, (status, sheet, reason) in converted(program, documents).items():
        if not sheet:
            faults.append(f"{file}: {status} {reason}")
            continue
        items = [(one_line(item["name"]), one_line(item["answer"]["text"]), item["answer"]["status"]) for item in sheet["items"]]
        wanted = [(one_line(a), one_line(b), c) for a, b, c in expected[file]]
        if len(items) != len(wanted):
            faults.append(f"{file}: {len(items)} items, not {len(wanted)}")
        faults += [f"{file}: {got}, not {want}" for got, want in zip(items, wanted)
                   if any(w is not None and g != w for g, w in zip(got, want))][:2]
    assert not faults, "\n".join(faults)


def test_answers_under_other_heads(program):
    all_answers = [(name(n), ANSWERS[n], None) for n in NUMBERS]
    documents = {f"content-{i}.html": table([["項目", head]] + rows_of(NUMBERS, lambda _, n: [name(n), ANSWERS[n]]))
                 for i, head in enumerate(["内容", "説明", "詳細", "備考", "Description", "内容 Contents", "当社の約束"])}
    documents |= {
        "remark.html": table([["項目", "内容", "備考"]] + rows_of(NUMBERS, lambda k, n: [name(n), ANSWERS[n], "別紙" if k % 2 else ""])),
        "definition.html": table([["項目", "内容", "備考"]] + rows_of(NUMBERS, lambda _, n: [name(n), definition(n), ANSWERS[n]])),
        "own-definition.html": table([["項目", "説明", "内容"]] + rows_of(NUMBERS, lambda _, n: [name(n), name(n) + "について定めるところ", ANSWERS[n]])),
        "question.html": table([["No.", "項目", "設問", "アケビの取決め"]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n), name(n) + "を定めているか。", ANSWERS[n]])),
        "unknown.html": table([["No.", "項目", "規定内容", "アケビの約束", "関連文書"]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n), definition(n), ANSWERS[n], f"規程{k}"])),
        "languages.html": table([["番号\n(No.)", "Category/種別", "サービスレベル\n項目 (Item)", "規定\n内容", "単位 Unit", "回答\n(Response)"]] + rows_of(NUMBERS, lambda k, n: [str(k), "可用性", name(n), definition(n), ITEMS[n]["unit"], ANSWERS[n]])),
        "no-heads.html": table(rows_of(NUMBERS, lambda k, n: [str(k), "可用性", name(n), definition(n), ITEMS[n]["unit"], ANSWERS[n]]), heads=False),
    }
    expected = {file: all_answers for file in documents}
    documents["only-definitions.html"] = table([["No", "確認の観点", "当社"]] + rows_of(NUMBERS, lambda k, n: [str(k), definition(n), ANSWERS[n]]))
    expected["only-definitions.html"] = [(None, ANSWERS[n], None) for n in NUMBERS]
    check(program, documents, expected)


def test_english_heads(program):
    heads = [["No.", "Category", "Service level item", "Regulations", "Contents"], ["Ref", "Area", "Control", "Requirement", "Our response"],
             ["ID", "Domain", "Requirement", "Description", "Vendor's answer"], ["Ref.", "Section", "Topic", "Details", "What ACME does"]]
    documents = {f"{i}.html": table([row] + rows_of(ENGLISH, lambda k, n: [str(k), "", ITEMS[n]["name_en"], f"How {ITEMS[n]['name_en']} is arranged", ENGLISH[n]]))
                 for i, row in enumerate(heads)}
    expected = {file: [(ITEMS[n]["name_en"], ENGLISH[n], None) for n in ENGLISH] for file in documents}
    documents["mark.html"] = table([["Ref", "Control", "Compliance", "Contents"]] + rows_of(ENGLISH, lambda k, n: [str(k), ITEMS[n]["name_en"], "Yes" if k % 2 else "No", ENGLISH[n]]))
    expected["mark.html"] = [(ITEMS[n]["name_en"], ENGLISH[n], "no" if k % 2 else "yes") for k, n in enumerate(ENGLISH)]
    check(program, documents, expected)


def test_absent_categories(program):
    """The rows are a cell short, one of them or most; some are no items of the catalogue, some sheets have no units."""
    documents, expected = {}, {}
    for kind in ("one", "most", "extensions", "no-units"):
        rows, last, items = [], None, []
        for k, n in enumerate(NUMBERS):
            category = ITEMS[n]["category"]
            absent = k == 5 if kind == "one" else category == last
            own = kind == "extensions" and k % 4 == 2
            items.append((f"独自の確認{k}" if own else name(n), ANSWERS[n], None))
            rows.append([str(k + 1)] + ([] if absent else [category]) + [items[-1][0], f"独自に決めた事柄{k}" if own else definition(n)] +
                        ([] if kind == "no-units" else [ITEMS[n]["unit"]]) + [ANSWERS[n]])
            last = category
        heads = ["No.", "種別", "サービスレベル項目例", "規定内容"] + ([] if kind == "no-units" else ["測定単位"]) + ["回答"]
        documents[f"{kind}.txt"], expected[f"{kind}.txt"] = text_table([heads] + rows), items
    check(program, documents, expected)


def test_known_categories_tell_that_one_is_absent(program):
    """Neither the words of the row nor its answer are known; but all other rows begin with a category of the catalogue, and it does not."""
    rows = rows_of(NUMBERS, lambda k, n: [ITEMS[n]["category"], name(n), ANSWERS[n]])
    rows[6:6] = [["請求書の発送日", "毎月五日ごろ"]]
    expected = [tuple(row[-2:]) + (None,) for row in rows]
    check(program, {"short.html": table([["種別", "項目", "回答"]] + rows)}, {"short.html": expected})


def test_ticked_columns(program):
    documents, expected = {}, {}
    groups = ["はい|一部|いいえ", "対応|一部対応|非対応", "有|無", "○|△|×", "Yes|No|N/A", "実施|未実施", "適合|部分適合|不適合|対象外"]
    for i, group in enumerate(groups):
        heads = group.split("|")
        for tick in "○✓レ●■1x":
            file = f"{i}-{ord(tick)}.html"
            documents[file] = table([["No", "項目", *heads, "備考"]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n)] + [tick if k % len(heads) == j else "" for j in range(len(heads))] + [f"備考{k}"]))
            chosen = [heads[(k + 1) % len(heads)] for k in range(len(NUMBERS))]
            expected[file] = [(name(n), word, STATUSES[word]) for n, word in zip(NUMBERS, chosen)]
    documents["two-rows.txt"] = text_table([["No", "項目", "回答", "", "", "備考"], ["", "", "はい", "一部", "いいえ", ""]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n), "", "○", "", "b"]))
    expected["two-rows.txt"] = [(name(n), "一部", "partial") for n in NUMBERS]
    check(program, documents, expected)


def test_ticks_that_leave_it_open(program):
    rows = rows_of(NUMBERS, lambda k, n: [str(k), name(n), "" if k == 1 else "○", "○" if k == 2 else "", f"備考{k}"])
    sheet = converted(program, {"a.html": table([["No", "項目", "有", "無", "備考"]] + rows)})["a.html"][1]
    answers = [item["answer"] for item in sheet["items"]]
    assert [(answer["text"], answer["status"]) for answer in answers[:3]] == [(None, "unanswered"), ("有 / 無", "stated"), ("有", "yes")]
    assert answers[2]["detail"] == "備考3" and answers[2]["choices"] == [{"text": "有", "chosen": True}, {"text": "無", "chosen": False}]
    assert [note["code"] for note in sheet["notes"] if "choice" in note["code"]] == ["no-choice", "several-choices"]


CHOICES = {
    "■対応 □一部対応 □非対応": "yes", "□対応　■一部対応　□非対応": "partial", "[x] 有 [ ] 無": "yes", "[ ] 有 [x] 無": "no", "○有 ●無": "no",
    "有・【無】": "no", "☑ はい ☐ いいえ": "yes", "☐はい\n☑いいえ": "no", "■ Yes □ No □ N/A": "yes", "（○）有（ ）無": "yes", "レ有 □無": "yes",
    "□有 ☑無（預託なし）": "no", "はい / ○いいえ": "no", "○有・無": "yes", "□有 □無": "unanswered", "□日次 ■週次": "stated",
    "□有 ■無\n毎日取得します。": "no",
}


def test_choices_in_a_cell(program):
    numbers = list(ITEMS)[:len(CHOICES)]
    rows = [[str(k + 1), name(n), text] for k, (n, text) in enumerate(zip(numbers, CHOICES))]
    sheet = converted(program, {"a.html": table([["No", "項目", "回答"]] + rows)})["a.html"][1]
    wrong = [(text, item["answer"]) for item, (text, status) in zip(sheet["items"], CHOICES.items())
             if item["answer"]["status"] != status or not item["answer"].get("choices")]
    assert not wrong, wrong
    assert sheet["items"][-1]["answer"]["detail"] == "毎日取得します。"
    for text in ("■監視\n24時間監視します。", "○日次・週次で取得", "[1] 参照", "●電話 ●メール"):
        plain = converted(program, {"a.html": table([["項目", "回答"]] + [[name(n), text] for n in numbers])})["a.html"][1]
        assert "choices" not in plain["items"][0]["answer"], text


def test_legends_in_heads(program):
    documents = {f"{i}.html": table([["No", "項目", head, "備考"]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n), str(k % 3 + 1), "b"]))
                 for i, head in enumerate(["対応状況\n1:対応 2:一部対応 3:非対応", "対応状況（1：対応、2：一部対応、3：非対応）", "回答 1.対応 2.一部対応 3.非対応"])}
    check(program, documents, {file: [(name(n), str((k + 1) % 3 + 1), ["yes", "partial", "no"][(k + 1) % 3]) for k, n in enumerate(NUMBERS)] for file in documents})


LEGENDS = {
    "line-below": lambda table: table + "<p>※1：対応　2：一部対応　3：非対応</p>",
    "line-above": lambda table: "<p>回答の見方　1=対応、2=一部対応、3=非対応</p>" + table,
    "list": lambda table: table + "<ul><li>1：対応<li>2：一部対応<li>3：非対応</ul>",
    "rows": lambda table: "<table><tr><td>1<td>対応<tr><td>2<td>一部対応<tr><td>3<td>非対応</table>" + table,
}


def test_legends_outside_the_table(program):
    """Signs mean what a legend around the table says; one that is about something else gives them no meaning."""
    rows = rows_of(NUMBERS, lambda k, n: [str(k), name(n), str(k % 3 + 1), f"補足{k}"])
    page = table([["No", "項目", "回答", "補足"]] + rows, "チェックシート")
    documents = {f"{way}.html": put(page) for way, put in LEGENDS.items()}
    documents["colours.html"] = page + "<p>※1：赤　2：青　3：黄</p>"
    found = converted(program, documents)
    for way in LEGENDS:
        sheet = found[f"{way}.html"][1]
        words = [("対応", "yes"), ("一部対応", "partial"), ("非対応", "no")]
        got = [([c["text"] for c in item["answer"].get("choices", []) if c["chosen"]], item["answer"]["status"]) for item in sheet["items"]]
        assert got == [([words[(k + 1) % 3][0]], words[(k + 1) % 3][1]) for k in range(len(NUMBERS))], (way, got)
        assert [note["code"] for note in sheet["notes"] if note["code"] == "legend"] == ["legend"], way
    sheet = found["colours.html"][1]
    assert not any("choices" in item["answer"] or item["answer"]["status"] != "stated" for item in sheet["items"])


def test_keys_in_another_column(program):
    """A column whose cells all are keys of the legend is the mark, whatever its head says; other numbers stay what they are."""
    rows = rows_of(NUMBERS, lambda k, n: [str(k), name(n), str(k % 3 + 1), f"補足{k}の文です"])
    pages = {head: table([["No", "項目", head, "内容"]] + rows, "チェックシート") for head in ("対応区分", "ランク")}
    legend = "<p>凡例　1：対応 2：一部対応 3：非対応</p>"
    found = converted(program, {f"{head}.html": page + legend for head, page in pages.items()} | {"plain.html": pages["ランク"]})
    for head in pages:
        got = [(item["answer"]["status"], item["answer"]["text"]) for item in found[f"{head}.html"][1]["items"]]
        assert [status for status, _ in got] == [("yes", "partial", "no")[(k + 1) % 3] for k in range(len(NUMBERS))], (head, got)
        assert all("の文です" in text for _, text in got), (head, got)
    assert all(item["answer"]["status"] == "stated" and item["other"]["ランク"] for item in found["plain.html"][1]["items"])


def test_first_plan_empty(program):
    """The answer of the next plan stands in for an empty one, and the row is warned of."""
    rows = rows_of(NUMBERS, lambda k, n: [str(k), name(n), "" if k == 4 else ANSWERS[n], f"上位{k}"])
    sheet = converted(program, {"a.html": table([["No", "項目", "標準", "プレミアム"]] + rows)})["a.html"][1]
    assert sheet["items"][3]["answer"]["text"] == "上位4" and sheet["items"][4]["answer"]["text"] == ANSWERS[NUMBERS[4]]
    assert sheet["items"][3]["answer"]["by"][0]["text"] is None
    warned = [note for note in sheet["notes"] if note["code"] == "answer-from-beside"]
    assert len(warned) == 1 and warned[0]["severity"] == "warning" and '"プレミアム"' in warned[0]["text"], warned


def test_words_beside_an_empty_answer(program):
    """What stands in another column answers nothing, or is warned of; a mark is an answer."""
    def sheet(heads, beside):
        rows = rows_of(NUMBERS, lambda k, n: [str(k), name(n), "" if k == 4 else ANSWERS[n], beside if k == 4 else "○" if beside == "×" else ""])
        return converted(program, {"a.html": table([heads] + rows)})["a.html"][1]
    def warned(sheet):
        return [note["code"] for note in sheet["notes"] + sheet["checks"] if note["severity"] == "warning"]
    for heads in (["No", "確認項目", "回答", "その他の状況"], ["No", "項目", "回答", "その他"]):
        assert sheet(heads, "別紙参照")["items"][3]["answer"]["text"] is None, heads
    both = sheet(["No", "確認項目", "回答", "対応状況"], "別紙参照")
    assert both["items"][3]["answer"]["text"] is None or "answer-from-beside" in warned(both), both["items"][3]
    marked = sheet(["No", "項目", "回答", "対応可否"], "×")
    assert marked["items"][3]["answer"]["text"] == "×" and not warned(marked), warned(marked)


def test_plans_in_rows(program):
    """Items across, a plan a row; a row of names over anything else is none."""
    few = [1, 5, 11, 18]
    def across(head, plans):
        return [[head] + [name(n) for n in few]] + [[plan] + [f"{ANSWERS[n]}{'' if i == 0 else i}" for n in few] for i, plan in enumerate(plans)]
    documents = {"plans.html": table(across("プラン", ["ライト", "標準", "上位"])), "products.html": table(across("", ["アケビ在庫", "アケビ会計"])),
                 "one.html": table(across("", ["回答"]))}
    found = converted(program, documents)
    for file, heads in (("plans.html", ["ライト", "標準", "上位"]), ("products.html", ["アケビ在庫", "アケビ会計"]), ("one.html", [])):
        sheet = found[file][1]
        assert [(item["name"], item["answer"]["text"]) for item in sheet["items"]] == [(name(n), ANSWERS[n]) for n in few], file
        assert [by["head"] for by in sheet["items"][0]["answer"].get("by", [])] == heads, file


def test_plans_in_columns(program):
    plans = [["標準", "プレミアム"], ["Basic", "Pro"], ["ライトプラン", "標準プラン", "上位プラン"], ["アケビ在庫", "アケビ会計"], ["標準版の回答", "上位版の回答"]]
    documents = {f"{i}.html": table([["No", "項目", *heads]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n), ANSWERS[n]] + ["別に定める。" * 6 + str(k)] * (len(heads) - 1)))
                 for i, heads in enumerate(plans)}
    sheets = converted(program, documents)
    for i, heads in enumerate(plans):
        sheet = sheets[f"{i}.html"][1]
        assert [by["head"] for by in sheet["items"][1]["answer"]["by"]] == heads, heads
        assert sheet["items"][1]["answer"]["by"][0] == {"head": heads[0], "text": ANSWERS[2], "status": "yes"}
        assert sheet["items"][1]["answer"]["text"] == ANSWERS[2] and heads[1] in sheet["items"][1]["other"]
        assert [note["code"] for note in sheet["notes"] if note["code"] == "several-answers"] == ["several-answers"]


def test_few_items_that_say_what_they_are(program):
    few = [["サービス稼働率", "99.9%"], ["画面の色", "青"], ["窓口", "電話"]]
    documents = {"head.html": table([["サービスレベル項目", "目標値"]] + few), "title.html": table([["指標", "値"]] + few, "クラウドサービスレベルのチェックリスト"),
                 "english.html": table([["Service level item", "Target"]] + few), "neither.html": table([["項目", "内容"]] + few, "会社案内")}
    found = converted(program, documents)
    assert {file: status for file, (status, _, _) in found.items() if status == "no-sheet"} == {"neither.html": "no-sheet"}
    assert '"サービス稼働率"' in found["neither.html"][2] and '"項目", "内容"' in found["neither.html"][2]
    unanswered = table([["No", "項目", "規定内容"]] + rows_of(NUMBERS, lambda k, n: [str(k), name(n), definition(n)]))
    status, _, reason = converted(program, {"a.html": unanswered})["a.html"]
    assert status == "no-sheet" and '"規定内容"' in reason


OTHERS = {
    "prices": ("料金プラン", "機能|フリー|プロ / 月額|0円|980円 / ユーザー数|5|50 / ストレージ|1GB|9GB / ログ|-|○ / SLA|-|○ / カスタマイズ|-|○ / API連携|-|○ / SSO|-|○"),
    "features": ("Pricing", "Feature|Free|Pro / Users|3|20 / Storage|1 GB|50 GB / Logs|-|30 days / API access|-|Yes / SSO|-|Yes / Encryption|Yes|Yes / Export|CSV|CSV / Custom domain|-|Yes"),
    "clauses": ("管理策", "番号|管理策|説明 / 5.1|方針群|定義する / 8.13|情報のバックアップ|維持する / 8.15|ログ取得|取得する / 8.24|暗号の使用|定める / 7.10|記憶媒体|管理する"),
    "applicability": ("Statement of applicability", "Ref|Control|Applicable|Justification / A.8.7|Protection against malware|Yes|Risk / A.8.15|Logging|Yes|Law / A.8.24|Use of cryptography|Yes|Risk"),
    "screens": ("製品比較", "項目|型番A|型番B / 応答時間|5ms|1ms / 遅延|9ms|5ms / 輝度|300|250 / 重量|5kg|4kg / 同時接続数|3|2 / 端子|HDMI|DP / 色域|sRGB|P3 / 保証|3年|1年"),
    "terms": ("用語集", "用語|説明 / RPO|復旧時点の目標。 / RTO|復旧時間の目標。 / MTTR|平均復旧時間。 / VPN|仮想網 / DNS|名前解決"),
    "questions": ("よくある質問", "質問|回答 / パスワードを忘れました|再設定画面から / 退会するには|設定から / サービス時間は|24時間 / バックアップは|毎日"),
    "priced-plans": ("プラン比較", "機能|フリー|ビジネス|エンタープライズ / 月額|0円|9,800円|お問い合わせ / 利用者数|5名|100名|無制限 / ストレージ容量|1GB|90GB|1TB / サポート時間|－|平日|終日 / バックアップ|－|○|○ / API連携|－|○|○ / 操作ログ|－|30日|1年"),
    "parameters": ("API reference", "Parameter|Type|Description / limit|integer|Number of records / retention_period|integer|Backup retention period / encryption|string|Encryption at rest / rpo|string|Recovery point objective / rto|string|Recovery time objective / log_level|string|Log level"),
    "company": ("会社概要", "項目|内容 / 会社名|アケビ株式会社 / 設立|2010年 / 資本金|1億円 / 認証取得|ISO27001 / 所在地|東京"),
    "systems": ("動作環境", "項目|内容 / OS|最新 / ブラウザ|最新 / 回線|10Mbps以上 / 通信の暗号化|TLS1.2以上 / 画面|1280以上"),
    "self-check": ("情報セキュリティ自社診断", "No|診断内容|実施している|実施していない / 1|OSは最新か|○| / 2|バックアップを取っているか|○| / 3|パスワードは強いか||○"),
}


def test_look_alikes_are_no_sheets(program):
    documents = {f"{kind}.html": table([row.strip().split("|") for row in rows.split(" / ")], title) for kind, (title, rows) in OTHERS.items()}
    assert {file: status for file, (status, _, _) in converted(program, documents).items() if status != "no-sheet"} == {}


def test_tables_side_by_side(program):
    """The same heads again to the right begin another table, with or without a column between them, in the first row or below a title."""
    half = len(NUMBERS) // 2
    pairs = [[ITEMS[number]["name"], ANSWERS[number]] for number in NUMBERS]
    for gap in ([], [""]):
        rows = [["項目", "回答", *gap, "項目", "回答"]] + [left + gap + right for left, right in zip(pairs[:half], pairs[half:])]
        for heads in ([], [["サービスレベル"] + [""] * (len(rows[0]) - 1)]):
            found = json.loads(program.good("convert", "-", stdin=table(heads + rows, heads=not heads).encode()).out)["items"]
            assert [[item["name"], item["answer"]["text"]] for item in found] == pairs, (gap, heads)


def test_two_heads_in_one_cell_are_parted(program):
    """Where the rows have a cell more than the head, and both parts are heads; a note says so."""
    rows = "".join(f"<tr><td>{number}</td><td>{name}</td><td>{definition}</td><td>{answer}</td></tr>" for number, name, definition, answer in (
        ("1", "サービス時間", "提供する時間帯", "24時間365日"), ("2", "サービス稼働率", "利用できる確率", "99.9%以上"), ("3", "計画停止予定通知", "事前連絡の確認", "7日前まで")))
    page = ("<!DOCTYPE html><html lang=ja><meta charset=utf-8><title>t</title><h1>クラウドサービスレベルのチェックリスト</h1><table><tr><th>No.</th>"
            f"<th>サービスレベル項目 規定内容</th><th>回答</th></tr>{rows}</table></html>")
    sheet = json.loads(program.good("convert", "-", stdin=page.encode()).out)
    assert [(item["name"], item["definition"], item["answer"]["text"]) for item in sheet["items"]][0] == ("サービス時間", "提供する時間帯", "24時間365日"), sheet["items"]
    assert [note["code"] for note in sheet["notes"]] == ["head-run-together"], sheet["notes"]


def test_questions_name_items(program):
    """Where no column has names, the questions name the items."""
    rows = "".join(f"<tr><td>{number}<td>{question}<td>はい" for number, question in
                   enumerate(("計画停止は事前に通知していますか。", "バックアップを取得していますか。", "通信を暗号化していますか。", "水槽の水位を測っていますか。"), 1))
    page = f"<meta charset=utf-8><table><tr><th>No<th>質問<th>回答（はい／いいえ）</tr>{rows}</table>"
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [(item["name"], item["definition"]) for item in found][-1] == ("水槽の水位を測っていますか。", None), found[-1]
    assert [item["meti"] and item["meti"]["no"] for item in found] == [2, 28, 42, None]


PAIRS = [("サービス時間", "24時間365日"), ("サービス稼働率", "99.9%以上"), ("目標復旧時間（RTO）", "4時間以内"), ("ログの取得", "有")]


def pairs(heads="<tr><th>項目<th>内容</tr>"):
    return f"<table>{heads}{''.join(f'<tr><td>{name}<td>{answer}' for name, answer in PAIRS)}</table>"


# What is above a table, and the category and section of its items.
ABOVE = {
    "caption-with-number": ("<p>表1　可用性</p>{}<p>表2　性能</p>{}", ("可用性", None), ("性能", None)),
    "number-in-brackets": ("<p><b>（1）可用性</b></p>{}<p><b>（2）性能</b></p>{}", ("可用性", None), ("性能", None)),
    "plans": ("<h2>ライトプラン</h2>{}<h2>プロプラン</h2>{}", (None, "ライトプラン"), (None, "プロプラン")),
    "permalink": ("<h2>可用性<a class=headerlink href=#a title=link>¶</a></h2>{}<h2>性能<a href=#b>#</a></h2>{}", ("可用性", None), ("性能", None)),
}


@each(ABOVE)
def test_what_is_above_a_table(program, name):
    form, first, second = ABOVE[name]
    page = "<meta charset=utf-8><h1>サービスレベル一覧</h1>" + form.format(pairs(), pairs())
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [(item["category"], item["section"]) for item in found] == [first] * len(PAIRS) + [second] * len(PAIRS), found


def test_category_with_its_number(program):
    """A row that has nothing but a number and a category heads those below it."""
    rows = "".join(f"<tr><td>1-{number}<td>{name}<td>{answer}" for number, (name, answer) in enumerate(PAIRS, 1))
    page = f"<meta charset=utf-8><table><tr><th>項番<th>項目<th>回答</tr><tr><td>1<td colspan=2>可用性</tr>{rows}</table>"
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [(item["number"], item["category"], item["name"]) for item in found] == [(f"1-{number}", "可用性", name) for number, (name, _) in enumerate(PAIRS, 1)]


def sheet_of(program, text):
    return json.loads(program.good("convert", "-", stdin=text.encode()).out)


def test_columns_in_two_languages(program):
    """Of two columns that say the same in two languages the first is read, the other one is kept beside."""
    numbers = [number for number in ENGLISH if number in ANSWERS]
    for order in (1, -1):
        heads, both = [["項目", "Item"][::order], ["回答", "Response"][::order]], [(name(number), ITEMS[number]["name_en"])[::order] for number in numbers]
        answers = [(ANSWERS[number], ENGLISH[number])[::order] for number in numbers]
        sheet = sheet_of(program, table([heads[0] + heads[1]] + [[*names, *said] for names, said in zip(both, answers)]))
        assert [(item["name"], item["answer"]["text"], item["definition"]) for item in sheet["items"]] == [
            (names[0], said[0], None) for names, said in zip(both, answers)]
        assert [item["other"] for item in sheet["items"]] == [{heads[0][1]: names[1], heads[1][1]: said[1]} for names, said in zip(both, answers)]
        assert not sheet["checks"], sheet["checks"]


def test_details_beside_choices(program):
    """What is told beside a cell of choices is no definition; and choices in a column of marks give the status of the answer beside them."""
    states = [("☑ 対応　☐ 一部対応　☐ 非対応", "yes"), ("☐ 対応　☑ 一部対応　☐ 非対応", "partial"), ("☐ 対応　☐ 一部対応　☑ 非対応", "no")]
    details = ["※計画メンテナンスの時間を除きます。", "計画停止の10営業日前までに、管理画面および電子メールにてご案内します。", "35日間"]
    sheet = sheet_of(program, table([["No", "項目", "対応状況", "詳細"]] + rows_of(NUMBERS, lambda place, number: [
        str(place), name(number), states[place % 3][0], details[place % 3]])))
    assert [(item["definition"], item["answer"]["status"]) for item in sheet["items"]] == [(None, states[place % 3][1]) for place in range(1, len(NUMBERS) + 1)]
    marks = [("有・【無】", "no"), ("【有】・無", "yes")]
    sheet = sheet_of(program, table([["項目", "有無", "内容"]] + rows_of(NUMBERS, lambda place, number: [name(number), marks[place % 2][0], "点検のうえ決めます。"])))
    assert [item["answer"]["status"] for item in sheet["items"]] == [marks[place % 2][1] for place in range(1, len(NUMBERS) + 1)]
    assert all(item["answer"]["choices"][0]["text"] == "有" for item in sheet["items"])


def test_ticks_under_another_head(program):
    """A column that is ticked only where the choices beside it are not is one of them, whatever its head says."""
    heads = ["対応済み", "対応予定", "お客様ご自身で"]
    sheet = sheet_of(program, table([["No", "項目", *heads]] + rows_of(NUMBERS, lambda place, number: [
        str(place), name(number), *("✔" if place % 3 == column else "" for column in range(3))])))
    assert [item["answer"]["text"] for item in sheet["items"]] == [heads[place % 3] for place in range(1, len(NUMBERS) + 1)]
    assert not [note for note in sheet["notes"] if note["code"] == "no-choice"]
    # Where rows have ticks in both, it is none of them.
    sheet = sheet_of(program, table([["No", "項目", "有", "無", "監査"]] + rows_of(NUMBERS, lambda place, number: [
        str(place), name(number), *(["✔", ""] if place % 2 else ["", "✔"]), "✔"])))
    assert [item["answer"]["text"] for item in sheet["items"]] == [["無", "有"][place % 2] for place in range(1, len(NUMBERS) + 1)]


def test_definitions_name_items(program):
    """The catalogue's definition tells its item, whatever other item's name its words are like."""
    numbers = [13, 28, 29, 30, 31]
    sheet = sheet_of(program, table([["No", "確認内容", "回答"]] + rows_of(numbers, lambda place, number: [str(place), definition(number), "有"])))
    assert [item["meti"] and item["meti"]["no"] for item in sheet["items"]] == numbers


def test_banner_ends_at_the_next_heading(program):
    """What is below a heading ends with it; and a table with other heads below the sheet is none of it."""
    def rows(number, *pairs):
        return f"<table><tr><th>No<th>項目<th>回答</tr><tr><td colspan=3>{number}</tr>" + "".join(f"<tr><td>{i}<td>{n}<td>{a}" for i, (n, a) in enumerate(pairs, 1)) + "</table>"
    text = ("<meta charset=utf-8><h1>サービスレベル一覧</h1><h2>水槽</h2>" + rows("可用性", *PAIRS)
            + f"<h2>餌</h2><table><tr><th>No<th>項目<th>回答</tr><tr><td>1<td>{name(26)}<td>平日<tr><td>2<td>{name(27)}<td>平日</table>"
            + "<h2>返金</h2><table><tr><th>月間稼働率<th>減額率</tr><tr><td>99.9%未満<td>10%<tr><td>99.0%未満<td>25%</table>")
    found = sheet_of(program, text)
    assert [(item["category"], item["section"]) for item in found["items"]] == [("可用性", "水槽")] * 4 + [("餌", None)] * 2, found["items"]
    assert not found["checks"], found["checks"]


def test_words_parted_at_line_ends(program):
    """A hyphen at a line's end that only parts a word goes; one of the word's own stays."""
    rule = "+----------------------+---------------------+\n"
    lines = [("Item", "Response"), ("Service hours", "All but the mainte-\nnance"), ("Backup method", "In the best of re‐\ngions"),
             ("Service availability", "99.9 % of all days"), ("Disaster recovery", "By a known third-\nparty data centre")]
    text = rule
    for pair in lines:
        names, answers = (cell.split("\n") for cell in pair)
        for i in range(max(len(names), len(answers))):
            text += f"| {names[i] if i < len(names) else '':20} | {answers[i] if i < len(answers) else '':19} |\n"
        text += rule
    found = sheet_of(program, "Service level items\n\n" + text)["items"]
    assert [(item["name"], item["answer"]["text"]) for item in found] == [
        ("Service hours", "All but the maintenance"), ("Backup method", "In the best of regions"), ("Service availability", "99.9 % of all days"),
        ("Disaster recovery", "By a known third-party data centre")]


# Heads of a small table with one item, at its left; below a heading, so that each is a table of its own.
AT_LEFT = {"name and answer": ("項目 回答", True), "one of three is not known": ("項目 ねこ 回答", True), "two of six": ("項目 ねこ 内容 いぬ 単位 回答", True),
           "two of four": ("項目 ねこ いぬ 回答", False), "no name": ("内容 回答", False)}


@each(AT_LEFT)
def test_tables_of_one_item_have_their_heads_at_left(program, what):
    heads, read = AT_LEFT[what]
    cells = {"項目": name, "内容": definition, "単位": lambda number: ITEMS[number]["unit"], "回答": ANSWERS.get}
    page = "".join(table([(head, cells.get(head, lambda number: "さば")(number)) for head in heads.split()], heads=False) for number in NUMBERS)
    result = program("convert", "-", stdin=page.encode())
    items = [] if result.status else json.loads(result.out)["items"]
    right = [(item["name"], item["answer"]["text"]) for item in items] == [(name(number), ANSWERS[number]) for number in NUMBERS]
    assert right == read, (items, result.err)


def test_cells_below_each_other_after_other_numbered_cells(program):
    """A list of revisions, whose first number is a 1 too, has other heads."""
    text = (ROOT / "tests/cases/text-cells-in-sequence/input.txt").read_text()
    sheets = [json.loads(program.good("convert", "-", stdin=(before + text).encode()).out)["items"] for before in ("", "版\n\n日付\n\n担当\n\n内容\n\n1\n\n2024年4月1日\n\n山田\n\n初版\n\n")]
    assert [(item["name"], item["answer"]["text"]) for item in sheets[0]] == [(item["name"], item["answer"]["text"]) for item in sheets[1]]
