"""Tables and what is none, as reports, forms and statistics have them: columns that only the text shows, two tables side by side,
charts, contents, boxes that lines connect."""
from painting import Painting
from test_cards import shown, tables_of
from testing import each, same_text


def rows_painted(painting, rows, columns, y, leading=12, size=8):
    """COLUMNS: x of the left edge of each, or its negative where it is flush right (half an em a figure)."""
    for number, row in enumerate(rows):
        for x, text in zip(columns, row):
            left = x if x >= 0 else -x - sum(size if ord(character) > 0xff else size / 2 for character in text)
            painting.text(left, y + leading * number, text, size)


def test_columns_within_drawn_columns(program):
    """Amounts and rates below one head, with a line around both; a cell whose text merely has gaps stays whole."""
    painting = Painting()
    rows = [("", "百万円", "％", "百万円", "％"), ("2024年", "12,345", "4.2", "1,023", "3.1"), ("2023年", "11,847", "7.5", "1,056", "12.8"),
            ("2022年", "11,020", "2.2", "936", "1.9")]
    for x, text in ((180, "売上高"), (300, "営業利益")):
        painting.text(x, 98, text, 8)
    rows_painted(painting, rows, (64, -210, -248, -330, -368), 112)
    for x in (60, 130, 250, 370):
        painting.line(x, 88, x, 156)
    for y in (88, 103, 156):
        painting.line(60, y, 370, y)
    same_text(" | 売上高 |  | 営業利益 | \n" + "\n".join(" | ".join(row) for row in rows), shown(tables_of(program, painting)), "columns")
    painting = Painting()
    rows = [("項目", "回答", "備考"), ("稼働率", "", "なし"), ("停止", "有り", "あり"), ("監視", "有り", "なし")]
    rows_painted(painting, rows, (64, 134, 304), 98, 40)
    for number, year in enumerate(("2022", "2023", "2024")):
        painting.text(134, 128 + 11 * number, year, 8)
        painting.text(200, 128 + 11 * number, f"99.9{number}", 8)
    for x in (60, 130, 300, 370):
        painting.line(x, 88, x, 248)
    for y in (88, 118, 168, 208, 248):
        painting.line(60, y, 370, y)
    assert all(len(row) == 3 for row in tables_of(program, painting)[0]["rows"])


# Name: the x of the columns of each table, its first y and the distance of its lines, its rows; level lines as y, x, x.
WITHOUT_WALLS = {
    "the same words again": ([((70, 180, 270, 380), 90, 11.5, [
        ("alpha", "Tokyo", "Platform", "running"), ("beta", "Tokyo", "Platform", "running"),
        ("gamma", "Osaka", "Platform", "stopped"), ("delta", "Osaka", "Network", "running"), ("epsilon", "Osaka", "Network", "running")])], []),
    "two tables far apart": ([((70, -220, -300), 90, 14, [
        ("Crop", "2009", "2010"), ("Rice", "12.1", "13.4"), ("Wheat", "8.2", "9.9"), ("Rye", "3.1", "2.8")]), ((70, -220, -300), 221, 14, [
            ("Stock", "2009", "2010"), ("Cattle", "410", "422"), ("Sheep", "118", "109"), ("Goats", "31", "35")])], []),
    "on either side of the page's middle": ([((245, 455), 92, 15, [
        ("Office", "Telephone"), ("Springfield", "Mornings"), ("Shelbyville", "Always"),
        ("Ogdenville", "Nobody"), ("Brockway", "Evenings")])], [(80, 240, 625), (97, 240, 625), (158, 240, 625)]),
    "the same heads side by side": ([((70, -190), 90, 14, [
        ("State", "Count"), ("Ohio", "12"), ("Iowa", "31"), ("Utah", "7"), ("Maine", "15")]), ((300, -420), 90, 14, [
            ("State", "Count"), ("Texas", "44"), ("Idaho", "3"), ("Nevada", "9"), ("Oregon", "18")])], []),
    "the same labels in one table": ([((70, 190, 300, 420), 92, 16, [
        ("項目", "一月", "項目", "二月"), ("訪問", "120", "訪問", "131"), ("電話", "88", "電話", "79"), ("郵便", "41", "郵便", "45")])],
        [(80 + 16 * row, 65, 480) for row in range(5)]),
}


@each(WITHOUT_WALLS)
def test_tables_without_walls(program, name):
    tables, lines = WITHOUT_WALLS[name]
    painting = Painting()
    for columns, y, leading, rows in tables:
        rows_painted(painting, rows, columns, y, leading, 9)
    for y, left, right in lines:
        painting.line(left, y, right, y)
    same_text("\n\n".join("\n".join(" | ".join(row) for row in table[3]) for table in tables), shown(tables_of(program, painting)), name)


def test_two_tables_with_a_title_each(program):
    painting = Painting()
    for x, title in ((60, "Standings"), (400, "Scorers")):
        painting.text(x, 80, title, 10)
    left = [("Rank", "Club", "Points"), ("1", "Harbour", "61"), ("2", "Mill", "57"), ("3", "Docks", "44"), ("4", "North", "39")]
    right = [("Player", "Goals"), ("Ivers", "19"), ("Brandt", "16"), ("Novak", "11"), ("Moreau", "10")]
    rows_painted(painting, left, (60, 100, -260), 100, 14)
    rows_painted(painting, right, (400, -520), 100, 14)
    same_text("\n\n".join("\n".join(" | ".join(row) for row in rows) for rows in (left, right)), shown(tables_of(program, painting)), "tables")


def test_charts_are_no_tables(program):
    painting = Painting()
    for number in range(5):
        painting.text(80, 103 + 30 * number, str(400 - 100 * number), 8)
        painting.line(100, 100 + 30 * number, 500, 100 + 30 * number)
    for number in range(12):
        painting.text(115 + 32 * number, 236, f"{number + 1}月", 8)
        painting.text(115 + 32 * number, 118 + 15 * abs(6 - number), f"{350 - 50 * abs(6 - number)}", 7)
    assert tables_of(program, painting) == []


def test_contents_are_no_table(program):
    painting = Painting()
    for number, (title, page) in enumerate((("Foreword", "1"), ("Method", "3"), ("Findings", "8"), ("Costs", "15"), ("Annex", "21"))):
        painting.text(60, 100 + 16 * number, title + " " + "." * (60 - len(title)), 9)
        painting.text(420, 100 + 16 * number, page, 9)
    assert tables_of(program, painting) == []
    painting = Painting()
    for number, (title, price) in enumerate((("Soup", "6.50"), ("Trout", "18.90"), ("Stew", "15.80"), ("Cake", "5.60"), ("Sorbet", "4.90"))):
        painting.text(60, 100 + 16 * number, title + " " + "." * (60 - len(title)), 9)
        painting.text(420, 100 + 16 * number, price, 9)
    assert len(tables_of(program, painting)) == 1


def test_boxes_that_lines_connect_are_no_table(program):
    painting = Painting()
    painting.line(100, 100, 520, 100)
    for number, name in enumerate(("総務部", "市民部", "福祉部", "建設部")):
        x = 60 + 140 * number
        painting.line(x + 40, 100, x + 40, 120)
        for edge in ((x, 120, x + 80, 120), (x, 144, x + 80, 144), (x, 120, x, 144), (x + 80, 120, x + 80, 144)):
            painting.line(*edge)
        painting.text(x + 20, 136, name, 8)
    assert tables_of(program, painting) == []


def test_keys_in_the_middle_of_their_rows(program):
    """As an office program sets a table without lines: the text beside a key begins above it and ends below it, and no white
    space is between the rows."""
    painting, y, expected = Painting(), 102, ["番号 | 項目 | 回答"]
    for x, text in ((64, "番号"), (110, "項目"), (230, "回答")):
        painting.text(x, 84, text, 9)
    for number, answer in enumerate((("専用の画面で常時公開しており、障害が起きたときは原", "因を知らせる"), ("保守契約に含まれる作業の範囲は約款の別表に記載し", "たとおり"),
                                     ("七日前までに画面と電子メールで知らせ、急ぐときは電", "話でも"), ("委託先には当社と同じ水準の管理を求め、書面と訪問で", "確認する"), ("社内の規程に基づき半年ごとに見直し、結果を経営会議", "に報告")), 1):
        y += 12
        for line, text in enumerate(answer):
            painting.text(230, y + 12 * line, text, 9)
        middle = y + 6 * (len(answer) - 1)
        name = ("稼働状況", "保守作業", "通知", "委託先の管理", "規程の見直し")[number - 1]
        painting.text(64, middle, str(number), 9)
        painting.text(110, middle, name, 9)
        y += 12 * (len(answer) - 1)
        expected.append(f"{number} | {name} | {''.join(answer)}")
    same_text("\n".join(expected[3:]), "\n".join(shown(tables_of(program, painting)).splitlines()[-3:]), "rows")


def test_labels_as_wide_as_their_column(program):
    """Lines of a form without white space between them: short text that reaches the end of a column that has none longer is not
    wrapped."""
    painting = Painting()
    rows = [("名称", "灯台小"), ("容量", "二百枚"), ("料金", "三十円"), ("窓口", "専任者")]
    rows_painted(painting, rows, (64, 94), 98, 15, 9)
    same_text("\n".join(" | ".join(row) for row in rows), shown(tables_of(program, painting)), "rows")


def test_numbered_rows_with_few_words(program):
    """Each line with a number is a row, though every second one has text in fewer columns than the line above it."""
    names = "サービス時間 計画停止の予定 終了時の事前通知 稼働率 代替手段 データ形式 更新の方針 復旧時間".split()
    rows = [("No", "項目", "対応", "一部対応", "備考")]
    rows += [(str(number), name, "○" if number % 3 == 0 else "", "○" if number % 3 else "", f"備考{number}" if number % 2 else "") for number, name in enumerate(names, 1)]
    painting = Painting()
    rows_painted(painting, rows, (64, 84, 190, 220, 270), 98, 15, 9)
    same_text("\n".join(" | ".join(row) for row in rows), shown(tables_of(program, painting)), "rows")


def rows_in_the_middle(painting, rows, xs, y, right=540, leading=12, size=9, place=.5, lined=True):
    """Rows between lines, and no lines between their columns; the text of each cell, a tuple of lines, is at PLACE of its row: 1 is its foot."""
    if lined:
        painting.line(xs[0] - 4, y, right, y)
    for row in rows:
        high = max(len(cell) for cell in row)
        for x, cell in zip(xs, row):
            for number, line in enumerate(cell):
                painting.text(x, y + 14 + leading * ((high - len(cell)) * place + number), line, size)
        y += leading * high + 8
        if lined:
            painting.line(xs[0] - 4, y, right, y)
    return y


def joined(rows):
    return "\n".join(" | ".join("".join(cell) for cell in row) for row in rows)


LONG = ("利用者の組織で定めた制限と同様な", "制約を実現できていることと、状況", "を確かめていること")
MIDDLE_ROWS = [[("No",), ("項目",), ("定義",), ("回答",)],
               *([(str(number),), (name,), LONG if number % 3 == 1 else ("状況の確認の有無",), (f"対応する{number}",)]
                 for number, name in enumerate("時間 通知 予定 稼働率 代替 形式 更新".split(), 1))]


def test_rows_between_lines_are_set_in_the_middle(program):
    """The first line of a long cell, above the others of its row, is no row without a number."""
    painting = Painting()
    rows_in_the_middle(painting, MIDDLE_ROWS, (64, 90, 150, 400), 90)
    same_text(joined(MIDDLE_ROWS), shown(tables_of(program, painting)), "rows")


def test_a_sign_that_closes_reaches_over_the_next_column(program):
    """A browser takes away the blank half of a bracket at the end of a line: its box lies over the next column."""
    closed = "止めた時間を除く率（計画した時間）"
    rows = [*MIDDLE_ROWS, [("8",), ("率",), (closed, "の実績"), ("対応する8",)]]
    painting = Painting()
    rows_in_the_middle(painting, rows, (64, 90, 150, 150 + 9 * len(closed) - 1), 90)
    same_text(joined(rows), shown(tables_of(program, painting)), "rows")


def test_the_first_line_of_a_page_is_no_head_over_several_columns(program):
    """It is above all cells of its row, in the middle of the table, and begins where the next line of its own cell does."""
    painting, xs, rest = Painting(), (64, 90, 180, 400), [[(str(number),), ("監視",), LONG, (f"対応する{number}",)] for number in range(8, 12)]
    rows_in_the_middle(painting, MIDDLE_ROWS, xs, 90)
    painting.page()
    rows_in_the_middle(painting, rest, xs, 90)
    same_text(joined(rest), shown(tables_of(program, painting)[-1:]), "rows")


def test_a_row_goes_on_where_answers_are_shorter(program):
    """The last column ends where its longest text on the page does."""
    painting, xs = Painting(), (64, 90, 150, 330)
    answer = "すべての利用者について対応している"
    first = [MIDDLE_ROWS[0], *([(str(number),), (name,), (LONG[0],), (answer,)] for number, name in enumerate(("時間", "通知", "予定"), 1))]
    rest = [[("",), ("",), LONG[2:], ("",)], *([(str(number),), (name,), LONG[2:], ("有",)] for number, name in enumerate(("代替", "形式", "更新"), 4))]
    rows_in_the_middle(painting, first, xs, 90)
    painting.page()
    rows_in_the_middle(painting, rest, xs, 90)
    tables = tables_of(program, painting)
    same_text(joined([*first, *rest]), shown(tables).replace("\n\n", "\n"), "rows")
    assert tables[1].get("continues"), "a table of its own"


def test_rows_of_a_short_page_are_between_lines_too(program):
    """Two lines between rows tell little, but the page before had many."""
    painting, xs = Painting(), (64, 90, 150, 400)
    rest = [[(str(number),), ("監視",), LONG, (f"対応する{number}",)] for number in range(8, 11)]
    rows_in_the_middle(painting, MIDDLE_ROWS, xs, 90, place=1)
    painting.page()
    rows_in_the_middle(painting, rest, xs, 90, place=1)
    same_text(joined(rest), shown(tables_of(program, painting)[1:]), "rows")


def test_lines_are_beside_each_other_by_the_leading(program):
    """Where lines are far apart, those in the middle between two of a cell are farther from them than .75 em, and beside them still."""
    rows = [MIDDLE_ROWS[0], *([(str(number),), (name,), LONG[:2] if number % 2 else LONG[2:], (f"対応する{number}",)]
                              for number, name in enumerate("時間 通知 予定 稼働率 代替 形式".split(), 1))]
    painting = Painting()
    rows_in_the_middle(painting, rows, (64, 90, 150, 400), 90, leading=14.4, lined=False)
    same_text(joined(rows), shown(tables_of(program, painting)), "rows")
