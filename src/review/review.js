"use strict";
const $ = id => document.getElementById(id), json = id => JSON.parse($(id).textContent);
const settings = json("settings"), records = json("records").slice(1);
const text = v => v === null || v === undefined ? "" : Array.isArray(v) ? v.map(text).join("\n") : typeof v === "object" ? JSON.stringify(v) : String(v);
const own = (o, k) => o && Object.hasOwn(o, k) ? o[k] : undefined;
const list = v => v === null || v === undefined ? [] : Array.isArray(v) ? v.map(text) : [text(v)];

function keyField() {
  if (settings.key) return settings.key;
  const coded = records.filter(r => !("kind" in r) && !("accept" in r));
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
function items() {
  const all = [];
  const put = (r, it) => all.push(Object.assign({record: r, mentions: [], id: JSON.stringify([it.kind, it.key, it.field, it.text])}, it));
  for (const r of records) {
    if ("accept" in r && "left" in r) { if (r.right !== null) put(r, {kind: "match", key: r.left, field: r.right, text: text(r.left) + "\n→ " + text(r.right)}); continue; }
    if ("accept" in r && "from" in r) { if (r.from !== r.to) put(r, {kind: "cluster", key: r.from, field: text(r.field), text: text(r.from) + "\n→ " + text(r.to)}); continue; }
    if (typeof r.kind === "string" && "reply" in r && "field" in r) { put(r, {kind: r.kind, key: text(r.reply), field: text(r.field), text: text(r.text), value: text(r.text)}); continue; }
    if (typeof r.kind === "string" && "line" in r && "field" in r) { put(r, {kind: "flag", key: text(r.file) + ":" + text(r.line), field: text(r.field), text: text(r.value), value: text(r.value)}); continue; }
    const evidence = r._evidence || {}, fields = new Set(settings.targets.map(t => t.into));
    Object.keys(evidence).forEach(f => fields.add(f));
    for (const f of fields) {
      const e = own(evidence, f);
      if (e && !Array.isArray(e)) { if (e.how !== "decided") put(r, {kind: "answer", key: text(r.reply), field: f, text: text(r[f] === null ? e.text : r[f]), value: text(r[f]), where: e}); continue; }
      const from = source(f, e || [], r);
      if (!from || !text(own(r, from)) || !(f in r)) continue;
      put(r, {kind: "code", key: text(own(r, key)), field: f, from, text: text(r[from]), mentions: e || [], codes: list(r[f])});
    }
  }
  return all;
}
const sorts = {
  all: () => true, undecided: it => !state[it.id],
  uncoded: it => it.kind === "code" && !it.codes.length, negated: it => it.mentions.some(m => m.status),
  flagged: it => it.kind === "flag", unplaced: it => it.kind === "unplaced",
  conflicts: it => it.kind === "conflict" || it.kind === "correction",
};
const urgent = it => it.kind === "answer" ? (it.where.score < .8 ? 1 : 2) : it.kind === "code" && it.codes.length && !sorts.negated(it) ? 2 : 0;
const every = items().map((it, i) => [urgent(it), i, it]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(x => x[2]);

let hash = 5381;
for (const it of every) for (let i = 0; i < it.id.length; i++) hash = (hash * 33 ^ it.id.charCodeAt(i)) >>> 0;
const store = "foi-review-" + hash + "-" + settings.coder;
let state = Object.create(null), shown = [], at = 0, past = [], mode = "";
function kept() {
  try { localStorage.setItem(store, JSON.stringify(state)); } catch (e) { $("progress").append(" (the browser keeps nothing: save the state)"); }
}
try { Object.assign(state, JSON.parse(localStorage.getItem(store) || "{}")); } catch (e) { /* kept by nobody */ }

const el = (name, what, kind) => { const e = document.createElement(name); if (kind) e.className = kind; e.textContent = what; return e; };
const MOST_MARKS = 500; /* in a text: 150,000 took a browser 6 s */
function marked(it) {
  const pre = el("pre", ""), parts = Array.isArray(it.record[it.from]) ? it.record[it.from] : [it.record[it.from]];
  if (settings.blind || it.kind !== "code") { pre.textContent = it.text; return pre; }
  parts.forEach((part, n) => {
    const bytes = new TextEncoder().encode(text(part)), cut = (a, b) => new TextDecoder("utf-8", {ignoreBOM: true}).decode(bytes.subarray(a, b));
    let end = 0;
    for (const m of it.mentions.filter(m => "start" in m && (m.item || 0) === n).sort((a, b) => a.start - b.start).slice(0, MOST_MARKS)) {
      if (m.start < end) continue;
      pre.append(cut(end, m.start));
      const mark = el("mark", cut(m.start, m.end), m.status || m.void ? "no" : "");
      mark.title = m.code + (m.status ? ": " + m.status + " (" + (m.cue || "") + ")" : "");
      pre.append(mark);
      end = m.end;
    }
    pre.append(cut(end) + (n + 1 < parts.length ? "\n" : ""));
  });
  return pre;
}
const codesOf = it => (state[it.id] && state[it.id].codes) || (settings.blind ? [] : it.codes);
function target(it) { return settings.targets.find(t => t.into === it.field); }
function label(it, code) { const t = target(it), c = t && t.codes.find(c => c.code === code); return c && c.label ? code + " – " + c.label : code; }

function show() {
  const box = $("item"), it = shown[at], done = shown.filter(i => state[i.id]).length;
  $("progress").textContent = (shown.length ? at + 1 : 0) + " of " + shown.length + ", " + done + " decided, " + (shown.length - done) + " left";
  box.replaceChildren();
  if (!it) { box.append(el("p", "Nothing to decide here.")); return; }
  box.append(el("h2", it.kind + ": " + it.key + " · " + it.field), marked(it));
  if (it.kind === "code") {
    const ul = el("ul", "", "chosen");
    codesOf(it).forEach(c => ul.append(el("li", label(it, c))));
    box.append(ul);
    if (!settings.blind) it.mentions.filter(m => m.status).slice(0, 20).forEach(m => box.append(el("p", m.code + " is not coded: " + m.status + ", by “" + (m.cue || "") + "”", "note")));
  }
  const d = state[it.id];
  box.append(el("p", d ? "Decided: " + d.action + (d.value ? " " + d.value : "") + (d.comment ? " · " + d.comment : "") : "Not decided yet", "note"));
  const dl = el("dl", "", "context");
  for (const [k, v] of Object.entries(Object.assign({}, it.record, it.where || {})))
    if (k !== "_evidence" && k !== it.from && v !== null && !(settings.blind && (k === it.field || k.startsWith(it.field + "_"))))
      dl.append(el("dt", k), el("dd", text(v).slice(0, 300)));
  box.append(dl);
}
function filter() { shown = every.filter(sorts[$("only").value] || sorts.all); at = Math.max(0, shown.findIndex(it => !state[it.id])); show(); }
function decide(it, what, stay) {
  past.push([it.id, state[it.id]]);
  state[it.id] = Object.assign({}, state[it.id], what, {coder: $("coder").value, date: new Date().toISOString().slice(0, 10)});
  kept();
  if (!stay && at + 1 < shown.length) at++;
  show();
}
function ask(what, question) {
  const it = shown[at], t = target(it), options = what === "d" ? codesOf(it).map(code => ({code})) : t && what === "a" ? t.codes : [];
  mode = what;
  $("ask").textContent = question;
  $("codes").replaceChildren(...options.map(c => { const o = el("option", [c.label, c.group].filter(Boolean).join(" · ")); o.value = c.code; return o; }));
  $("entry").value = what === "a" && it.kind !== "code" ? it.value || "" : "";
  $("entry").focus();
}
function entered(value) {
  const it = shown[at];
  if (!value) return;
  if (mode === "c") return decide(it, {action: (state[it.id] || {}).action || "comment", comment: value}, true);
  if (mode === "m") return decide(it, {action: "missing", value});
  if (it.kind !== "code") return decide(it, {action: "set", value});
  const t = target(it), now = codesOf(it);
  if (mode === "a" && t && !t.codes.some(c => c.code === value)) { $("ask").textContent = "No such code: " + value; return; }
  const codes = mode === "d" ? now.filter(c => c !== value) : t && !t.multiple ? [value] : now.includes(value) ? now : [...now, value];
  decide(it, {action: "set", codes, value: codes.join("|") || "[]"}, true);
}
const keys = {
  y: it => decide(it, it.kind === "code" ? {action: (state[it.id] || {}).codes || settings.blind ? "set" : "accept", codes: codesOf(it), value: codesOf(it).join("|") || "[]"} : {action: "accept", value: it.value || ""}),
  a: it => ask("a", it.kind === "code" ? "Add the code" : "The text"),
  d: it => it.kind === "code" && ask("d", "Take away the code"),
  m: it => ["answer", "unplaced", "conflict", "correction"].includes(it.kind) && ask("m", "Missing, because"),
  c: () => ask("c", "Comment"),
  x: it => ["match", "cluster"].includes(it.kind) && decide(it, {action: "reject"}),
  u: () => { const p = past.pop(); if (!p) return; if (p[1]) state[p[0]] = p[1]; else delete state[p[0]]; kept(); const i = shown.findIndex(it => it.id === p[0]); if (i >= 0) at = i; show(); },
  n: () => { if (at + 1 < shown.length) at++; show(); },
  p: () => { if (at) at--; show(); },
};
Object.assign(keys, {Enter: keys.y, ArrowRight: keys.n, ArrowLeft: keys.p});
document.addEventListener("keydown", e => {
  if (e.target === $("entry")) {
    if (e.key === "Enter" || e.key === "Escape") { e.preventDefault(); const v = $("entry").value; $("entry").value = ""; $("entry").blur(); if (e.key === "Enter") entered(v); }
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|BUTTON)$/.test(e.target.tagName) || !Object.hasOwn(keys, e.key)) return;
  if (!shown[at] && e.key !== "u") return;
  e.preventDefault();
  keys[e.key](shown[at]);
});

const cell = v => /[",\r\n]/.test(v) || v !== v.trim() ? '"' + v.replace(/"/g, '""') + '"' : v;
const csv = rows => rows.map(r => r.map(v => cell(text(v))).join(",") + "\n").join("");
const decided = kinds => every.filter(it => state[it.id] && kinds.includes(it.kind)).map(it => [it, state[it.id]]);
const files = {
  "decisions.csv": () => csv([["kind", "reply", "field", "value", "coder", "date", "text", "comment"], ...decided(["answer", "unplaced", "conflict", "correction"]).filter(([it, d]) => d.action !== "comment" && d.action !== "reject" && !(it.kind === "unplaced" && d.action === "accept" && !d.value))
    .map(([it, d]) => [it.kind, it.key, it.field, d.action === "missing" ? "missing:" + d.value : d.value, d.coder, d.date, it.text, d.comment])]),
  "overrides.csv": () => csv([[key, "field", "set", "coder", "why"], ...decided(["code"]).filter(([, d]) => d.action === "set").map(([it, d]) => [it.key, it.field, d.value, d.coder, d.comment])]),
  "pairs.jsonl": () => decided(["match", "cluster"]).filter(([, d]) => d.action !== "comment").map(([it, d]) => JSON.stringify(Object.assign({}, it.record, {accept: d.action !== "reject"}, d.action === "set" ? {[it.kind === "match" ? "right" : "to"]: d.value} : {}, {coder: d.coder, date: d.date})) + "\n").join(""),
};
function save(name, content) {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([content]));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}
for (const name of Object.keys(files)) { const b = el("button", "Save " + name); b.id = name; b.onclick = () => { if (name === "overrides.csv" && !key) { $("progress").textContent = "No field names each record: make the page with --key"; return; } save(name, files[name]()); b.blur(); }; $("saves").append(b); }
$("save").onclick = () => save("review-state.json", JSON.stringify(state));
$("open").onchange = async e => { try { Object.assign(state, JSON.parse(await e.target.files[0].text())); kept(); filter(); } catch (x) { $("progress").textContent = "That file is no saved state."; } };
$("coder").value = settings.coder;
$("only").value = settings.only;
$("only").onchange = () => { filter(); $("only").blur(); };
filter();
