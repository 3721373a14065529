"use strict";
const $ = id => document.getElementById(id), json = id => JSON.parse($(id).textContent);
const settings = json("settings"), records = json("records").slice(1);
/* A number keeps its spelling (1.0) in lists of doubts, where the browser tells it; everywhere it took 1 s for 10,000 records. */
const spelling = (k, v, c) => typeof v === "number" && c && c.source !== undefined && c.source !== String(v) ? c.source : v;
$("records").textContent.split("\n").filter(line => /^\s*\{/.test(line)).forEach((line, i) => {
  if (/"(winner|kind|other_key)" *:/.test(line)) records[i] = JSON.parse(line.replace(/[,\]\s]+$/, ""), spelling);
});
const text = v => v === null || v === undefined ? "" : Array.isArray(v) ? v.map(text).join("\n") : typeof v === "object" ? JSON.stringify(v) : String(v);
const keyOf = v => list(v).join("|");
const own = (o, k) => o && Object.hasOwn(o, k) ? o[k] : undefined;
const list = v => v === null || v === undefined ? [] : Array.isArray(v) ? v.map(text) : [text(v)];
/* Texts of one cell, as text/bars.h has them. */
function splitBars(cell) {
  const parts = cell ? [""] : [];
  for (const piece of cell.match(/\\*\||[^\\|]+|\\+/g) || []) {
    const slashes = piece.length - 1, last = parts.length - 1;
    if (!piece.endsWith("|")) parts[last] += piece;
    else if (slashes % 2) parts[last] += "\\".repeat(slashes >> 1) + "|";
    else { parts[last] += "\\".repeat(slashes >> 1); parts.push(""); }
  }
  if (cell && parts[parts.length - 1] === "") parts.pop();
  return parts.map(part => part.trim());
}
const joinBars = parts => parts.map((part, i) => {
  const own = part.replace(/\\*\|/g, run => "\\".repeat(2 * run.length - 1) + "|");
  return i + 1 < parts.length ? own.replace(/\\+$/, run => run + run) : own;
}).join("|");
const el = (name, what, kind) => { const e = document.createElement(name); if (kind) e.className = kind; e.textContent = what; return e; };
const MOST_MARKS = 500; /* in a text: 150,000 took a browser 6 s */
const MOST_SHOWN = 4000; /* letters of a text: a million took 3 s to set */

/* --- items: what there is to decide in the records --- */

function keyField() {
  if (settings.key) return settings.key;
  const coded = records.filter(r => !("kind" in r) && !("accept" in r) && !("winner" in r) && !("other_key" in r));
  for (const name of Object.keys(coded[0] || {})) {
    const seen = new Set(coded.map(r => name[0] === "_" ? "" : text(own(r, name))));
    if (seen.size === coded.length && !seen.has("")) return name;
  }
  return "";
}
const key = keyField();

/* Where the answer of a coded field stands: as the codebook says, else where its words are. */
function source(into, mentions, r) {
  const t = settings.targets.find(t => t.into === into);
  if (t) return t.from;
  const m = mentions.find(m => "text" in m);
  return m && Object.keys(r).find(k => k[0] !== "_" && k !== into && text(r[k]).includes(m.text));
}
function hash(s) { let h = 5381; for (let i = 0; i < s.length; i++) h = (h * 33 ^ s.charCodeAt(i)) >>> 0; return h; }
const short = s => s.length < 200 ? s : s.length + ":" + hash(s) + ":" + s.slice(0, 40);

function coded(r, put) {
  const evidence = r._evidence || {}, fields = new Set(settings.targets.map(t => t.into));
  Object.keys(evidence).forEach(f => fields.add(f));
  for (const f of fields) {
    const e = own(evidence, f), t = settings.targets.find(t => t.into === f);
    if (e && !Array.isArray(e)) {
      if (e.how !== "decided") put(r, {kind: "answer", reply: text(r.reply), field: f, text: text(r[f] === null ? e.text : r[f]), was: r[f] === null ? "" : text(r[f]), where: e});
      continue;
    }
    const from = source(f, e || [], r);
    if (!from || !text(own(r, from)) || !(f in r)) continue;
    const multiple = t ? t.multiple : Array.isArray(r[f]);
    put(r, {kind: multiple ? "codes" : "code", by: key, reply: text(own(r, key)), field: f, from, text: text(r[from]), mentions: e || [], codes: list(r[f]), was: joinBars(list(r[f])) || "[]"});
  }
}
function items() {
  const all = [], blind = settings.blind;
  const put = (r, it) => all.push(Object.assign({record: r, mentions: [], by: "", reply: "", was: ""}, it));
  for (const r of records) {
    const kind = typeof r.kind === "string" ? r.kind : "";
    if ("opinions" in r) put(r, {kind, by: text(r.by), reply: text(r.reply), field: text(r.field), text: text(r.text), was: text(r.was), opinions: r.opinions, settles: [...new Set(r.opinions.map(o => text(o.coder)))].join("|"), codes: /^codes?$/.test(kind) ? [] : undefined});
    else if ("accept" in r && "left" in r) { if (r.right !== null) put(r, {kind: "match", field: text(r.field), text: text(r.left), was: text(r.right), shown: blind ? "" : text(r.right)}); }
    else if ("accept" in r && "from" in r) { if (r.from !== r.to) put(r, {kind: "cluster", field: text(r.field), text: text(r.from), was: text(r.to), shown: blind ? "" : text(r.to)}); }
    else if ("winner" in r && "left" in r) put(r, {kind: "merge", reply: keyOf(r.key), field: text(r.field), text: text(r.left) + "\n" + text(r.right), was: r.winner === "left" ? text(r.left) : r.winner === "right" ? text(r.right) : "", sides: [text(r.left), text(r.right)]});
    else if ("other_key" in r && "body" in r) put(r, {kind: "merged", reply: keyOf(r.key), field: text(r.body), text: keyOf(r.key) + "\n" + keyOf(r.other_key), was: {first: keyOf(r.other_key), last: keyOf(r.key), both: "both"}[r.rule] || "", sides: [keyOf(r.key), keyOf(r.other_key), "both"]});
    else if (kind && "reply" in r && "field" in r) put(r, {kind, reply: text(r.reply), field: text(r.field), text: text(r.text), was: text(r.text), sides: r.was && [text(r.text), text(r.was.text)]});
    else if (kind && "line" in r && "field" in r) put(r, {kind: "flag", by: "by" in r ? text(r.by) : "_origin", reply: "by" in r ? text(r.key) : text(r.file) + ":" + text(r.line), field: text(r.field), text: text(r.value), was: text(r.value)});
    else coded(r, put);
  }
  for (const it of all) {
    it.id = JSON.stringify([it.kind, it.reply, it.field, short(it.text), /match|cluster/.test(it.kind) ? it.was : ""]);
    it.isCode = Array.isArray(it.codes);
  }
  return all;
}
const CONFLICTS = ["conflict", "correction", "merge", "merged"];
const sorts = {
  all: () => true, undecided: it => !state[it.id],
  uncoded: it => it.isCode && !it.opinions && !it.codes.length, negated: it => it.mentions.some(m => m.status),
  flagged: it => it.kind === "flag", unplaced: it => it.kind === "unplaced", conflicts: it => CONFLICTS.includes(it.kind),
};
const urgent = it => it.kind === "answer" ? (it.where.score < .8 ? 1 : 2) : it.isCode && it.codes.length && !sorts.negated(it) ? 2 : 0;
const every = items().map((it, i) => [urgent(it), i, it]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(x => x[2]);
