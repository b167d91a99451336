"""Which tables of a document are part of its sheet: a table of what nobody knows counts where it continues the sheet."""
import json

from testing import each

HEADS = ("項目", "内容", "単位", "回答")
SHEET = (("サービス時間", "提供する時間帯", "時間帯", "24時間365日"), ("サービス稼働率", "利用できる確率", "稼働率（％）", "99.9%"), ("障害通知プロセス", "障害発生時の連絡方法", "有無", "メールで知らせます"),
         ("バックアップの方法", "バックアップの内容", "有無／内容", "毎日取得します"), ("公的認証取得の要件", "認証の有無", "有無", "ISMSを取得しています"))
OWN = (("猫の世話", "世話をする人", "", "飼い主"), ("花壇の水やり", "水をやる人", "", "庭師"), ("金魚のえさ", "えさの種類", "", "パンくず"))


def table(rows, heads=HEADS):
    lines = [*([heads] if heads else []), *rows]
    return "<table border=1>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines) + "</table>\n"


def as_heads(text):
    return text.replace("<td>", "<th>")


def names_of(program, body):
    page = f"<!DOCTYPE html><meta charset=utf-8><title>チェックシート</title><body>{body}</body>"
    return [item["name"] for item in json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]]


# What follows the sheet: (how many of its rows are part of the sheet, what is between, the table).
FOLLOWING = {
    "no heading": (0, "", table(OWN, None)),
    "only a heading between": (3, "<h3>暮らし</h3>", table(OWN, None)),
    "words between": (0, "<p>以下は別の表です。</p>", table(OWN, None)),
    "words and a heading between": (0, "<p>以下は別の表です。</p><h3>暮らし</h3>", table(OWN, None)),
    "another table between": (0, table([("a", "b"), ("c", "d")], None) + "<h3>暮らし</h3>", table(OWN, None)),
    "a category's heading": (3, "<p>以下は別の表です。</p><h3>セキュリティ</h3>", table(OWN, None)),
    "fewer columns": (0, "<h3>暮らし</h3>", table([row[1:] for row in OWN], None)),
    "the same heads": (3, "<p>以下は別の表です。</p>", table(OWN)),
    "other heads that are known": (0, "", table(OWN, ("項目", "単位", "備考", "回答"))),
    "heads that no rule knows": (0, "", as_heads(table((), ("ねこ", "いぬ", "とり", "うし"))).replace("</table>", "") + table(OWN, None).replace("<table border=1>", "")),
    "heads that no rule knows, and one row": (0, "<h3>暮らし</h3>", as_heads(table((), ("ねこ", "いぬ", "とり", "うし"))).replace("</table>", "") + table(OWN[:1], None).replace("<table border=1>", "")),
    "heads without rows between": (0, as_heads(table(())) + "<h3>暮らし</h3>", table(OWN, None)),
    "one row, of heads": (1, "<h3>暮らし</h3>", as_heads(table(OWN[:1], None))),
    "one column with a head": (0, "<h3>セキュリティ</h3>", as_heads(table((), ("ねこ",))).replace("</table>", "") + table([("いぬ",), ("とり",)], None).replace("<table border=1>", "")),
    "units in half of the rows": (2, "<p>以下は別の表です。</p>", table((OWN[0], ("金魚のえさ", "えさの種類", "有無", "パンくず")), None)),
    "units in fewer": (0, "<p>以下は別の表です。</p>", table((*OWN[:2], ("金魚のえさ", "えさの種類", "有無", "パンくず")), None)),
    "one item of the catalogue": (4, "<p>以下は別の表です。</p>", table((*OWN, ("ログの取得", "取得するログ", "", "取得しています")), None)),
}


@each(FOLLOWING)
def test_a_table_that_follows(program, what):
    count, between, following = FOLLOWING[what]
    names = names_of(program, table(SHEET) + between + following)
    assert names[:5] == [row[0] for row in SHEET] and len(names) == 5 + count, names


def test_a_table_before(program):
    for heading in ("", "<h3>セキュリティ</h3>"):
        assert names_of(program, heading + table(OWN, None) + table(SHEET)) == [row[0] for row in SHEET], heading
