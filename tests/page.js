// Uses a page of report as people do, in Chromium: node page.js PAGE FOLDER, PLAYWRIGHT and AXE being
// the places of playwright-core and of axe.min.js. Prints what is wrong and ends with status 1.
"use strict";
const {chromium} = require(process.env.PLAYWRIGHT || "playwright-core");
const fs = require("fs");
const [page, out] = process.argv.slice(2);
const wrong = what => { console.log(what); process.exitCode = 1; };
const same = (what, got, expected) => {
  if (JSON.stringify(got) !== JSON.stringify(expected)) wrong(`${what}: ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`);
};

async function look(browser, options) {
  const p = await (await browser.newContext({acceptDownloads: true, ...options})).newPage();
  p.on("pageerror", e => wrong("error: " + e.message));
  p.on("console", m => { if (m.type() === "error" || m.type() === "warning") wrong("console: " + m.text()); });
  p.on("request", r => { if (!/^(file|data|blob):/.test(r.url())) wrong("asks for " + r.url()); });
  p.on("dialog", () => wrong("a text was run"));
  await p.goto("file://" + page);
  return p;
}

// CSV as RFC 4180 has it.
function rows(text) {
  const cells = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i], row = cells[cells.length - 1];
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\r" && text[i + 1] === "\n") { i++; if (i + 1 < text.length) cells.push([""]); }
    else row[row.length - 1] += c;
  }
  return cells;
}

async function save(p, name) {
  const [file] = await Promise.all([p.waitForEvent("download"), p.click(`button[data-save="${name}"]`)]);
  same("name of a download", file.suggestedFilename(), name);
  await file.saveAs(out + "/" + name);
  return fs.readFileSync(out + "/" + name, "utf8");
}

const shown = value => value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

async function downloads(p, lines) {
  const wanted = {cells: lines.filter(l => "n" in l && !("test" in l)), tests: lines.filter(l => "test" in l)};
  for (const what of Object.keys(wanted)) {
    if (!wanted[what].length) continue;
    same(what + ".json", JSON.parse(await save(p, what + ".json")), wanted[what]);
    const csv = rows((await save(p, what + ".csv")).replace(/^\uFEFF/, "")), head = csv.shift();
    same("rows of " + what + ".csv", csv.length, wanted[what].length);
    wanted[what].forEach((line, i) => head.forEach((name, c) => {
      const text = typeof line[name] === "string" && /^\s*[=+\-@]/.test(line[name]) ? "'" + line[name] : shown(line[name]);
      same(`${what}.csv, row ${i + 1}, ${name}`, csv[i][c], text);
    }));
    same("columns of " + what + ".csv", [...new Set(wanted[what].flatMap(Object.keys))], head);
  }
}

async function sorting(p) {
  const table = p.locator("table.one.sort").first();
  if (!await table.count()) return 0;
  const values = () => table.evaluate(t => [...t.tBodies[0].rows].map(r => parseFloat(r.cells[1].dataset.v)));
  const heads = () => table.evaluate(t => [...t.tBodies[0].rows].map(r => r.cells[0].textContent));
  await table.evaluate(t => { for (let d = t.closest("details"); d; d = d.parentNode.closest("details")) d.open = true; });
  const before = (await values()).slice().sort((a, b) => a - b);
  const button = table.locator("th[data-c='1'] button");
  await button.focus();
  await p.keyboard.press("Enter");
  const state = () => table.evaluate(t => t.querySelector("th[data-c='1']").getAttribute("aria-sort"));
  const first = await state();
  same("sorted once", await values(), first === "ascending" ? before : before.slice().reverse());
  await p.keyboard.press("Enter");
  same("sorted twice", await values(), first === "ascending" ? before.slice().reverse() : before);
  same("order told", await state(), first === "ascending" ? "descending" : "ascending");
  await table.locator("th[data-c='0'] button").click();
  const named = await heads();
  const low = named.map(n => n.trim().toLowerCase());
  const up = low.slice().sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
  same("sorted by name", [up.join("|"), up.slice().reverse().join("|")].includes(low.join("|")), true);
  return 1;
}

// By keys alone: a triangle opens, and a link into what is closed opens it.
async function disclosure(p) {
  const summary = p.locator("main details:not([open]) > summary").first();
  await summary.focus();
  await p.keyboard.press("Enter");
  same("opened by a key", await p.evaluate(() => document.activeElement.parentNode.open), true);
  const link = p.locator("a.who").first();
  if (!await link.count()) return;
  const id = await link.evaluate(a => decodeURIComponent(a.hash.slice(1)));
  await link.evaluate(a => { for (let d = a.closest("details"); d; d = d.parentNode.closest("details")) d.open = true; });
  await link.focus();
  await p.keyboard.press("Enter");
  await p.waitForFunction(i => document.getElementById(i).closest("details").open, id);
  await p.waitForFunction(i => {
    const r = document.getElementById(i).getBoundingClientRect();
    return r.top >= 0 && r.top < innerHeight;
  }, id, {timeout: 5000}).catch(() => wrong("not in sight after its link: " + id));
}

async function links(p) {
  same("links that lead nowhere", await p.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.hash)), []);
  same("ids twice", await p.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  }), []);
}

async function search(p) {
  const word = await p.evaluate(() => document.querySelector("section.t:last-of-type h3").textContent.split(" ").pop());
  await p.fill("#find", word);
  const found = await p.evaluate(w => [...document.querySelectorAll("section.t")]
    .map(s => [s.hidden, s.textContent.toLowerCase().includes(w.toLowerCase())]), word);
  same("found", found.every(([hidden, has]) => hidden !== has), true);
  same("told", parseInt(await p.textContent("#found"), 10), found.filter(f => !f[0]).length);
  await p.fill("#find", "");
  same("all again", await p.locator("section.t[hidden]").count(), 0);
}

async function narrow(browser) {
  for (const width of [360, 800, 1400]) {
    const p = await look(browser, {viewport: {width, height: 800}});
    same(`width at ${width}`, await p.evaluate(() => document.documentElement.scrollWidth), width);
    await p.screenshot({path: `${out}/${width}.png`, fullPage: true});
    await p.close();
  }
}

async function axe(browser) {
  if (!process.env.AXE) return 0;
  let passes = 0;
  for (const colorScheme of ["light", "dark"]) {
    const p = await look(browser, {colorScheme, bypassCSP: true});
    await p.evaluate(() => document.querySelectorAll("details").forEach(d => { d.open = true; }));
    await p.addScriptTag({path: process.env.AXE});
    const r = await p.evaluate(() => axe.run());
    for (const v of r.violations) wrong(`axe, ${colorScheme}: ${v.id} (${v.impact}): ${v.nodes[0].html.slice(0, 200)}`);
    passes = r.passes.length;
    await p.close();
  }
  return passes;
}

(async () => {
  const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox"]});
  const p = await look(browser, {});
  const lines = JSON.parse(await p.textContent("#lines"));
  await downloads(p, lines);
  const sorted = await sorting(p);
  await search(p);
  await disclosure(p);
  await links(p);
  await p.pdf({path: out + "/paper.pdf"});
  await narrow(browser);
  const bare = await look(browser, {javaScriptEnabled: false});
  same("without JavaScript", await bare.locator("section.t:visible").count(), await p.locator("section.t").count());
  same("buttons without JavaScript", await bare.locator("button:visible, input:visible").count(), 0);
  const passes = await axe(browser);
  await browser.close();
  console.log(`${lines.length} lines saved, ${sorted} table sorted, ${passes} rules of axe pass`);
})();
