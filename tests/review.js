// Drives a page of review in Chromium by keys alone: node review.js PAGE FOLDER STEP... A step is the name of a key, or
// =TEXT (typed), +FILE (a state or decisions are opened), >FILE (decisions are saved), ^FILE (so is the state), ?SELECTOR (its text is printed),
// !EXPRESSION (its value is printed), %FILE (a picture), "again" (the browser is closed, and the page opened anew).
"use strict";
const browser = require("./browser.js");
(async () => {
  const [page, folder, ...steps] = process.argv.slice(2);
  const start = async () => { const p = await browser.open(folder, {}); await p.goto(page); return p; };
  let p = await start();
  for (const step of steps) {
    const rest = step.slice(1);
    if (step === "again") { await p.close(); p = await start(); }
    else if (step.length < 2 || /^[A-Z]/.test(step)) await p.press(step);
    else if (step[0] === "=") await p.type(rest);
    else if (step[0] === "+") { await p.choose("#open", rest); await p.evaluate(() => new Promise(yes => setTimeout(yes, 300))); }
    else if (step[0] === ">") await p.saved(() => p.press("s"), rest);
    else if (step[0] === "^") await p.saved(() => p.evaluate(() => document.getElementById("save").click()), rest);
    else if (step[0] === "?") console.log(await p.text(rest));
    else if (step[0] === "!") console.log(JSON.stringify(await p.evaluate("() => (" + rest + ")")));
    else if (step[0] === "%") await p.shot(rest);
    else throw new Error("no such step: " + step);
  }
  await p.close();
})();
