// tables.js FILE… - the tables of pages as Chromium lays them out, a line of JSON for each page: for each table the cells that are seen,
// [top, left, text] in pixels, without words that are struck out. Where a cell is, is asked of the layout and not of its attributes.
const { chromium } = require("playwright-core");

const takeOutStruck = () => document.querySelectorAll("*").forEach((element) => {
  if (getComputedStyle(element).textDecorationLine.includes("line-through")) element.textContent = "";
});

const tablesOfPage = () => Array.from(document.querySelectorAll("table")).map((table) => {
  // A column or a row in which no cell ends has no room: a cell more at the end of each row, and a row of cells, give it some.
  for (const row of table.rows) row.insertCell().className = "measure";
  const last = table.createTBody().insertRow();
  for (let i = 0; i < 24; i++) last.insertCell().className = "measure";
  const seen = (cell) => cell.closest("table") === table && cell.className !== "measure" && cell.getClientRects().length > 0 && getComputedStyle(cell).visibility === "visible";
  return Array.from(table.querySelectorAll("td, th")).filter(seen).map((cell) => {
    const box = cell.getBoundingClientRect();
    return [Math.round(box.top + scrollY), Math.round(box.left + scrollX), cell.innerText];
  });
});

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const context = await browser.newContext({ javaScriptEnabled: true, offline: true });
  const page = await context.newPage();
  for (const file of process.argv.slice(2)) {
    await page.goto(`file://${file}`);
    await page.addStyleTag({ content: "table { width: auto !important; border-collapse: separate !important; border-spacing: 0 !important } td, th { padding: 4px 9px !important }" });
    await page.evaluate(takeOutStruck);
    console.log(JSON.stringify(await page.evaluate(tablesOfPage)));
  }
  await browser.close();
})();
