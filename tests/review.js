// Drives the page in Chromium by keys alone: node review.js PAGE FOLDER [VALUE], PLAYWRIGHT being the module's place.
"use strict";
const {chromium} = require(process.env.PLAYWRIGHT || "playwright-core");
(async () => {
  const [page, out, typed] = process.argv.slice(2);
  const open = () => chromium.launchPersistentContext(out + "/profile", {executablePath: "/usr/bin/chromium", args: ["--no-sandbox"], acceptDownloads: true});
  let browser = await open(), p = await browser.newPage();
  p.on("pageerror", e => { console.log("error: " + e.message); process.exitCode = 1; });
  p.on("dialog", () => { console.log("a text was run"); process.exit(1); });
  await p.goto("file://" + page);
  await p.screenshot({path: out + "/page.png", fullPage: true});
  for (let i = 0; !typed && i < 50; i++) {
    await p.keyboard.press("a");
    await p.keyboard.type("python");
    await p.keyboard.press("Enter");
    await p.keyboard.press("n");
  }
  if (typed) {
    await p.keyboard.press("a");
    await p.keyboard.press("Control+A");
    await p.keyboard.type(typed);
    await p.keyboard.press("Enter");
  }
  await browser.close();
  browser = await open();
  p = await browser.newPage();
  await p.goto("file://" + page);
  console.log(await p.textContent("#progress"));
  for (const name of ["decisions.csv"]) {
    const [file] = await Promise.all([p.waitForEvent("download"), p.evaluate(id => document.getElementById(id).click(), name)]);
    await file.saveAs(out + "/" + name);
  }
  await p.screenshot({path: out + "/again.png", fullPage: true});
  await browser.close();
})();
