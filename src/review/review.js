/* --- decisions, kept in the browser one by one --- */

const state = Object.create(null), known = new Map(every.map(it => [it.id, it]));
let shown = [], at = 0, past = [], mode = "", whole = false, keeps = true, choice = 0;
const place = () => "foi-review " + location.pathname + " " + settings.coder + " ";
function kept(id) {
  try { if (state[id]) localStorage.setItem(place() + id, JSON.stringify(state[id])); else localStorage.removeItem(place() + id); } catch (e) { keeps = false; }
}
function recall() {
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i);
      if (name.startsWith(place()) && known.has(name.slice(place().length))) state[name.slice(place().length)] = JSON.parse(localStorage.getItem(name));
    }
  } catch (e) { keeps = false; }
}
const wordsOf = value => value === "[]" ? [] : splitBars(value || "");
const current = it => state[it.id] && state[it.id].value !== undefined ? wordsOf(state[it.id].value) : settings.blind ? [] : it.codes;
const joined = codes => joinBars(codes) || "[]";
function decide(it, what, stay) {
  past.push([it.id, state[it.id]]);
  state[it.id] = Object.assign({}, state[it.id], what, {coder: $("coder").value, date: new Date().toISOString().slice(0, 10)});
  it.theirs = false;
  kept(it.id);
  if (!stay && at + 1 < shown.length) at++;
  show();
}

/* --- rows of decisions.csv: those of the page before it, and those that are opened --- */

const COLUMNS = ["kind", "by", "reply", "field", "value", "was", "coder", "date", "text", "comment", "settles"];
const squeeze = s => s.replace(/\s+/g, ""), pairWas = it => /match|cluster/.test(it.kind) ? it.was : "";
const nameOf = it => JSON.stringify([it.kind, it.reply, it.field, squeeze(it.text), pairWas(it)]);
const byName = new Map(every.map(it => [nameOf(it), it])), byPlace = new Map();
for (const it of every) if (it.reply) byPlace.set(JSON.stringify([it.kind, it.reply, it.field]), it);
/* The item that ROW is about; that of its place, where the text is another. */
function itemOf(given) {
  const row = given.kind ? given : Object.assign({}, given, {kind: "answer"}); /* as extract takes it */
  const place = byPlace.get(JSON.stringify([row.kind, row.reply, row.field]));
  return {it: byName.get(nameOf(row)) || (row.text ? undefined : place), place};
}
const stateOf = row => Object.assign({value: row.value, coder: row.coder, date: row.date}, row.comment ? {comment: row.comment} : {});
let others = []; /* rows about what is not here: they are saved along */
function takeRows(rows, take) {
  for (const cells of rows) {
    const row = Object.fromEntries(COLUMNS.map((c, i) => [c, cells[i] || ""])), {it, place} = itemOf(row);
    if (it) take(it, row);
    else {
      if (place) place.before = row;
      if (!others.some(o => COLUMNS.every(c => o[c] === row[c]))) others.push(Object.assign(row, {place}));
    }
  }
}
function recallDecided() {
  const decided = json("decided");
  takeRows(decided.rows, (it, row) => {
    if (state[it.id]) { if (state[it.id].value !== row.value) it.filed = row; }
    else state[it.id] = stateOf(row);
  });
  /* of several files each is a coder's, who saves only their own */
  others = others.filter(row => decided.files < 2 || !settings.coder || row.coder === settings.coder);
  for (const it of every) it.theirs = Boolean(state[it.id] && decided.files > 1 && settings.coder && state[it.id].coder !== settings.coder);
}

/* --- the item --- */

function target(it) { return settings.targets.find(t => t.into === it.field); }
function label(it, code) {
  const t = target(it), c = t && t.codes.find(c => c.code === code);
  return c && c.label && c.label !== code ? code + " – " + c.label : code;
}
/* A code may hold a colon itself. */
const isCode = (it, code) => !target(it) || target(it).codes.some(c => c.code === code);
function statusOf(it, code) {
  const i = code.lastIndexOf(":"), t = target(it);
  return i > 0 && !(t ? isCode(it, code) : it.codes.includes(code)) ? {code: code.slice(0, i), status: code.slice(i + 1)} : {code: code};
}
/* Bytes of the evidence are looked for in the part that is shown alone. */
function marked(it) {
  const pre = el("pre", ""), parts = Array.isArray(it.record[it.from]) ? it.record[it.from] : [it.record[it.from]];
  pre.tabIndex = 0;
  const most = whole ? Infinity : MOST_SHOWN;
  if (settings.blind || !it.from) { pre.textContent = it.text.slice(0, most); return pre; }
  let room = most;
  parts.forEach((part, n) => {
    if (room <= 0) return;
    const bytes = new TextEncoder().encode(text(part).slice(0, room)), cut = (a, b) => new TextDecoder("utf-8", {ignoreBOM: true}).decode(bytes.subarray(a, b));
    room -= text(part).length;
    let end = 0;
    for (const m of it.mentions.filter(m => "start" in m && m.end <= bytes.length && (m.item || 0) === n).sort((a, b) => a.start - b.start).slice(0, MOST_MARKS)) {
      if (m.start < end) continue;
      pre.append(cut(end, m.start));
      const mark = el("mark", cut(m.start, m.end), m.status || m.void ? "no" : "");
      mark.title = m.code + ", term " + (m.term || "") + (m.status ? ": " + m.status + " (" + (m.cue || "") + ")" : "");
      pre.append(mark);
      end = m.end;
    }
    pre.append(cut(end) + (n + 1 < parts.length ? "\n" : ""));
  });
  return pre;
}
const SECRET = ["_missing", "accept", "rule", "winner", "kind", "detail", "reason", "score", "how", "right", "to", "was", "why", "rank", "shared", "see", "corrects", "conflicts", "field", "question"];
function hidden(it, k) {
  if (k === "_evidence" || k === it.from || k === "opinions" || k === "text" && k in it.record) return true;
  if (!settings.blind) return false;
  return SECRET.includes(k) || k === it.field || settings.targets.some(t => k === t.into || k === t.group_into || k.startsWith(t.into + "_"));
}
function codesOf(it) {
  const ul = el("ul", "", "chosen"), now = current(it);
  now.forEach(c => { const s = statusOf(it, c); ul.append(el("li", label(it, s.code) + (s.status ? " (" + s.status + ")" : ""), s.status ? "no" : "")); });
  if (!now.length) ul.append(el("li", settings.blind || it.opinions ? "no code yet" : "no code", "none"));
  return ul;
}
function opinionsOf(it) {
  const table = el("table", "", "opinions"), head = el("tr", "");
  ["Key", "Coder", "Decided", "Comment"].forEach(h => { const th = el("th", h); th.scope = "col"; head.append(th); });
  table.append(head);
  it.opinions.forEach((o, i) => { const tr = el("tr", ""); [i < 9 ? String(i + 1) : "", text(o.coder), text(o.value) || "nothing", text(o.comment)].forEach(v => tr.append(el("td", v))); table.append(tr); });
  return table;
}
function show() {
  const box = $("item"), it = shown[at];
  let done = 0;
  for (const i of shown) if (state[i.id]) done++;
  $("progress").textContent = (shown.length ? at + 1 : 0) + " of " + shown.length + ", " + done + " decided, " + (shown.length - done) + " left" + (keeps ? "" : " (the browser keeps nothing: save the state)");
  $("meter").style.width = (shown.length ? 100 * done / shown.length : 0) + "%";
  box.replaceChildren();
  box.classList.toggle("done", Boolean(it && state[it.id]));
  $("asking").hidden = true;
  if (!it) { box.append(el("p", "Nothing to decide here.")); return; }
  box.append(el("p", it.kind + " · " + it.field, "kind"), el("h2", it.reply || it.text.slice(0, 200)), marked(it));
  if (!whole && it.text.length > MOST_SHOWN) {
    const b = el("button", "Show all of " + it.text.length + " letters (t)");
    b.onclick = keys.t;
    const bar = el("div", "", "bar");
    bar.append(b);
    box.append(bar);
  }
  if (it.shown) box.append(el("p", "→ " + it.shown));
  if (it.sides) { const ol = el("ol", "", "sides"); it.sides.forEach((s, i) => { const li = el("li", ""); li.append(el("kbd", String(i + 1)), " ", s); ol.append(li); }); box.append(ol); }
  if (it.opinions) box.append(opinionsOf(it));
  if (it.isCode) box.append(codesOf(it));
  if (it.isCode && !settings.blind) it.mentions.filter(m => m.status).slice(0, 20).forEach(m => box.append(el("p", m.code + " is not coded: " + m.status + ", by “" + (m.cue || "") + "”", "note")));
  const d = state[it.id];
  box.append(el("p", d ? "Decided" + (d.value !== undefined ? ": " + (d.value || "nothing") : "") + (d.comment ? " · " + d.comment : "") + (d.coder ? " (" + d.coder + ")" : "") : "Not decided yet", d ? "decided" : "decided not"));
  if (it.before) box.append(el("p", "Decided before, on another text: " + (it.before.value || "nothing") + " (" + it.before.coder + ")", "note"));
  if (it.filed) box.append(el("p", "The file of decisions says: " + (it.filed.value || "nothing") + " (" + it.filed.coder + ")", "note"));
  const dl = el("dl", "", "context");
  for (const [k, v] of Object.entries(Object.assign({}, it.record, it.where || {})))
    if (!it.opinions && !hidden(it, k) && text(v)) dl.append(el("dt", k), el("dd", text(v).slice(0, 300)));
  if (dl.firstChild) box.append(dl);
}

/* --- filters --- */

function filter() {
  const only = sorts[$("only").value] || sorts.all, kind = $("kind").value, code = $("code").value, cue = $("cue").value, body = $("body").value.toLowerCase();
  shown = every.filter(it => only(it) && (!kind || it.kind === kind) && (!code || it.isCode && (current(it).includes(code) || it.mentions.some(m => m.code === code))) &&
    (!cue || it.mentions.some(m => m.cue === cue)) && (!body || it.reply.toLowerCase().includes(body) || text(own(it.record, key)).toLowerCase().includes(body)));
  at = Math.max(0, shown.findIndex(it => !state[it.id]));
  whole = false;
  show();
}
function offer(id, words) {
  $(id).append(...[...new Set(words)].filter(Boolean).sort().map(w => { const o = el("option", w); o.value = w; return o; }));
  $(id).parentNode.hidden = $(id).options.length < 2;
}

/* --- asking --- */

function matches() {
  const it = shown[at], typed = $("entry").value.toLowerCase(), t = target(it);
  let options = [];
  if (it.isCode && mode === "a" && t) options = t.codes;
  if (it.isCode && (mode === "d" || mode === "g")) options = current(it).map(c => statusOf(it, c).code).map(c => (t && t.codes.find(x => x.code === c)) || {code: c});
  return options.filter(c => [c.code, c.label, c.group].some(w => w && w.toLowerCase().includes(typed))).slice(0, 50);
}
function offerMatches() {
  const found = matches();
  choice = Math.min(choice, Math.max(0, found.length - 1));
  $("matches").replaceChildren(...found.map((c, i) => {
    const li = el("li", c.code);
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", String(i === choice));
    li.append(el("small", [c.label === c.code ? "" : c.label, c.group].filter(Boolean).join(" · ")));
    li.onmousedown = e => { e.preventDefault(); leave(c.code); };
    return li;
  }));
}
function ask(what, question) {
  const it = shown[at];
  mode = what;
  choice = 0;
  $("ask").textContent = question;
  $("asking").hidden = false;
  $("entry").value = what === "a" && !it.isCode ? (state[it.id] && state[it.id].value) || it.shown || it.was : "";
  $("entry").focus();
  offerMatches();
}
/* What was typed, or the code of the list that it stands for. */
function typed() {
  const value = $("entry").value, found = matches();
  if (found.some(c => c.code === value) || !found.length || (!value && choice === 0 && mode === "a")) return value;
  return found[choice].code;
}
function leave(value) {
  $("asking").hidden = true;
  $("entry").value = "";
  $("entry").blur();
  if (value) entered(value);
}
function entered(value) {
  const it = shown[at];
  if (mode === "c") return decide(it, {comment: value}, true);
  if (mode === "m") return decide(it, {value: "missing:" + value});
  if (!it.isCode) return decide(it, {value});
  const now = current(it).filter(c => !c.startsWith("missing:")), rest = now.filter(c => c !== value && statusOf(it, c).code !== value);
  if (mode === "d" ? !now.some(c => c === value || statusOf(it, c).code === value) : !isCode(it, value)) { show(); $("progress").textContent = "No such code: " + value; return; }
  const one = it.kind === "code";
  const codes = mode === "d" ? rest : mode === "g" ? [...rest, value + ":not_used"] : one ? [value] : now.includes(value) ? now : [...rest, value];
  decide(it, {value: joined(codes)}, true);
}

/* --- keys --- */

const isPair = it => ["match", "cluster"].includes(it.kind);
function accept(it) {
  const d = state[it.id];
  if (it.sides && !it.was && !(d && d.value)) { show(); $("progress").textContent = "Nothing stands there to accept: choose by number, or set it (a)."; return; }
  decide(it, {value: it.isCode ? joined(current(it)) : d && d.value !== undefined ? d.value : it.was});
}
const pick = n => it => {
  const value = it.opinions ? it.opinions[n] && text(it.opinions[n].value) : it.sides && it.sides[n];
  if (value !== undefined) decide(it, {value});
};
const KEYS = [
  ["y", "accept", accept, "Enter"],
  ["a", "add a code, or set the text", it => ask("a", it.isCode ? "Add the code (type to search)" : "The text")],
  ["d", "take a code away", it => it.isCode && ask("d", "Take away the code")],
  ["g", "a code is negated, not used", it => it.isCode && ask("g", "Negated is the code")],
  ["m", "missing, with a reason", it => !isPair(it) && ask("m", "Missing, because")],
  ["c", "comment", () => ask("c", "Comment")],
  ["x", "turn a pair down", it => isPair(it) && decide(it, {value: ""})],
  ["1", "the first of several (to 9)", pick(0)],
  ["u", "undo", () => { const p = past.pop(); if (!p) return; if (p[1]) state[p[0]] = p[1]; else delete state[p[0]]; kept(p[0]); const i = shown.findIndex(it => it.id === p[0]); if (i >= 0) at = i; show(); }],
  ["n", "next (skip)", () => { if (at + 1 < shown.length) at++; whole = false; show(); }, "ArrowRight", "→"],
  ["p", "back", () => { if (at) at--; whole = false; show(); }, "ArrowLeft", "←"],
  ["j", "the next that is not decided", () => { const i = shown.findIndex((it, n) => n > at && !state[it.id]); if (i >= 0) at = i; show(); }],
  ["t", "all of a long text", () => { whole = !whole; show(); }],
  ["f", "to the filters", () => $("only").focus()],
  ["s", "save decisions.csv", () => $("decisions.csv").click()],
];
const keys = Object.create(null);
for (const [k, what, does, other, sign] of KEYS) {
  keys[k] = does;
  if (other) keys[other] = does;
  const row = el("div", ""), dt = el("dt", "");
  dt.append(el("kbd", k));
  if (other) dt.append(" ", el("kbd", sign || other));
  row.append(dt, el("dd", what));
  $("keys").append(row);
}
for (let n = 1; n < 9; n++) keys[n + 1] = pick(n);
{ const row = el("div", ""), dt = el("dt", ""); dt.append(el("kbd", "Esc")); row.append(dt, el("dd", "leave an input or a filter")); $("keys").append(row); }

document.addEventListener("keydown", e => {
  if (e.target === $("entry")) {
    if (e.key === "Enter" || e.key === "Escape") { e.preventDefault(); leave(e.key === "Enter" ? typed() : ""); }
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); choice = Math.max(0, choice + (e.key === "ArrowDown" ? 1 : -1)); offerMatches(); }
    return;
  }
  if (e.key === "Escape") { e.target.blur(); return; }
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|BUTTON)$/.test(e.target.tagName) || !(e.key in keys)) return;
  if (!shown[at] && !["u", "f", "s"].includes(e.key)) return;
  e.preventDefault();
  keys[e.key](shown[at]);
});
$("entry").oninput = () => { choice = 0; offerMatches(); };
$("entry").onblur = () => { $("asking").hidden = true; };

/* --- files --- */

/* A spreadsheet takes what begins so as a formula; readers take the "'" off again. */
const cell = v => { const s = /^'*[=+\-@\t]/.test(v) ? "'" + v : v; return /[",\r\n]/.test(s) || s !== s.trim() ? '"' + s.replace(/"/g, '""') + '"' : s; };
/* A row about another text of an item goes when the item is decided again. */
function csv() {
  const here = every.filter(it => state[it.id] && state[it.id].value !== undefined && !it.theirs).map(it => Object.assign({}, it, {comment: "", coder: "", date: ""}, state[it.id]));
  const rows = [...others.filter(row => !row.place || !state[row.place.id]), ...here];
  const columns = COLUMNS.filter(c => c !== "settles" || rows.some(row => row.settles));
  return [columns, ...rows.map(row => columns.map(c => cell(text(row[c]))))].map(r => r.join(",") + "\n").join("");
}
function rowsOf(source) {
  const rows = [[]], cellsOf = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g;
  for (let m; cellsOf.lastIndex < source.length && (m = cellsOf.exec(source));) {
    const raw = m[1][0] === '"' ? m[1].slice(1, -1).replace(/""/g, '"') : m[1];
    rows[rows.length - 1].push(/^'+[=+\-@\t]/.test(raw) ? raw.slice(1) : raw);
    if (m[2] !== ",") rows.push([]);
  }
  return rows;
}
function openCsv(source) {
  const [names, ...rows] = rowsOf(source.replace(/^\ufeff/, ""));
  if (!names.includes("value")) throw new Error("no decisions");
  takeRows(rows.filter(row => row.length > 1).map(row => COLUMNS.map(c => row[names.indexOf(c)])), (it, row) => { state[it.id] = stateOf(row); it.theirs = false; kept(it.id); });
}
function save(name, content) {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([content]));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}
$("decisions.csv").onclick = e => {
  if (!key && every.some(it => it.isCode && !it.opinions)) $("progress").textContent = "No field names each record: make the page with --key";
  else save("decisions.csv", csv());
  e.target.blur();
};
$("save").onclick = () => save("review-state.json", JSON.stringify(state));
$("open").onchange = async e => {
  try {
    const source = await e.target.files[0].text();
    if (source.trim()[0] === "{") { Object.assign(state, JSON.parse(source)); Object.keys(state).forEach(kept); } else openCsv(source);
    filter();
  } catch (x) { $("progress").textContent = "That file is neither a saved state nor decisions.csv."; }
};
$("coder").value = settings.coder;
$("only").value = settings.only;
offer("kind", every.map(it => it.kind));
offer("code", settings.blind ? [] : every.flatMap(it => it.isCode ? [...it.codes, ...it.mentions.map(m => m.code)] : []));
offer("cue", settings.blind ? [] : every.flatMap(it => it.mentions.map(m => m.cue)));
for (const id of ["only", "kind", "code", "cue"]) $(id).onchange = () => { filter(); $(id).blur(); };
$("body").oninput = filter;
recall();
recallDecided();
filter();
