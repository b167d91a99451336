// time.js FILE - how long a report takes to its first view, to all of it, and for each control, in milliseconds: as the clock has it, and as the
// page's thread worked, which is the same on a busy machine.
const { chromium } = require("playwright-core");
const CONTROLS = [["status", "[name=status][value=no]", true], ["status off", "[name=status][value=no]", false], ["text", "#text", "暗号"], ["text", "#text", ""],
  ["vendor", "#vendor", "第00"], ["vendor", "#vendor", ""], ["category", "#category", "セキュリティ"], ["category", "#category", ""],
  ["differ", "[name=differ]", true], ["differ off", "[name=differ]", false], ["doubtful", "[name=doubtful]", true], ["doubtful off", "[name=doubtful]", false],
  ["sort", "#sort", "differ"], ["sort", "#sort", "list"], ["vendor-sort", "#vendor-sort", "yes"], ["vendor-sort", "#vendor-sort", "given"]];
(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(["TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"].map((name) =>
      [name, 1000 * metrics.find((metric) => metric.name === name).value]));
  };
  await page.goto(`file://${process.argv[2]}`);
  const paint = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(
    [performance.getEntriesByType("paint").map((e) => `${e.name} ${Math.round(e.startTime)}`), Math.round(performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart)]), 0))));
  const first = await worked();
  console.log("first view", paint[0].join(", "), "all", paint[1], "worked", Math.round(first.TaskDuration));
  await page.waitForTimeout(1500);
  for (const [what, selector, value] of CONTROLS) {
    const before = await worked();
    const ms = await page.evaluate(([s, v]) => new Promise((resolve) => {
      const field = document.querySelector(s), start = performance.now();
      if (typeof v === "boolean") field.checked = v; else field.value = v;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector("#items").getBoundingClientRect();
      const script = performance.now() - start;
      requestAnimationFrame(() => setTimeout(() => resolve([script, performance.now() - start].map(Math.round)), 0));
    }), [selector, value]);
    const after = await worked();
    const parts = Object.keys(after).map((name) => `${name.replace("Duration", "").toLowerCase()} ${Math.round(after[name] - before[name])}`);
    console.log(what, JSON.stringify(value), "clock", ms[0], "to the next frame", ms[1], "worked:", parts.join(", "));
  }
  await browser.close();
})();
