// report.js KIND FILE - uses every control of a report in Chromium and has axe-core look at it; KIND is "one", "several" or
// "many": as many vendors that not all have room beside each other; the last one's answers have the word 最終回答 in them.
// Prints what is wrong, a line each; exit status 1 where something is.
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");
const [kind, file] = process.argv.slice(2), several = kind !== "one", wrong = [];
const expect = (true_, what) => { if (!true_) wrong.push(what); };

// Of what comes again and again the first few: all of it would take axe minutes.
const look = async (browser, name, options) => {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => window.axe.run({ include: [["html"]],
    exclude: [["#answers .answers:nth-child(n+4)"], ["#sheets .sheet:nth-child(n+3)"], ["#items tr.item:nth-child(n+6)"]] }, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: true } } }));
  for (const violation of found.violations) wrong.push(`axe, ${name}: ${violation.id}: ${violation.help}: ${violation.nodes.length}: ${violation.nodes[0].html.slice(0, 160)}`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(width <= 0, `${name}: the page is ${width} pixels too wide`);
  await context.close();
};

const controls = async (page) => {
  const shown = () => page.evaluate(() => Array.from(document.querySelectorAll("#items tr.item")).filter((row) => !row.hidden).length);
  const count = await shown();
  const use = async (what, change, check) => {
    await change();
    const now = await shown();
    expect(check(now), `${what}: ${now} of ${count} items shown`);
    expect((await page.textContent("#count")).length > 0, `${what}: nothing is said`);
    await page.click("button[type=reset]");
    await page.waitForTimeout(50);
    expect((await shown()) === count, `${what}: not all items are back`);
  };
  await use("text", () => page.fill("#text", "暗号"), (n) => n > 0 && n < count);
  await use("text, other kana and width", () => page.fill("#text", "ｻービス稼働"), (n) => n > 0 && n < count);
  await use("text, nothing", () => page.fill("#text", "zzzzzz"), (n) => n === 0);
  await use("category", () => page.selectOption("#category", { index: 2 }), (n) => n > 0 && n < count);
  for (const status of await page.$$eval("[name=status]", (boxes) => boxes.map((box) => box.value)))
    await use(`status ${status}`, () => page.check(`[name=status][value=${status}]`), (n) => n < count || several);
  await use("doubtful", () => page.check("[name=doubtful]"), (n) => n < count);
  for (const way of await page.$$eval("#sort option", (all) => all.map((option) => option.value)))
    await use(`sort ${way}`, () => page.selectOption("#sort", way), (n) => n === count);
  if (!several) return;
  await use("differ", () => page.check("[name=differ]"), (n) => n > 0 && n < count);
  for (const way of await page.$$eval("#vendor-sort option", (all) => all.map((option) => option.value)))
    await use(`vendors ${way}`, () => page.selectOption("#vendor-sort", way), (n) => n === count);
  if (await page.$("[name=whole]")) await use("whole", () => page.check("[name=whole]"), (n) => n === count);
  await page.fill("#vendor", "ヨイノマ");
  expect((await page.$$eval(".matrix thead th:not([hidden])", (all) => all.length)) < 7, "vendor: no column is hidden");
  await page.fill("#vendor", "");
};

const answers = async (page) => {
  await page.click(".matrix tbody tr.item td");
  expect(await page.isVisible("#panel"), "a click shows no answer");
  expect((await page.textContent("#panel h2")).length > 3, "the answer has no head");
  if (await page.$(".matrix.few"))
    expect(await page.evaluate(() => [...document.querySelectorAll(".matrix thead th")].pop().getBoundingClientRect().right <=
      document.querySelector("#panel").getBoundingClientRect().left), "the answer covers a vendor");
  await page.keyboard.press("Escape");
  expect(!(await page.isVisible("#panel")), "Escape does not close the answer");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await page.isVisible("#panel"), "the keyboard shows no answer");
  await page.click("#panel .close");
  expect(await page.evaluate(() => !!document.activeElement.closest(".matrix")), "the focus is lost");
};

/* Of many vendors only the columns in view are in the page; the keyboard reaches the others, the browser's own search finds
   their answers, and on paper they go in groups. */
const columns = async (page) => {
  const cells = (row) => page.$eval(row, (found) => found.cells.length);
  const heads = Number(await page.getAttribute(".matrix", "aria-colcount"));
  expect((await cells("#items tr.item")) < heads && (await cells(".matrix thead tr")) === (await cells("#items tr.item")), "all columns are in the page");
  await page.check("[name=status][value=no]");
  const marks = () => page.$$eval("#items tr.item:not([hidden]) td", (all) => all.every((cell) => cell.classList.contains("off") !== cell.classList.contains("no")));
  expect(await marks(), "not just the other cells are grey");
  await page.$eval("#items .scroll", (scroller) => { scroller.scrollLeft = scroller.scrollWidth; });
  await page.waitForTimeout(100);
  expect(await marks(), "cells that come into view are not marked");
  await page.click("button[type=reset]");
  await page.$eval("#items .scroll", (scroller) => { scroller.scrollLeft = 0; });
  await page.waitForTimeout(100);
  expect((await page.$$("#items td.off")).length === 0, "cells stay grey");
  await page.focus("#items tr.item td");
  for (let i = 2; i < heads; i++) await page.keyboard.press("ArrowRight");
  expect((await page.evaluate(() => document.activeElement.getAttribute("aria-colindex"))) === String(heads), "the keyboard does not reach the last vendor");
  await page.keyboard.press("Enter");
  expect((await page.textContent("#panel")).includes("最終回答"), "the last vendor's answer is not shown");
  await page.keyboard.press("Escape");
  for (let i = 2; i < heads; i++) await page.keyboard.press("ArrowLeft");
  expect((await page.evaluate(() => document.activeElement.getAttribute("aria-colindex"))) === "2", "the keyboard does not reach the first vendor");
  expect(await page.evaluate(() => window.find("最終回答")), "the browser's search does not find the last vendor's answer");
  await page.evaluate(() => getSelection().removeAllRanges());
  await page.selectOption("#vendor-sort", "name");
  const names = await page.$$eval(".matrix thead th", (all) => all.slice(1, 4).map((th) => th.textContent));
  expect(names.join() === names.slice().sort().join(), `vendors by name: ${names}`);
  await page.selectOption("#vendor-sort", "given");
};

const paper = async (page, file) => {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const groups = await page.$$eval("#paper table", (all) => all.map((table) => [table.tHead.rows[0].cells.length - 1, table.tBodies[0].rows.length,
    table.tBodies[0].rows[0].cells[0].textContent, table.textContent.includes("最終回答")]));
  const heads = Number(await page.getAttribute(".matrix", "aria-colcount")), items = (await page.$$("#items tr.item")).length;
  expect(groups.reduce((sum, group) => sum + group[0], 0) === heads - 1, "a vendor is not printed");
  expect(groups.every((group) => group[0] <= 6 && group[1] === items && group[2] === groups[0][2]), `groups on paper: ${JSON.stringify(groups)}`);
  expect(groups[groups.length - 1][3], "an answer is not printed");
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  expect(!(await page.$("#paper")), "what was made for paper stays");
  await page.pdf({ path: `${file}.pdf`, preferCSSPageSize: true });
};

const boxes = async (page) => {
  await page.hover("tr.item");
  expect((await page.$$(".box.lit")).length > 0, "pointing at an item lights no box");
  await page.mouse.move(0, 0);
  await page.focus("tr.item a.name");
  expect((await page.$$(".box.lit")).length > 0, "tabbing to an item lights no box");
  await page.click("rect.box >> nth=3");
  expect(await page.evaluate(() => document.activeElement.closest("tr.item")?.id === "n3"), "a click on a box leads to no item");
};

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  await look(browser, "light", { viewport: { width: 1280, height: 900 } });
  await look(browser, "dark, 320 pixels", { viewport: { width: 320, height: 640 }, colorScheme: "dark" });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("console", (message) => { if (message.type() === "error") wrong.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) wrong.push(`it asks for ${request.url()}`); });
  await page.goto(`file://${file}`);
  expect(await page.isVisible("#filters"), "the filters are not shown");
  await controls(page);
  await (several ? answers : boxes)(page);
  if (kind === "many") await columns(page);
  if (kind === "many") await paper(page, file);
  await page.close();
  const bare = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await bare.goto(`file://${file}`);
  expect(!(await bare.isVisible("#filters")) && (await bare.isVisible("#items")), "without script: filters, or no items");
  await browser.close();
  for (const what of wrong) console.log(what);
  process.exit(wrong.length > 0 ? 1 : 0);
})();
