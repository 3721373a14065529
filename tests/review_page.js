// What a page costs and whether all can use it: node review_page.js PAGE FOLDER. Prints one JSON object: ms until the first item, the
// median of 20 moves, both in the best of four windows (a busy machine has worse ones), how much the worst is too narrow, and what axe-core (AXE, if it names its file) finds serious in light and dark.
"use strict";
const browser = require("./browser.js");
(async () => {
  const [page, folder] = process.argv.slice(2), found = {serious: []};
  for (const dark of [false, true])
    for (const width of [1400, 360]) {
      const p = await browser.open(folder, {width, dark}), name = (dark ? "dark-" : "light-") + width;
      const start = Date.now();
      await p.goto(page);
      await p.evaluate(() => document.querySelector("#item h2, #item p").textContent);
      found.open = Math.min(found.open || Infinity, Date.now() - start);
      found.move = Math.min(found.move || Infinity, await p.evaluate(() => {
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
      found.progress = await p.text("#progress");
      await p.shot(name + ".png");
      await p.press("a");
      await p.shot(name + "-ask.png");
      if (process.env.AXE) {
        await p.run(process.env.AXE);
        const list = await p.evaluate(async () => (await window.axe.run()).violations.map(v => [v.impact, v.id, String(v.nodes[0].target)]));
        found.serious.push(...list.filter(v => ["serious", "critical"].includes(v[0])).map(v => name + ": " + v.join(" ")));
      }
      await p.close();
    }
  console.log(JSON.stringify(found));
})();
