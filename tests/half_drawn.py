"""half_drawn - tables whose drawing leaves out borders, or draws more than borders: a person reads the same rows from each.

    Drawing(look).pdf() -> bytes      Drawing(look).rows -> the rows that a person reads

A look is a dict, a line in LOOKS; what it does not say is as in USUAL. Lengths are points, y downwards.
"""
from painting import HEIGHT, WIDTH, Painting, width_of

BLACK, WHITE = (0, 0, 0), (1, 1, 1)

SHEET = {
    "head": ["種別", "サービスレベル項目", "規定内容", "測定単位", "回答"],
    "edges": [42, 118, 306, 560, 640, 800],
    "rows": [
        ["可用性", "サービス時間", "サービスを提供する時間帯（設備やネットワーク等の点検／保守のための計画停止時間の記述を含む）", "時間帯", "24時間365日（計画停止を除く）"],
        ["可用性", "計画停止予定通知", "定期的な保守停止に関する事前連絡確認（事前通知のタイミング／方法の記述を含む）", "有無", "有（2週間前にメールで通知）"],
        ["可用性", "サービス提供終了時の事前通知", "サービス提供を終了する場合の事前連絡確認", "有無", "有（6か月前に通知）"],
        ["可用性", "突然のサービス提供停止に対する対処", "プログラムや、システム環境の各種設定データの預託等の措置の有無", "有無", "無"],
        ["可用性", "サービス稼働率", "サービスを利用できる確率", "稼働率（%）", "99.9%以上"],
        ["信頼性", "平均復旧時間（MTTR）", "障害発生から修理完了までの平均時間", "時間", "2時間以内"],
        ["信頼性", "目標復旧時間（RTO）", "障害発生後のサービス提供の再開に関して設定された目標時間", "時間", "6時間"],
        ["信頼性", "障害発生件数", "1年間に発生した障害件数／対応に長時間（1日以上）要した障害件数", "回", "3回／0回"],
        ["信頼性", "システム監視基準", "システム監視基準（監視内容／監視・通知基準）の設定に基づく監視", "有無", "有"],
        ["信頼性", "ログの取得", "利用者に提供可能なログの種類", "有無", "有（アクセスログ）"],
    ],
}
PAIRS = {
    "head": ["項目", "回答"],
    "edges": [42, 280, 560],
    "rows": [[row[1], row[4]] for row in SHEET["rows"]],
}
NUMBERED = {
    "head": ["No.", "項目", "内容", "回答"],
    "edges": [50, 80, 250, 520, 780],
    "rows": [[str(number), *row[1:3], row[4]] for number, row in enumerate(SHEET["rows"], 1)],
}
ENGLISH = {
    "head": ["Control", "Question", "Answer"],
    "edges": [42, 160, 470, 760],
    "rows": [
        ["Backup", "How often are backups of customer data taken, and where are they kept?", "Daily, in a second region"],
        ["Encryption", "Is data encrypted at rest?", "Yes (AES-256)"],
        ["Access", "Who can reach production systems, and how is the access reviewed each quarter?", "Operators only"],
        ["Logging", "Are audit logs kept?", "Yes, for one year"],
        ["Incidents", "How soon are customers told of an incident?", "Within 24 hours"],
        ["Testing", "Are penetration tests done by an independent party at least once a year?", "Yes"],
        ["Recovery", "What is the recovery time objective?", "6 hours"],
    ],
}
FIGURES = {
    "head": ["Region", "2023", "2024", "2025"],
    "edges": [60, 220, 330, 440, 550],
    "rows": [["North", "1,530", "1,029", "2,559"], ["South", "1,253", "855", "2,108"], ["East", "812", "790", "1,602"],
             ["West", "77", "80", "157"], ["Total", "3,672", "2,754", "6,426"]],
}

USUAL = {"data": SHEET, "size": 8, "leading": 10, "pad": 3, "gap": 4, "walls": "all", "lines": "all", "cut": False, "align": None,
         "frame": True, "skip": (), "before": None, "ground": None, "stripes": None, "ink": BLACK, "merged": None, "top": 90, "head_fill": None,
         "line_fill": None, "by_cell": False}


def wrapped(text, width, size):
    """The lines of TEXT in WIDTH; Latin words stay whole."""
    lines, line = [], ""
    pieces = text.replace(" ", "\n \n").split("\n") if text.isascii() else list(text)
    for piece in pieces:
        if line and width_of(line + piece, size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece != " " else ""
    return lines + [line.rstrip()] if line else lines or [""]


class Drawing:
    def __init__(self, look):
        self.look = {**USUAL, **look}
        self.painting = Painting()
        self.rows = [list(row) for row in (self.look["data"]["head"], *self.look["data"]["rows"])]
        if self.look["cut"]:
            self.cut()
        self.draw()

    def width(self, column):
        edges = self.look["data"]["edges"]
        return edges[column + 1] - edges[column] - 2 * self.look["pad"]

    def cut(self):
        """Each cell in one line: what would not fit is left out."""
        for row in self.rows:
            for column, text in enumerate(row):
                row[column] = wrapped(text, self.width(column), self.look["size"])[0]

    def draw(self):
        look, edges, p = self.look, self.look["data"]["edges"], self.painting
        lines = [[wrapped(text, self.width(column), look["size"]) for column, text in enumerate(row)] for row in self.rows]
        tops = [look["top"]]
        for row in lines:
            tops.append(tops[-1] + look["leading"] * max(len(cell) for cell in row) + look["gap"])
        if look["ground"]:
            p.fill(0, 0, WIDTH, HEIGHT, look["ground"])
        if look["before"]:
            look["before"](p, edges, tops)
        self.fills(edges, tops)
        p.text(42, 60, "クラウドサービスレベルのチェックリスト", 12, look["ink"])
        groups = self.groups()
        for number, row in enumerate(lines):
            for column, cell in enumerate(row):
                if look["merged"] is not None and column == look["merged"] and number > 0:
                    continue
                self.cell(number, column, cell, edges, tops)
        for first, end, text in groups:
            self.centred(text, edges, tops[first], tops[end])
        self.walls(edges, tops)
        self.lines(edges, tops, groups)

    def fills(self, edges, tops):
        look = self.look
        parts = list(zip(edges, edges[1:])) if look["by_cell"] else [(edges[0], edges[-1])]
        for x0, x1 in parts:
            if look["head_fill"]:
                self.painting.fill(x0, tops[0], x1, tops[1], look["head_fill"])
            for number in range(1, len(tops) - 1):
                if look["stripes"] and number % 2 == look["stripes"][1]:
                    self.painting.fill(x0, tops[number], x1, tops[number + 1], look["stripes"][0])

    def cell(self, number, column, cell, edges, tops):
        look = self.look
        for index, line in enumerate(cell):
            x = edges[column] + look["pad"]
            if look["align"] and look["align"][column] == "r":
                x = edges[column + 1] - look["pad"] - width_of(line, look["size"])
            if look["align"] and look["align"][column] == "c":
                x = (edges[column] + edges[column + 1] - width_of(line, look["size"])) / 2
            y = tops[number] + look["gap"] / 2 + look["leading"] * (index + .85)
            if look["line_fill"] and number > 0:
                self.painting.fill(x, y - .85 * look["size"], x + width_of(line, look["size"]), y + .2 * look["size"], look["line_fill"])
            self.painting.text(x, y, line, look["size"], look["ink"])

    def groups(self):
        """(first row, past the last, text) of the merged cells of the merged column."""
        column, groups = self.look["merged"], []
        if column is None:
            return groups
        for number in range(1, len(self.rows)):
            text = self.rows[number][column]
            if groups and groups[-1][2] == text:
                groups[-1] = (groups[-1][0], number + 1, text)
            else:
                groups.append((number, number + 1, text))
        return groups

    def centred(self, text, edges, top, bottom):
        look, column = self.look, self.look["merged"]
        lines = wrapped(text, self.width(column), look["size"])
        for index, line in enumerate(lines):
            y = (top + bottom - look["leading"] * len(lines)) / 2 + look["leading"] * (index + .85)
            self.painting.text(edges[column] + look["pad"], y, line, look["size"], look["ink"])

    def walls(self, edges, tops):
        kind = self.look["walls"]
        for boundary, x in enumerate(edges):
            outer = boundary in (0, len(edges) - 1)
            if outer and not self.look["frame"]:
                continue
            if kind == "all" or outer and self.look["frame"]:
                self.painting.line(x, tops[0], x, tops[-1])
            elif kind == "head":
                self.painting.line(x, tops[0], x, tops[1])

    def lines(self, edges, tops, groups):
        kind = self.look["lines"]
        for number, y in enumerate(tops):
            ends = number in (0, 1, len(tops) - 1)
            grouped = any(number == first for first, _, _ in groups)
            if not (kind == "all" or ends and kind in ("head", "groups") or grouped and kind == "groups"):
                continue
            for column in range(len(edges) - 1):
                merged = column == self.look["merged"] and not ends and not grouped
                if (column not in self.look["skip"] or ends) and not merged:
                    self.painting.line(edges[column], y, edges[column + 1], y)

    def pdf(self):
        return self.painting.pdf()


# Decorations of the page, drawn before the table.

def closed_frame(p, edges, tops):
    for x0, y0, x1, y1 in ((20, 20, 822, 20), (20, 575, 822, 575), (20, 20, 20, 575), (822, 20, 822, 575)):
        p.line(x0, y0, x1, y1, 1)


def cross_lines(p, edges, tops):
    p.line(0, 35, WIDTH, 35, 1, (.1, .2, .5))
    p.line(0, 560, WIDTH, 560, 1, (.1, .2, .5))
    p.line(806, 0, 806, HEIGHT, 1, (.1, .2, .5))


def left_bar(p, edges, tops):
    p.line(30, 0, 30, HEIGHT, 2, (.1, .5, .2))
    p.line(0, 40, WIDTH, 40, 1, (.1, .5, .2))
    p.text(36, 30, "社外秘", 8)


def double_frame(p, edges, tops):
    for inset in (16, 22):
        p.line(inset, inset, WIDTH - inset, inset)
        p.line(inset, HEIGHT - inset, WIDTH - inset, HEIGHT - inset)
        p.line(inset, inset, inset, HEIGHT - inset)
        p.line(WIDTH - inset, inset, WIDTH - inset, HEIGHT - inset)


def head_and_foot(p, edges, tops):
    closed_frame(p, edges, tops)
    p.line(20, 70, 822, 70, 1)
    p.line(20, 550, 822, 550, 1)
    p.text(30, 565, "株式会社サンプル", 8)


DARK, DARKER, LIGHT = (.1, .12, .15), (.16, .18, .22), (.92, .94, .96)
WRAPPED_LABELS = {**SHEET, "rows": [[row[0] + "（サービスの継続的な利用に関する事項）", *row[1:]] for row in SHEET["rows"]]}

LOOKS = {
    # The walls of the columns only in the head.
    "walls-head": {"walls": "head"},
    "walls-head-no-frame": {"walls": "head", "frame": False},
    "walls-head-no-lines": {"walls": "head", "lines": "head", "gap": 8},
    "walls-head-no-lines-tight": {"walls": "head", "lines": "head", "gap": 0, "cut": True},
    "walls-head-english": {"walls": "head", "data": ENGLISH},
    "walls-head-figures": {"walls": "head", "lines": "head", "data": FIGURES, "align": "lrrr"},
    "walls-head-filled": {"walls": "head", "head_fill": (1, .6, .2), "data": PAIRS},
    # The columns ruled, and no lines between rows.
    "columns": {"lines": "head", "gap": 6},
    "columns-cut": {"lines": "head", "gap": 0, "cut": True, "leading": 9},
    "columns-tight": {"lines": "head", "gap": 0},
    "columns-pairs": {"lines": "head", "data": PAIRS, "gap": 2},
    "columns-numbered": {"lines": "head", "data": NUMBERED, "gap": 1},
    "columns-english": {"lines": "head", "data": ENGLISH, "gap": 5},
    "columns-figures": {"lines": "head", "data": FIGURES, "align": "lrrr", "gap": 2},
    "columns-no-frame": {"lines": "head", "frame": False, "gap": 6},
    "columns-groups": {"lines": "groups", "merged": 0, "gap": 5},
    # One column without row lines.
    "column-name": {"skip": (1,)},
    "column-first": {"skip": (0,), "data": NUMBERED},
    "column-last": {"skip": (4,)},
    "column-two": {"skip": (1, 2)},
    "column-unit": {"skip": (3,), "gap": 8},
    "column-english": {"skip": (2,), "data": ENGLISH},
    "column-cut": {"skip": (2,), "cut": True, "gap": 1},
    # Fills behind the lines of text.
    "line-fills": {"walls": "none", "lines": "none", "frame": False, "line_fill": (.75, .85, .95), "head_fill": (.1, .2, .4), "gap": 6},
    "line-fills-ruled": {"line_fill": (1, 1, .6)},
    "line-fills-pairs": {"walls": "none", "lines": "none", "frame": False, "line_fill": LIGHT, "data": PAIRS, "gap": 5},
    "line-fills-numbered": {"walls": "none", "lines": "none", "frame": False, "line_fill": (.9, .9, .7), "data": NUMBERED, "gap": 8},
    "line-fills-columns": {"lines": "head", "line_fill": (.8, .95, .8), "gap": 6},
    # A wrapped label in the middle of its group.
    "label": {"walls": "none", "lines": "none", "frame": False, "merged": 0, "data": WRAPPED_LABELS, "gap": 10},
    "label-far": {"walls": "none", "lines": "none", "frame": False, "merged": 0, "data": WRAPPED_LABELS, "gap": 16},
    "label-ruled": {"merged": 0, "data": WRAPPED_LABELS},
    "label-short": {"walls": "none", "lines": "none", "frame": False, "merged": 0, "gap": 12},
    "label-head-lines": {"walls": "none", "lines": "head", "frame": False, "merged": 0, "data": WRAPPED_LABELS, "gap": 10},
    # Decorative lines of the page.
    "page-frame": {"before": closed_frame},
    "page-frame-pairs": {"before": cross_lines, "data": PAIRS},
    "page-frame-bar": {"before": left_bar},
    "page-frame-double": {"before": double_frame, "data": PAIRS},
    "page-frame-areas": {"before": head_and_foot},
    "page-frame-columns": {"before": closed_frame, "lines": "head", "gap": 6},
    # Stripes on a filled ground.
    "stripes-dark": {"walls": "none", "lines": "none", "frame": False, "ground": DARK, "stripes": (DARKER, 0), "ink": WHITE, "gap": 8, "head_fill": (0, .3, .9)},
    "stripes-odd": {"walls": "none", "lines": "none", "frame": False, "ground": DARK, "stripes": (DARKER, 1), "ink": WHITE, "gap": 8},
    "stripes-light": {"walls": "none", "lines": "none", "frame": False, "ground": LIGHT, "stripes": (WHITE, 0), "gap": 8},
    "stripes-pairs": {"walls": "none", "lines": "none", "frame": False, "ground": LIGHT, "stripes": ((.8, .85, .9), 1), "data": PAIRS, "gap": 8},
    "stripes-tight": {"walls": "none", "lines": "none", "frame": False, "ground": DARK, "stripes": (DARKER, 0), "ink": WHITE, "gap": 0, "head_fill": (0, .3, .9)},
    "stripes-cells": {"walls": "none", "lines": "none", "frame": False, "ground": DARK, "stripes": (DARKER, 0), "ink": WHITE, "gap": 8,
                      "head_fill": (0, .3, .9), "by_cell": True},
    "stripes-cells-white": {"walls": "none", "lines": "none", "frame": False, "stripes": (LIGHT, 1), "gap": 6, "by_cell": True},
    "stripes-cells-pairs": {"walls": "none", "lines": "none", "frame": False, "ground": LIGHT, "stripes": (WHITE, 1), "data": PAIRS, "gap": 8,
                            "by_cell": True},
    "stripes-cells-english": {"walls": "none", "lines": "none", "frame": False, "ground": DARK, "stripes": (DARKER, 1), "ink": WHITE,
                              "data": ENGLISH, "gap": 6, "by_cell": True, "head_fill": (0, .3, .9)},
    "stripes-cells-tight": {"walls": "none", "lines": "none", "frame": False, "ground": DARK, "stripes": (DARKER, 0), "ink": WHITE, "gap": 2,
                            "by_cell": True, "head_fill": (.3, .3, .3)},
    "stripes-white": {"walls": "none", "lines": "none", "frame": False, "stripes": (LIGHT, 0), "gap": 6},
}


def combined():
    """Each sheet with each drawing of walls and lines, with and without the frame around it."""
    looks = {}
    for name, data in (("sheet", SHEET), ("pairs", PAIRS), ("numbered", NUMBERED), ("english", ENGLISH), ("figures", FIGURES)):
        for walls in ("all", "head", "none"):
            for lines in ("all", "head", "none"):
                for frame in (True, False):
                    look = {"data": data, "walls": walls, "lines": lines, "frame": frame, "align": "lrrr" if data is FIGURES else None}
                    looks[f"{name}-walls-{walls}-lines-{lines}{'-frame' if frame else ''}"] = look
    return looks


def grouped():
    """The same with a label in the middle of each group of rows."""
    return {f"labels{'-wrapped' if data is WRAPPED_LABELS else ''}-walls-{walls}-lines-{lines}": {
        "data": data, "walls": walls, "lines": lines, "merged": 0, "gap": 6} for data in (SHEET, WRAPPED_LABELS)
        for walls in ("all", "head", "none") for lines in ("all", "groups", "head", "none")}


LOOKS.update(combined())
LOOKS.update(grouped())
