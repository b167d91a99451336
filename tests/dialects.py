"""dialects - one sheet written as text in many ways: DIALECTS maps each way's name to a function from SHEET to text."""
import unicodedata

HEADS = ["No.", "種別", "項目", "規定内容", "測定単位", "回答"]

# Answers with the signs that part cells elsewhere, of one line and of several.
SHEET = [
    ["1", "可用性", "サービス時間", "サービスを提供する時間帯（設備やネットワーク等の点検／保守のための計画停止時間の記述を含む）", "時間帯", "24時間365日（計画停止、定期保守を除く）"],
    ["2", "可用性", "計画停止予定通知", "定期的な保守停止に関する事前連絡確認（事前通知のタイミング／方法の記述を含む）", "有無", "有り\n・定期：7日前\n・臨時：前日"],
    ["3", "可用性", "サービス提供終了時の事前通知", "サービス提供を終了する場合の事前連絡確認（事前通知のタイミング／方法の記述を含む）", "有無", "有り。6か月前に書面でお知らせします。"],
    ["4", "可用性", "突然のサービス提供停止に対する対処", "プログラムや、システム環境の各種設定データの預託等の措置の有無", "有無", "無し"],
    ["5", "可用性", "サービス稼働率", "サービスを利用できる確率（（計画サービス時間－停止時間）÷計画サービス時間）", "稼働率（％）", "99.95%以上, 実績99.98%"],
    ["6", "信頼性", "平均復旧時間（MTTR）", "障害発生から修理完了までの平均時間（修理時間の和÷故障回数）", "時間", "1.5時間; 昨年度は2時間"],
    ["7", "信頼性", "ログの取得", "利用者に提供可能なログの種類（アクセスログ、操作ログ、エラーログ等）", "有無", "有り\n・操作ログ\n・\"監査\"ログ"],
    ["8", "性能", "応答時間", "処理の応答時間", "時間（秒）", "3秒以内"],
    ["9", "性能", "水槽の水位の記録", "水位を測り、残す間隔", "間隔", "10分ごと"],
    ["10", "データ管理", "バックアップの方法", "バックアップ内容（回数、復旧方法など）、データ保管場所／形式", "有無/内容", "有り（日次で全体、6時間ごとに差分を取得し、別の地域に保管しています）"],
    ["11", "データ管理", "バックアップデータの保存期間", "データをバックアップした媒体を保管する期限", "時間", "35日間"],
    ["12", "セキュリティ", "通信の暗号化レベル", "システムとやりとりされる通信の暗号化強度", "有無", "有り TLS 1.2以上"],
]

TITLE = "ミズタマ水槽 セキュリティチェックシート"


def width(text, count="wide"):
    """The columns that TEXT takes when they are counted in one of the ways of aligned_cells.h."""
    if count == "characters":
        return len(text)
    wide = "WFA" if count == "ambiguous" else "WF"
    return sum(2 if unicodedata.east_asian_width(character) in wide else 1 for character in text)


def padded(text, columns, count="wide"):
    return text + " " * (columns - width(text, count))


def wrapped(text, columns, count="wide"):
    """The lines of TEXT in COLUMNS; no line begins with what Japanese does not begin a line with."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for piece in pieces(part):
            if line and width(line + piece.rstrip(), count) > columns:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines


def pieces(text):
    """TEXT in pieces that are not broken: words, and what clings to its neighbour."""
    found = []
    for character in text:
        after = found and (character in "、。）」』・ーっゃゅょァィゥェォッャュョ％%,.;:)!?／/々\"” " or found[-1][-1] in "（「『(\"")
        word = found and character.isascii() and found[-1][-1].isascii() and character != " " and found[-1][-1] != " "
        if after or word:
            found[-1] += character
        else:
            found.append(character)
    return found


def cells_of(columns, rows, count="wide"):
    """For each row the lines of its cells, all as long."""
    for row in rows:
        cells = [wrapped(text, size, count) for text, size in zip(row, columns)]
        height = max(map(len, cells))
        yield [cell + [""] * (height - len(cell)) for cell in cells]


WIDTHS = [4, 12, 24, 30, 12, 32]
ASCII = dict(top="+-+", under="+=+", row="+-+", end="+-+", bar="|")
LIGHT = dict(top="┌─┬┐", under="├─┼┤", row="├─┼┤", end="└─┴┘", bar="│")
HEAVY = dict(top="┏━┳┓", under="┣━╋┫", row="┠─╂┨", end="┗━┻┛", bar="┃")


def rule(signs, widths, count):
    first, level, middle, last = signs if len(signs) == 4 else (signs[0], signs[1], signs[0], signs[2])
    level_width = width(level, count)
    return first + middle.join(level * ((size + 2 + level_width - 1) // level_width) for size in widths) + last


def boxed(style, count="wide", rules=True, widths=WIDTHS, indent=""):
    def write(sheet):
        if count == "ambiguous":
            sizes = [size + size % 2 for size in widths]
        else:
            sizes = widths
        lines = [rule(style["top"], sizes, count)]
        for index, cells in enumerate(cells_of(sizes, [HEADS] + sheet, count)):
            if index:
                lines += [rule(style["under" if index == 1 else "row"], sizes, count)] if rules or index == 1 else []
            for parts in zip(*cells):
                padding = [" " + padded(part, size, count) + " " for part, size in zip(parts, sizes)]
                lines.append(style["bar"] + style["bar"].join(padding) + style["bar"])
        lines.append(rule(style["end"], sizes, count))
        return TITLE + "\n\n" + "\n".join(indent + line for line in lines) + "\n\n以上\n"
    return write


def spanned_box(sheet):
    """Categories that are one cell over their rows, beside rules that stop at it."""
    lines = [rule("+-+", WIDTHS, "wide")]
    rows = list(cells_of(WIDTHS, [HEADS] + sheet))
    for index, cells in enumerate(rows):
        same = index > 1 and sheet[index - 1][1] == sheet[index - 2][1]
        if index:
            line = rule("+=+" if index == 1 else "+-+", WIDTHS, "wide")
            start = WIDTHS[0] + 3
            if same:
                line = line[:start] + "|" + " " * (WIDTHS[1] + 2) + "+" + line[start + WIDTHS[1] + 4:]
                line = line[:start].rstrip("+") + "+" + line[start + 1:]
            lines.append(line)
        for parts in zip(*cells):
            shown = ["" if column == 1 and same else part for column, part in enumerate(parts)]
            lines.append("|" + "|".join(" " + padded(part, size) + " " for part, size in zip(shown, WIDTHS)) + "|")
    return "\n".join(lines + [rule("+-+", WIDTHS, "wide")]) + "\n"


def quoted(separator, quote='"', always=False):
    def write(sheet):
        def cell(text):
            plain = not always and not set(text) & {separator, quote, "\n"}
            return text if plain else quote + text.replace(quote, quote * 2) + quote
        return "\r\n".join(separator.join(map(cell, row)) for row in [HEADS] + sheet) + "\r\n"
    return write


def with_separator_line(sheet):
    return "sep=;\r\n" + quoted(";")(sheet)


def asciidoc(sheet, cells="line"):
    text = f'= {TITLE}\n\n[cols="1,2,4,6,2,6",options="header"]\n|===\n|' + " |".join(HEADS) + "\n\n"
    for row in sheet:
        row = [cell.replace("\n", " +\n").replace("|", "\\|") for cell in row]
        text += ("\n".join("|" + cell for cell in row) + "\n\n") if cells == "line" else "|" + " |".join(row) + "\n"
    return text + "|===\n"


def asciidoc_spans(sheet):
    """Categories over their rows, answers that are lists."""
    text = f'= {TITLE}\n\n[%header,cols="1,2,4,6,2,6a"]\n|===\n|' + "|".join(HEADS) + "\n"
    for index, row in enumerate(sheet):
        same = index and sheet[index - 1][1] == row[1]
        count = sum(1 for other in sheet if other[1] == row[1])
        category = [] if same else [f".{count}+|{row[1]}"]
        answer = "\na|" + row[5].replace("\n・", "\n\n* ").replace("\n\n* ", "\n\n* ", 1)
        text += "\n|" + row[0] + "\n" + "".join(category) + "\n|" + row[2] + " |" + row[3] + " |" + row[4] + answer + "\n"
    return text + "|===\n"


def asciidoc_csv(sheet):
    return f"= {TITLE}\n\n[%header]\n,===\n" + quoted(",")(sheet).replace("\r\n", "\n") + ",===\n"


def mediawiki(sheet, inline=False):
    text = f"= {TITLE} =\n\n{{| class=\"wikitable\" style=\"width:100%\"\n|+ チェックシート\n! " + " !! ".join(HEADS) + "\n"
    for row in sheet:
        row = [cell.replace("\n", "<br />") for cell in row]
        text += "|-\n" + ("| " + " || ".join(row) if inline else "\n".join("| " + cell for cell in row)) + "\n"
    return text + "|}\n"


def mediawiki_spans(sheet):
    text = "{| class=wikitable\n|-\n" + "\n".join(f"! scope=\"col\" | '''{head}'''" for head in HEADS) + "\n"
    for index, row in enumerate(sheet):
        same = index and sheet[index - 1][1] == row[1]
        count = sum(1 for other in sheet if other[1] == row[1])
        cells = [row[0]] + ([] if same else [f'rowspan="{count}" | {row[1]}'])
        cells += [f"[[{row[2]}の説明|{row[2]}]]", row[3], row[4], row[5].replace("\n・", "\n* ")]
        text += "|-\n| " + "\n| ".join(cells) + "\n"
    return text + "|}\n"


def simple_rst(sheet):
    rule_line = "  ".join("=" * size for size in WIDTHS)
    lines = [TITLE, "=" * width(TITLE), "", rule_line]
    for index, cells in enumerate(cells_of(WIDTHS, [HEADS] + sheet)):
        lines += ["  ".join(padded(part, size) for part, size in zip(parts, WIDTHS)).rstrip() for parts in zip(*cells)]
        lines += [rule_line] if index == 0 else []
    return "\n".join(lines + [rule_line]) + "\n"


def dashed(whole, count="wide"):
    """A row of dashes below the heads; between WHOLE lines of dashes rows are wrapped, and blank lines part them."""
    def write(sheet):
        columns = [max(width(cell.replace("\n", " "), count) for cell in column) for column in zip(HEADS, *sheet)] if not whole else WIDTHS
        rows = [[wrapped(cell, column, count) for cell, column in zip(row, columns)] if whole else [[cell.replace("\n", " ")] for cell in row]
                for row in [HEADS] + sheet]
        texts = ["\n".join(" ".join(padded(cell[line] if line < len(cell) else "", column, count) for cell, column in zip(row, columns)).rstrip()
                           for line in range(max(map(len, row)))) for row in rows]
        rules, line = " ".join("-" * column for column in columns), "-" * (sum(columns) + len(columns) - 1)
        between = "\n\n" if whole else "\n"
        return f"{TITLE}\n\n" + (line + "\n" if whole else "") + texts[0] + "\n" + rules + "\n" + between.join(texts[1:]) + "\n" + (line + "\n" if whole else "")
    return write


def textile(sheet):
    return f"h1. {TITLE}\n\n|_. " + " |_. ".join(HEADS) + " |\n" + "".join(
        "| " + " | ".join(row) + " |\n" for row in sheet)


def textile_spans(sheet):
    text = "|_. " + "|_. ".join(HEADS) + "|\n"
    for index, row in enumerate(sheet):
        same = index and sheet[index - 1][1] == row[1]
        count = sum(1 for other in sheet if other[1] == row[1])
        text += f"|{row[0]}|" + ("" if same else f"/{count}. {row[1]}|") + "|".join(row[2:]) + "|\n"
    return text


def jira(sheet):
    return f"h1. {TITLE}\n\n||" + "||".join(HEADS) + "||\n" + "".join(
        "|" + "|".join(cell.replace("\n", "\\\\") for cell in row) + "|\n" for row in sheet)


def jira_banners(sheet):
    """A heading and a table for each category."""
    text = ""
    for category in dict.fromkeys(row[1] for row in sheet):
        text += f"h2. {category}\n\n||" + "||".join(HEADS[:1] + HEADS[2:]) + "||\n"
        text += "".join("|" + "|".join(row[:1] + row[2:]) + "|\n" for row in sheet if row[1] == category) + "\n"
    return text


def pukiwiki(sheet):
    text = f"* {TITLE}\n|" + "|".join("~" + head for head in HEADS) + "|h\n"
    for index, row in enumerate(sheet):
        same = index and sheet[index - 1][1] == row[1]
        text += "|" + "|".join([row[0], "~" if same else row[1]] + [cell.replace("\n", "&br;") for cell in row[2:]]) + "|\n"
    return text


def org(sheet, rules=False):
    text = f"#+TITLE: {TITLE}\n\n* 回答\n"
    line = "|" + "+".join("-" * (size + 2) for size in WIDTHS) + "|\n"
    for index, row in enumerate([HEADS] + sheet):
        text += "| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |\n" + (line if rules or not index else "")
    return text


def sql_shell(sheet):
    sizes = [max(width(cell.replace("\n", "<br>")) for cell in column) for column in zip(HEADS, *sheet)]
    lines = [" | ".join(padded(cell, size) for cell, size in zip(row, sizes))
             for row in [HEADS] + [[cell.replace("\n", "<br>") for cell in row] for row in sheet]]
    return " " + "\n ".join(lines[:1]) + "\n" + "-+-".join("-" * (size + 1) for size in sizes) + "\n " + "\n ".join(lines[1:]) + "\n"


def archived(sheet, absent=False):
    """A page's table as archives of the web have it: bars without the first one, categories that span rows only once (ABSENT: and no
    empty cell for them in the others), banners with bars behind them."""
    lines, last = [" | ".join(HEADS) + " |", "---|" * len(HEADS), "アプリケーション運用 |" + "|" * (len(HEADS) - 1)], None
    for row in sheet:
        cells = [cell.replace("\n", "／") for cell in row]
        if cells[1] == last and absent:
            cells = cells[:1] + cells[2:] + [""]
        last = row[1]
        lines.append(" | ".join(cells).replace(" |  |", " | |") + " |")
    return "\n".join(lines) + "\n"


def records(label, between):
    """A line for each cell, with the head of its column; a longer cell goes on in lines that are set in."""
    def write(sheet):
        return TITLE + "\n\n" + between.join("".join(label.format(head) + cell.replace("\n", "\n　　") + "\n" for head, cell in zip(HEADS, row)) for row in sheet) + "\n以上\n"
    return write


def spreadsheet_frame(sheet):
    """The same of a sheet of a spreadsheet program, with the letters of its columns and the numbers of its rows."""
    columns = len(HEADS) + 4
    rows = [["クラウドサービスレベルのチェックリスト", "記入日: 2024/06/01"], [], HEADS] + [[cell.replace("\n", "／") for cell in row] for row in sheet]
    lines = [" | ".join("ABCDEFGHIJKLMN"[:columns]) + " | |", "---|" * (columns + 1)]
    for number, row in enumerate(rows, 1):
        lines.append(" | ".join([str(number), *row]) + " |" + "|" * (columns - len(row)))
    return "\n".join(lines) + "\n"


def layout(count, between=2, pages=False):
    """Columns by runs of spaces, with wrapped cells, as pdftotext -layout writes them."""
    def write(sheet):
        lines = [TITLE, ""]
        for index, cells in enumerate(cells_of(WIDTHS, [HEADS] + sheet, count)):
            if pages and index == 6:
                lines += ["", "\f"]
            for parts in zip(*cells):
                lines.append((" " * between).join(padded(part, size, count) for part, size in zip(parts, WIDTHS)).rstrip())
        return "\n".join(lines) + "\n"
    return write


def spaced(sheet):
    """Two spaces between cells, not aligned, a line a row."""
    return "\n".join("  ".join(cell.replace("\n", "／") for cell in row) for row in [HEADS] + sheet) + "\n"


def rst_list_table(sheet):
    """Cells go on in lines that are as far in."""
    def row(cells):
        return "".join(f"   {'*' if at == 0 else ' '} - " + cell.replace("\n", "\n       ") + "\n" for at, cell in enumerate(cells))
    return f"{TITLE}\n{'=' * 60}\n\n.. list-table:: サービスレベル\n   :header-rows: 1\n   :widths: 5 10 20 30 10 25\n\n" + "".join(map(row, [HEADS, *sheet]))


def rst_csv_table(sheet):
    def row(cells):
        return ",".join('"' + cell.replace('"', '""').replace("\n", "\n   ") + '"' for cell in cells)
    return f"{TITLE}\n{'=' * 60}\n\n.. csv-table:: サービスレベル\n   :header: {row(HEADS)}\n\n" + "".join(f"   {row(cells)}\n" for cells in sheet)


DIALECTS = {
    "csv": quoted(","), "csv-all-quoted": quoted(",", always=True), "csv-single-quotes": quoted(",", "'"),
    "semicolons": quoted(";"), "semicolons-all-quoted": quoted(";", always=True), "semicolons-sep-line": with_separator_line,
    "bars": quoted("|"), "bars-all-quoted": quoted("|", always=True), "carets": quoted("^"), "tabs": quoted("\t"),
    "box-ascii": boxed(ASCII), "box-light": boxed(LIGHT), "box-heavy": boxed(HEAVY), "box-indented": boxed(LIGHT, indent="  "),
    "box-light-ambiguous": boxed(LIGHT, "ambiguous"), "box-ascii-characters": boxed(ASCII, "characters"),
    "box-light-characters": boxed(LIGHT, "characters"), "box-narrow": boxed(ASCII, widths=[4, 10, 14, 18, 8, 20]),
    "box-ascii-no-row-rules": boxed(ASCII, rules=False), "box-light-no-row-rules": boxed(LIGHT, rules=False),
    "box-characters-no-row-rules": boxed(ASCII, "characters", rules=False), "rst-grid-spans": spanned_box,
    "asciidoc": asciidoc, "asciidoc-rows": lambda sheet: asciidoc(sheet, "row"), "asciidoc-spans": asciidoc_spans,
    "asciidoc-csv": asciidoc_csv, "mediawiki": mediawiki, "mediawiki-inline": lambda sheet: mediawiki(sheet, True),
    "mediawiki-spans": mediawiki_spans, "rst-simple": simple_rst, "dashed": dashed(False),
    "dashed-characters": dashed(False, "characters"), "dashed-whole": dashed(True), "rst-list-table": rst_list_table,
    "rst-csv-table": rst_csv_table, "textile": textile, "textile-spans": textile_spans,
    "jira": jira, "jira-banners": jira_banners, "pukiwiki": pukiwiki, "org": org, "org-rules": lambda sheet: org(sheet, True),
    "sql-shell": sql_shell, "layout-wide": layout("wide"), "layout-characters": layout("characters"),
    "layout-narrow-gaps": layout("characters", 1), "layout-pages": layout("wide", pages=True),
    "layout-wide-gaps": layout("wide", 4), "spaced": spaced,
    "archived": archived, "archived-absent": lambda sheet: archived(sheet, True), "spreadsheet-frame": spreadsheet_frame,
    "records": records("{}：", "\n"), "records-ruled": records("・{}: ", "----\n"), "records-boxed": records("【{}】", "\n"),
}

# A way that has no line ends in cells writes another sign for them.
LINE_ENDS = {"dashed": " ", "dashed-characters": " ", "spaced": "／", "archived": "／", "archived-absent": "／", "spreadsheet-frame": "／"}
