"use strict";
/* What a report can do beyond being read: filter, sort, show an answer beside the table, light an item on its page.
   It reads nothing but the page, and writes no markup: elements are moved, cloned or made with text. */
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const form = one("#filters"), panel = one("#panel"), words = document.body.dataset;
  const several = document.body.classList.contains("several");
  const matrix = one(".matrix");

  /* Width, case and the two kana scripts do not count, nor does white space. */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "")
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

  /* The items: one row each; of several sheets with a cell for each vendor. */
  const rows = all("tr.item", one("#items")).map((row, order) => ({
    row, order, no: Number(row.dataset.no), category: row.dataset.category, status: row.dataset.status,
    doubtful: row.classList.contains("doubtful"), differs: row.classList.contains("differs"),
    minority: Number(row.dataset.minority || 0), name: row.cells[0].textContent.trim(), text: null,
    cells: several ? Array.from(row.cells).slice(1).map((cell, vendor) => ({
      cell, vendor, status: cell.classList[1], doubtful: cell.classList.contains("d"), text: null, off: false, hit: false,
      marked: { off: false, hit: false } })) : [],
  }));
  const vendors = several ? Array.from(matrix.tHead.rows[0].cells).slice(1).map((head, order) => ({
    head, order, name: head.textContent.trim(), text: fold(head.textContent), yes: Number(head.dataset.yes),
    have: Number(head.dataset.have), shown: true, inView: true })) : [];

  /* The text of each answer, folded once: when nothing else is to do, or when it is asked for. */
  const read = (item) => {
    if (item.text !== null) return;
    item.text = fold(several ? item.name : item.row.textContent);
    for (const cell of item.cells) {
      const answer = document.getElementById(`a${item.no}-${cell.vendor}`);
      cell.text = answer ? fold(answer.cells[2].textContent) : "";
    }
  };
  const idle = window.requestIdleCallback || ((call) => setTimeout(call, 30));
  let ahead = 0;
  const readAhead = () => {
    const end = performance.now() + 12;
    while (ahead < rows.length && performance.now() < end) read(rows[ahead++]);
    if (ahead < rows.length) idle(readAhead);
  };
  idle(readAhead);

  const wanted = () => {
    const data = new FormData(form);
    return { text: fold(one("#text").value), vendor: several ? fold(one("#vendor").value) : "", category: one("#category").value,
      statuses: new Set(data.getAll("status")), differ: data.has("differ"), doubtful: data.has("doubtful") };
  };

  /* Whether a cell is one that was asked for, and whether any condition speaks of cells. */
  const cellMatches = (cell, want, nameMatches) =>
    (want.statuses.size === 0 || want.statuses.has(cell.status)) && (!want.doubtful || cell.doubtful) &&
    (want.text === "" || nameMatches || cell.text.includes(want.text));

  /* Only of cells that are in the page; of many vendors the others are marked when they come into it. */
  const mark = (cell) => {
    for (const what of ["off", "hit"]) {
      if (cell[what] === cell.marked[what]) continue;
      cell.cell.classList.toggle(what, cell[what]);
      cell.marked[what] = cell[what];
    }
  };

  const rowMatches = (item, want) => {
    if (want.category && item.category !== want.category) return false;
    if (want.differ && !item.differs) return false;
    if (want.text !== "") read(item);
    if (!several)
      return (want.statuses.size === 0 || want.statuses.has(item.status)) && (!want.doubtful || item.doubtful) &&
        (want.text === "" || item.text.includes(want.text));
    const asks = want.statuses.size > 0 || want.doubtful || want.text !== "";
    const nameMatches = want.text !== "" && item.text.includes(want.text);
    let any = !asks;
    for (const cell of item.cells) {
      const matches = cellMatches(cell, want, nameMatches);
      cell.off = asks && !matches;
      cell.hit = asks && matches && want.text !== "" && !nameMatches;
      if (vendors[cell.vendor].inView) mark(cell);
      any = any || (matches && vendors[cell.vendor].shown);
    }
    return any;
  };

  /* Rows of many vendors are no rows of one layout: a table's roles are said, since browsers tell them by the layout. And only
     the heads and cells of columns in view, with some beside them, are in the page: of 200 vendors the styles of the others
     cost more than all else. Their words are found among all answers, further down. */
  const swift = several && matrix.classList.contains("many"), scroller = matrix && matrix.parentElement, BESIDE = 2;
  const corner = several && matrix.tHead.rows[0].cells[0];
  let listed = vendors, inView = vendors, width = 112;
  const putColumns = (row, gone, wanted, elementOf) => {
    for (const vendor of gone) elementOf(vendor).remove();
    let before = row.firstElementChild;
    for (const vendor of wanted) {
      const element = elementOf(vendor);
      if (before.nextElementSibling !== element) before.after(element); /* the others are not moved, or one would lose the focus */
      before = element;
    }
  };
  const showColumns = () => {
    if (!swift) return;
    const open = listed.filter((vendor) => vendor.shown), left = scroller.scrollLeft;
    if (inView.length) width = inView[0].head.offsetWidth || width;
    const from = Math.max(0, Math.floor(left / width / BESIDE - 1) * BESIDE);
    const to = Math.ceil((left + scroller.clientWidth - corner.offsetWidth) / width / BESIDE + 1) * BESIDE;
    matrix.style.setProperty("--vendors", open.length);
    matrix.style.setProperty("--before", Math.min(from, open.length));
    const wanted = open.slice(from, to);
    if (wanted.length === inView.length && wanted.every((vendor, i) => vendor === inView[i])) return;
    const stays = new Set(wanted), gone = inView.filter((vendor) => !stays.has(vendor));
    for (const vendor of gone) vendor.inView = false;
    for (const vendor of wanted) vendor.inView = true;
    putColumns(corner.parentElement, gone, wanted, (vendor) => vendor.head);
    for (const item of rows) {
      for (const vendor of wanted) mark(item.cells[vendor.order]);
      putColumns(item.row, gone, wanted, (vendor) => item.cells[vendor.order].cell);
    }
    inView = wanted;
  };
  if (swift) {
    matrix.setAttribute("role", "table");
    matrix.setAttribute("aria-colcount", vendors.length + 1);
    for (const row of all("thead, tbody", matrix)) row.setAttribute("role", "rowgroup");
    for (const row of all("tr", matrix)) row.setAttribute("role", "row");
    for (const head of all("th", matrix)) head.setAttribute("role", head.scope === "col" ? "columnheader" : "rowheader");
    for (const vendor of vendors) vendor.head.setAttribute("aria-colindex", vendor.order + 2);
    for (const item of rows) for (const { cell, vendor } of item.cells) {
      cell.setAttribute("role", "cell");
      cell.setAttribute("aria-colindex", vendor + 2);
    }
    matrix.classList.add("swift");
    showColumns();
    scroller.addEventListener("scroll", () => requestAnimationFrame(showColumns), { passive: true });
    window.addEventListener("resize", showColumns);
  }

  const showVendors = (want) => {
    let changed = false;
    for (const vendor of vendors) {
      const shown = vendor.text.includes(want.vendor);
      if (shown === vendor.shown) continue;
      vendor.shown = shown;
      if (!swift) for (const element of [vendor.head, ...rows.map((item) => item.cells[vendor.order].cell)]) element.hidden = !shown;
      changed = true;
    }
    if (changed) showColumns();
  };

  const say = (pattern, ...numbers) => numbers.reduce((text, number, i) => text.replace(`{${i + 1}}`, number), pattern);

  const tell = (shown) => {
    const parts = [shown ? say(words.shown, shown, rows.length) : words.nothing];
    const open = vendors.filter((vendor) => vendor.shown).length;
    if (open !== vendors.length) parts.push(say(words.vendors, open, vendors.length));
    one("#count").value = parts.join(" · ");
  };

  /* Headings of categories are shown where the items are in the list's order and one of them is shown. */
  const showGroups = () => {
    const listed = one("#sort").value === "list";
    for (const group of all("tr.group")) {
      let next = group.nextElementSibling;
      while (next && next.classList.contains("item") && next.hidden) next = next.nextElementSibling;
      group.hidden = !listed || !next || !next.classList.contains("item");
    }
    for (const page of all("#items .page")) page.hidden = all("tr.item", page).every((row) => row.hidden);
  };

  const filter = () => {
    const want = wanted();
    if (several) showVendors(want);
    let shown = 0;
    for (const item of rows) {
      const matches = rowMatches(item, want);
      if (item.row.hidden === matches) item.row.hidden = !matches;
      shown += matches;
    }
    if (several) showGroups(); else showPages();
    tell(shown);
  };

  /* The rows of one sheet stay on their pages; sorted otherwise they are all on the first, and the pictures go. */
  const homes = new Map(rows.map((item) => [item, item.row.parentElement]));
  const groups = several ? all("tr.group").map((group) => [group, group.nextElementSibling]) : [];
  const showPages = () => {
    const pages = all("#items .page"), sorted = one("#sort").value !== "sheet";
    pages.forEach((page) => {
      page.hidden = all("tr.item", page).every((row) => row.hidden);
      const picture = one(".picture", page);
      if (picture) picture.hidden = sorted;
      page.classList.toggle("pictured", !!picture && !sorted);
    });
  };
  const ways = {
    list: (a, b) => a.no - b.no || a.order - b.order, sheet: (a, b) => a.order - b.order,
    name: (a, b) => a.name.replace(/^\S+\s+/, "").localeCompare(b.name.replace(/^\S+\s+/, ""), document.documentElement.lang) || a.order - b.order,
    differ: (a, b) => b.minority - a.minority || b.differs - a.differs || a.order - b.order,
    doubtful: (a, b) => b.doubtful - a.doubtful || a.order - b.order,
  };
  const sort = () => {
    const way = one("#sort").value, home = way === "sheet" ? null : homes.get(rows[0]);
    const ordered = rows.slice().sort(ways[way]);
    if (several) home.replaceChildren(...ordered.map((item) => item.row));
    else for (const item of ordered) (home || homes.get(item)).append(item.row);
    for (const [group] of groups) home.append(group);
    if (several && way === "list") for (const [group, first] of groups) first.before(group);
    filter();
  };
  const vendorWays = {
    given: (a, b) => a.order - b.order, name: (a, b) => a.name.localeCompare(b.name, document.documentElement.lang) || a.order - b.order,
    yes: (a, b) => b.yes - a.yes || a.order - b.order, have: (a, b) => b.have - a.have || a.order - b.order,
  };
  const sortVendors = () => {
    const ordered = vendors.slice().sort(vendorWays[one("#vendor-sort").value]);
    listed = ordered;
    if (swift) return showColumns();
    corner.parentElement.append(...ordered.map((vendor) => vendor.head));
    for (const item of rows) item.row.append(...ordered.map((vendor) => item.cells[vendor.order].cell));
  };

  /* An answer beside the table. */
  let from = null;
  const closePanel = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    for (const cell of all(".current")) cell.classList.remove("current");
    if (from) from.focus();
    from = null;
  };
  const openPanel = (link, answer) => {
    const section = answer.closest(".answers"), content = one(".content", panel);
    const head = document.createElement("h2"), vendor = document.createElement("p"), status = answer.cells[1].firstElementChild.cloneNode(true);
    head.textContent = one("h3", section).textContent;
    vendor.className = "vendor";
    vendor.textContent = `${answer.cells[0].textContent} `;
    vendor.append(status);
    content.replaceChildren(head, vendor, ...Array.from(answer.cells[2].cloneNode(true).childNodes));
    const figure = document.getElementById(answer.dataset.picture || "");
    if (figure) {
      const copy = figure.cloneNode(true);
      copy.removeAttribute("id");
      for (const box of all("rect", copy)) { box.removeAttribute("id"); box.classList.toggle("lit", box.dataset.box === answer.dataset.item); }
      content.append(copy);
    }
    for (const cell of all(".current")) cell.classList.remove("current");
    (link.closest("td")).classList.add("current");
    panel.hidden = false;
    panel.scrollTop = 0;
    from = link;
    one(".close", panel).focus();
  };
  one(".close", panel).addEventListener("click", closePanel);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });

  /* From cell to cell by the arrows. */
  const step = (cell, down, across) => {
    const next = (element, key) => { do element = element && element[key]; while (element && (element.hidden || element.classList.contains("group"))); return element; };
    if (across) return next(cell, across > 0 ? "nextElementSibling" : "previousElementSibling");
    const row = next(cell.parentElement, down > 0 ? "nextElementSibling" : "previousElementSibling");
    return row && row.cells[cell.cellIndex];
  };
  /* A cell with words in it has a link; of many vendors the cells themselves take the focus, one of them at a time. */
  const target = (cell) => one("a", cell) || cell;
  let entry = null;
  const enter = (cell) => {
    if (target(cell) !== cell) return;
    if (entry) entry.tabIndex = -1;
    entry = cell;
    cell.tabIndex = 0;
  };
  const show = (cell) => {
    const row = cell.closest("tr.item"), item = row && rows.find((each) => each.row === row);
    const of = item && item.cells.find((each) => each.cell === cell);
    const answer = of && document.getElementById(`a${item.no}-${of.vendor}`);
    if (!answer) return false;
    enter(cell);
    openPanel(target(cell), answer);
    return true;
  };
  if (several) {
    if (rows.length && rows[0].cells.length) enter(rows[0].cells[0].cell);
    matrix.addEventListener("keydown", (event) => {
      const cell = event.target.closest("td, th");
      const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }, move = moves[event.key];
      if (event.key === "Enter" && event.target === cell && show(cell)) event.preventDefault(); /* or it presses Close */
      const to = move && cell && step(cell, ...move);
      if (!to) return;
      event.preventDefault();
      if (to.tagName === "TD") enter(to);
      target(to).focus();
      showColumns(); /* where the focus has scrolled to, the next ones are needed at once */
    });
    matrix.addEventListener("click", (event) => {
      const cell = event.target.closest("td");
      if (cell && show(cell)) event.preventDefault();
    });
  }

  /* An item and its boxes light each other. */
  const light = (number, on) => { for (const element of all(`[data-box="${number}"]`)) element.classList.toggle("lit", on); };
  if (!several) {
    const items = one("#items");
    for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
      items.addEventListener(start, (event) => { const of = event.target.closest("[data-box]"); if (of) light(of.dataset.box, true); });
      items.addEventListener(end, (event) => { const of = event.target.closest("[data-box]"); if (of) light(of.dataset.box, false); });
    }
    items.addEventListener("click", (event) => {
      const box = event.target.closest("rect.box"), row = box && one(`tr[data-box="${box.dataset.box}"]`);
      if (!row) return;
      row.scrollIntoView({ block: "center" });
      const link = one("a.name", row);
      if (link) link.focus({ preventScroll: true });
    });
  }

  /* On paper many vendors go in groups, each a table with the names of the items and the answers in words. */
  const GROUP = 6;
  const wordsOf = (item, vendor) => {
    const cell = document.createElement("td"), status = document.createElement("b"), own = item.cells[vendor.order];
    cell.className = own.cell.className;
    cell.classList.remove("off", "hit", "current");
    status.textContent = own.cell.textContent.split("\n")[0];
    cell.append(status);
    const answer = document.getElementById(`a${item.no}-${vendor.order}`);
    for (const part of answer ? answer.cells[2].children : [])
      if (part.matches(".t, .choices, .by, .struck, .again")) cell.append(part.cloneNode(true));
    return cell;
  };
  const tableOf = (some, items) => {
    const table = document.createElement("table"), head = table.createTHead().insertRow(), body = table.createTBody();
    table.className = "matrix few group-of-vendors";
    head.append(corner.cloneNode(true), ...some.map((vendor) => vendor.head.cloneNode(true)));
    for (const item of items) {
      const row = body.insertRow();
      row.append(item.row.firstElementChild.cloneNode(true), ...some.map((vendor) => wordsOf(item, vendor)));
    }
    return table;
  };
  const toPaper = () => {
    if (!swift || one("#paper")) return;
    const open = listed.filter((vendor) => vendor.shown), paper = document.createElement("section");
    const order = Array.from(rows[0].row.parentElement.rows), shown = rows.filter((item) => !item.row.hidden);
    shown.sort((a, b) => order.indexOf(a.row) - order.indexOf(b.row));
    paper.id = "paper";
    for (let i = 0; i < open.length; i += GROUP) paper.append(tableOf(open.slice(i, i + GROUP), shown));
    one("#items").after(paper);
  };
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", () => { const paper = one("#paper"); if (paper) paper.remove(); });

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.id === "sort") sort();
    else if (event.target.id === "vendor-sort") sortVendors();
    else if (event.target.name === "whole") matrix.classList.toggle("whole", event.target.checked);
    else filter();
  });
  form.addEventListener("reset", () => setTimeout(() => { sort(); if (several) { sortVendors(); matrix.classList.remove("whole"); } }));
  tell(rows.length);
})();
