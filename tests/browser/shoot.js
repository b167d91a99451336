// shoot.js FILE NAME - screenshots of a report at three widths, and in print. For eyes.
const { chromium } = require("playwright-core");
(async () => {
  const [file, name] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const [width, height, scheme] of [[360, 740, "light"], [1280, 900, "light"], [2560, 1300, "light"], [1280, 900, "dark"]]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    page.on("console", (m) => console.log(width, m.type(), m.text()));
    page.on("pageerror", (e) => console.log("pageerror", e.message));
    await page.goto(`file://${file}`);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${name}-${width}-${scheme}.png` });
    console.log(width, await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]));
    if (width === 1280 && scheme === "light" && process.argv[4]) { await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true }); }
    await page.close();
  }
  await browser.close();
})();
