// What a page costs and whether all can use it: node review_page.js PAGE FOLDER. Prints one JSON object: ms until the
// first item, the median of 20 moves, the worst of four windows, items, and what axe-core (AXE, if it is there) finds serious in light and dark.
"use strict";
const {chromium} = require(process.env.PLAYWRIGHT || "playwright-core");
(async () => {
  const [page, out] = process.argv.slice(2);
  const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox"]});
  const found = {serious: []};
  for (const colorScheme of ["light", "dark"])
    for (const width of [1400, 360]) {
      const context = await browser.newContext({colorScheme, viewport: {width, height: 900}, bypassCSP: true});
      const p = await context.newPage();
      p.on("pageerror", e => { console.log("error: " + e.message); process.exitCode = 1; });
      p.on("dialog", () => { console.log("a text was run"); process.exit(1); });
      const start = Date.now();
      await p.goto("file://" + page);
      await p.waitForSelector("#item h2, #item p");
      found.open = Math.max(found.open || 0, Date.now() - start);
      found.move = Math.max(found.move || 0, await p.evaluate(async () => {
        const took = [];
        for (let i = 0; i < 20; i++) {
          const from = performance.now();
          document.dispatchEvent(new KeyboardEvent("keydown", {key: i % 2 ? "y" : "n", bubbles: true}));
          document.body.getBoundingClientRect();
          took.push(performance.now() - from);
        }
        return took.sort((a, b) => a - b)[10];
      }));
      found.wide = Math.max(found.wide || 0, await p.evaluate(() => document.documentElement.scrollWidth - innerWidth));
      found.progress = await p.textContent("#progress");
      await p.screenshot({path: `${out}/${colorScheme}-${width}.png`});
      await p.keyboard.press("a");
      await p.screenshot({path: `${out}/${colorScheme}-${width}-ask.png`});
      if (process.env.AXE) {
        await p.addScriptTag({path: process.env.AXE});
        const result = await p.evaluate(() => window.axe.run());
        for (const v of result.violations)
          if (["serious", "critical"].includes(v.impact)) found.serious.push(colorScheme + ": " + v.id + " " + v.nodes[0].target);
      }
      await context.close();
    }
  console.log(JSON.stringify(found));
  await browser.close();
})();
