// time.js FILE - how long a report takes to its first view, to all of it, and for each control; milliseconds.
const { chromium } = require("playwright-core");
(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`file://${process.argv[2]}`);
  const paint = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(
    [performance.getEntriesByType("paint").map((e) => `${e.name} ${Math.round(e.startTime)}`), Math.round(performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart)]), 0))));
  console.log("first view", paint[0].join(", "), "all", paint[1]);
  await page.waitForTimeout(1500);
  for (const [what, selector, value] of [["status", "[name=status][value=no]", true], ["status off", "[name=status][value=no]", false], ["text", "#text", "暗号"], ["text", "#text", ""],
    ["vendor", "#vendor", "第00"], ["vendor", "#vendor", ""], ["category", "#category", "セキュリティ"], ["category", "#category", ""],
    ["differ", "[name=differ]", true], ["differ off", "[name=differ]", false], ["doubtful", "[name=doubtful]", true], ["doubtful off", "[name=doubtful]", false], ["sort", "#sort", "differ"], ["sort", "#sort", "list"], ["vendor-sort", "#vendor-sort", "yes"], ["vendor-sort", "#vendor-sort", "given"]]) {
    const ms = await page.evaluate(([s, v]) => new Promise((resolve) => {
      const field = document.querySelector(s), start = performance.now();
      if (typeof v === "boolean") field.checked = v; else field.value = v;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector("#items").getBoundingClientRect();
      const script = performance.now() - start;
      requestAnimationFrame(() => setTimeout(() => resolve([script, performance.now() - start].map(Math.round)), 0));
    }), [selector, value]);
    console.log(what, JSON.stringify(value), "script and layout", ms[0], "to the next frame", ms[1]);
  }
  await browser.close();
})();
