"""headed_pages - one sheet without a table, as pages and texts of many makes: PAGES maps each name to (text, fields)."""
from dialects import SHEET, TITLE

ROWS = [(row[0], row[1], row[2], row[5].replace('"', "").split("\n")) for row in SHEET]
ALL, NO_NUMBER, BARE = ("number", "category", "name", "answer"), ("category", "name", "answer"), ("name", "answer")


def grouped(category, item, around="{}"):
    text, last = "", None
    for number, group, name, lines in ROWS:
        text += category.format(group) if category and group != last else ""
        text += item(number, name, lines)
        last = group
    return around.format(text)


def page(body):
    return f"<!DOCTYPE html><html lang=ja><head><meta charset=utf-8><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>"


def groups():
    """[(category, its rows)]"""
    found = []
    for row in ROWS:
        if not found or found[-1][0] != row[1]:
            found.append((row[1], []))
        found[-1][1].append(row)
    return found


def listed(form, around):
    """A heading for each category, and below it a list of items in an element of its own."""
    return page("".join(f"<h2>{category}</h2>" + around.format("".join(form.format(number=number, name=name, answer="<br>".join(lines))
                                                                     for number, _, name, lines in rows)) for category, rows in groups()))


def filled(form, join="<br>"):
    return lambda number, name, lines: form.format(number=number, name=name, answer=join.join(lines))


def web(category, form, around="{}"):
    return page(grouped(category, filled(form), around))


PAGES = {
    "h2-h3": (web("<h2>{}</h2>", "<h3>{name}</h3><p>{answer}</p>"), NO_NUMBER),
    "h3-numbered": (web("<h2>{}</h2>", "<h3>{number}. {name}</h3><div>{answer}</div>"), ALL),
    "list-of-divs": (listed("<div class=i><div class=q>{name}</div><div class=a>{answer}</div></div>", "<div class=l>{}</div>"), NO_NUMBER),
    "list-of-entries": (listed("<li><p class=t>{name}</p><p>{answer}</p></li>", "<ul>{}</ul>"), NO_NUMBER),
    "list-of-bold": (listed("<li><b>{name}</b><br>{answer}</li>", "<ul>{}</ul>"), NO_NUMBER),
    "list-of-spans": (listed("<div class=r><span class=k>{name}</span><span class=v>{answer}</span></div>", "<div class=l>{}</div>"), NO_NUMBER),
    "list-of-panels": (listed("<div class=i><button aria-expanded=false>{name}</button><div role=region><p>{answer}</p></div></div>", "<div class=l>{}</div>"), NO_NUMBER),
    "dl-of-divs": (listed("<div class=row><dt><span class=no>{number}</span>{name}</dt><dd>{answer}</dd></div>", "<dl>{}</dl>"), ALL),
    "articles": (web("", "<h4>第{number}条（{name}）</h4><p>{answer}</p>"), BARE),
    "text-articles": (TITLE + "\n\n" + grouped("", filled("第{number}条（{name}）\n{answer}\n\n", "\n")), BARE),
    "h2-only": (web("", "<h2>{number}. {name}</h2><p>{answer}</p>"), ("number", "name", "answer")),
    "chapters": (web("<h2>【{}】</h2>", "<h4>No.{number} {name}</h4><p>{answer}</p>"), NO_NUMBER),
    "bold-pairs": (web("<p class='c'>{}</p>", "<p><b>{number}. {name}</b></p><p>{answer}</p>"), ALL),
    "bold-lead": (web("<p><b>■{}</b></p>", "<p><strong>{name}</strong><br>{answer}</p>"), NO_NUMBER),
    "bold-colon": (web("<h2>{}</h2>", "<li><b>{name}</b>：{answer}</li>", "<ul>{}</ul>"), NO_NUMBER),
    "div-classes": (web("<div class=cat>{}</div>", "<div class=q>{name}</div><div class=a>{answer}</div>"), NO_NUMBER),
    "cards": (web("<h2>{}</h2>", "<div class=card><div class='t t{number}'>{name}</div><div class=b><p>{answer}</p></div></div>"), NO_NUMBER),
    "styles": (web("<div style='font-size:22px'>{}</div>", "<div style='font-weight:700'>{number}. {name}</div><div>{answer}</div>"), ALL),
    "spans": (web("<h3>{}</h3>", "<div><span class=n>{name}</span><p>{answer}</p></div>"), NO_NUMBER),
    "details": (web("<h2>{}</h2>", "<details><summary>{name}</summary><p>{answer}</p></details>"), NO_NUMBER),
    "accordion": (web("<h2>{}</h2>", "<button class='accordion' aria-expanded=false>{name}</button><div class=panel>{answer}</div>"), NO_NUMBER),
    "dl": (web("", "<dt>{number}. {name}</dt><dd>{answer}</dd>", "<dl>{}</dl>"), ("number", "name", "answer")),
    "dl-two": (web("", "<dt>{number}. {name}</dt><dd class=d>説明の文です</dd><dd class=a>回答：{answer}</dd>", "<dl>{}</dl>"), ("number", "name")),
    "dl-by-category": (listed("<dt>{name}</dt><dd>{answer}</dd>", "<dl>{}</dl>"), NO_NUMBER),
    "empty-lines": (page(grouped("<h2>{}</h2>", filled("{name}<br>{answer}<br><br>"))), NO_NUMBER),
    "introduced": (web("<h2>{}</h2><p>次のとおりです。</p>", "<h3>{name}</h3><p>{answer}</p>"), NO_NUMBER),
    "faq-letters": (web("", "<div class=f><div class=q><span>Q</span><span>{name}</span></div><div class=a><span>A</span><span>{answer}</span></div></div>"), BARE),
    "faq": (web("", "<div class=faq><p class=q>Q. {name}</p><p class=a>A. {answer}</p></div>"), BARE),
    "text-paragraphs": (TITLE + "\n\n" + grouped("【{}】\n\n", filled("{name}\n{answer}\n\n", "\n")), NO_NUMBER),
    "text-numbered": (TITLE + "\n\n" + grouped("第1章 {}\n\n", filled("{number}. {name}\n{answer}\n\n", "\n")), ALL),
    "text-marks": (TITLE + "\n" + grouped("● {}\n", filled("■{name}\n{answer}\n", "\n")), NO_NUMBER),
    "text-brackets": (TITLE + "\n" + grouped("{}\n", filled("【{name}】\n{answer}\n", "\n")), NO_NUMBER),
    "text-colon": (TITLE + "\n\n" + grouped("■{}\n", filled("{name}：{answer}\n", "\n")), NO_NUMBER),
    "text-questions": (TITLE + "\n\n" + grouped("", filled("Q{number}. {name}\nA{number}. {answer}\n\n", "\n")), BARE),
    "mediawiki-terms": (f"= {TITLE} =\n" + grouped("", lambda number, name, lines: f"; {name} : {'、'.join(lines)}\n"), ("name",)),
    "markdown": (f"# {TITLE}\n\n" + grouped("## {}\n\n", filled("### {number}. {name}\n\n{answer}\n\n", "\n\n")), ALL),
}


def joined(form, between="、"):
    """The same with every answer on one line."""
    return lambda number, name, lines: form.format(number=number, name=name, answer=between.join(lines))



FIELDS = ("number", "category", "name", "answer")
HEADS = ("No.", "区分", "項目", "回答")


def made_rows(row, cell, around="{}", heads=True):
    """Rows made of other elements than those of tables; {n} is which cell of its row it is."""
    def line(cells):
        return row.format("".join(cell.format(text, n=n) for n, text in enumerate(cells)))
    lines = [line(HEADS)] if heads else []
    lines += [line([number, category, name, "<br>".join(answer)]) for number, category, name, answer in ROWS]
    return page(around.format("".join(lines)))


MADE_ROWS = {
    "divs-with-classes": made_rows("<div class=r>{}</div>", "<div class=c{n}>{}</div>"),
    "divs-alike-without-heads": made_rows("<div class='sl-row'>{}</div>", "<div class=cell>{}</div>", heads=False),
    "list-of-spans": made_rows("<li>{}</li>", "<span class=s{n}>{}</span>", "<ul>{}</ul>"),
    "rows-in-a-wrapper": made_rows("<div class=r><div class=in>{}</div></div>", "<div>{}</div>", "<section><div>{}</div></section>"),
    "paragraphs-of-spans": made_rows("<p>{}</p>", "<span>{}</span> "),
    "style-table-row": made_rows("<div style='display:table-row'>{}</div>", "<div style='display:table-cell'>{}</div>", "<div style='display:table'>{}</div>"),
    "tables-in-panels": page("".join(f"<div class=p><table><colgroup><col></colgroup><thead><tr><th>No.<th>区分<th>項目<th>回答</thead><tbody><tr><td>{number}<td>{category}<td>{name}<td>{'<br>'.join(answer)}</tbody></table></div>" for number, category, name, answer in ROWS)),
    "bold-and-plain-alike": page("<div>" + grouped("<div class=s>{}</div>", filled("<div class=s><div class=s><p><strong>{number}. {name}</strong></p></div><div class=s><p>{answer}</p></div></div>")) + "</div>"),
    "grid-by-style": made_rows("{}", "<div>{}</div>", "<div style='display:grid;grid-template-columns:3em 1fr 1fr 2fr'>{}</div>"),
    "grid-by-repeat": made_rows("{}", "<p>{}</p>", "<style>.g{{display:grid;grid-template-columns:[a] 3em repeat(3, minmax(0, 1fr))}}</style><div class=g>{}</div>"),
    "grid-by-shorthand": made_rows("{}", "<div>{}</div>", "<style>#g{{grid: auto-flow / 2em 2fr 3fr 4fr}}</style><div id=g>{}</div>"),
    "cells-by-classes": made_rows("{}", "<div class='col-{n} {n}'>{}</div>".replace("col-{n} {n}", "col k{n}"), "<div class=all>{}</div>").replace("k0", "no").replace("k1", "cat").replace("k2", "q").replace("k3", "a"),
    "cells-by-numbers": made_rows("{}", "<div class=cell>{}</div>", "<div class=all>{}</div>"),
}

# An entry of a list, or a line, has name and answer in itself.
ENTRIES = {
    "markdown-bold-entries": f"# {TITLE}\n\n" + grouped("\n## {}\n\n", joined("- **{name}**: {answer}\n")),
    "markdown-bold-with-colon": f"# {TITLE}\n\n" + grouped("\n## {}\n\n", joined("* **{name}：** {answer}\n")),
    "markdown-bold-numbered": f"# {TITLE}\n\n" + grouped("\n## {}\n\n", joined("{number}. **{name}** {answer}\n")),
    "markdown-colon-entries": f"# {TITLE}\n\n" + grouped("\n## {}\n\n", joined("* {name}：{answer}\n")),
    "markdown-bold-above": f"# {TITLE}\n\n" + grouped("\n## {}\n\n", joined("**{name}**\n\n{answer}\n\n")),
    "markdown-definitions": f"# {TITLE}\n\n" + grouped("\n## {}\n\n", joined("{name}\n:   {answer}\n\n")),
    "bullets-above": f"{TITLE}\n\n" + grouped("\n■{}\n\n", joined("・{name}\n　　{answer}\n")),
    "asciidoc-labeled": f"= {TITLE}\n\n" + grouped("\n== {}\n\n", joined("{name}:: {answer}\n")),
    "asciidoc-labeled-below": f"= {TITLE}\n\n" + grouped("\n== {}\n\n", joined("{name}::\n  {answer}\n")),
    "rst-fields": f"{TITLE}\n{'=' * 60}\n\n" + grouped("\n{}\n--------------------\n\n", joined(":{name}: {answer}\n")),
    "leaders-dots": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name} ........ {answer}\n")),
    "leaders-ellipsis": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name}……{answer}\n")),
    "leaders-middle-dots": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name}・・・・・・{answer}\n")),
    "leaders-spaced": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name} . . . . . . {answer}\n")),
    "mediawiki-terms": f"= {TITLE} =\n" + grouped("\n== {} ==\n", joined("; {name}\n: {answer}\n")),
    "underlined-title": f"{TITLE}\n{'=' * 60}\n\n" + grouped("■{}\n\n", joined("{name}\n　　{answer}\n\n")),
    "slash": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name} ／ {answer}\n")),
    "slash-narrow": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name} / {answer}\n")),
    "arrow": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name} → {answer}\n")),
    "equals": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("{name} = {answer}\n")),
    "bare-marks": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("・\n{name}：{answer}\n")),
    "wide-spaces": f"{TITLE}\n\n" + grouped("\n■{}\n", lambda number, name, lines: name + "　" * (24 - len(name)) + "、".join(lines) + "\n"),
    "bullets-colon": f"{TITLE}\n\n" + grouped("\n■{}\n", joined("- {name}: {answer}\n")),
    "paragraphs-colon": f"{TITLE}\n\n" + grouped("\n■{}\n\n", joined("{name}：{answer}\n")),
    "brackets-questions": f"{TITLE}\n\n" + grouped("\n■{}\n\n", joined("【質問{number}】{name}\n【回答】{answer}\n\n")),
}
PAGES["dl-two-last-short"] = (PAGES["dl-two"][0].replace("<dt>11.", "</dl><dl><dt>11."), ("number", "name", "answer"))
