"use strict";
(function () {
  var root = document.documentElement, lines = null;
  root.classList.add("on");

  // On a phone the contents are a touch away, not a page long.
  var toc = document.querySelector("nav.toc details");
  if (toc && window.matchMedia("(max-width: 66rem)").matches) toc.open = false;

  // Sorting: a button in each head of a table with many rows.
  function key(row, column) {
    var cell = row.cells[column], text = cell ? cell.dataset.v || cell.textContent : "";
    var number = cell && cell.dataset.v !== undefined ? parseFloat(cell.dataset.v) : NaN;
    return isNaN(number) ? text.trim().toLowerCase() : number;
  }
  function sort(table, column, th) {
    var down = th.getAttribute("aria-sort") === "descending", body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows).filter(function (r) { return !r.classList.contains("base"); });
    var base = body.querySelector("tr.base"), sign = down ? 1 : -1;
    rows.sort(function (a, b) {
      var x = key(a, column), y = key(b, column);
      if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
      return (x < y ? -1 : x > y ? 1 : 0) * sign;
    });
    rows.forEach(function (r) { body.insertBefore(r, base); });
    table.querySelectorAll("th[aria-sort]").forEach(function (h) { h.removeAttribute("aria-sort"); });
    th.setAttribute("aria-sort", down ? "ascending" : "descending");
  }
  document.querySelectorAll("table.sort").forEach(function (table) {
    var row = table.tHead.rows[table.tHead.rows.length - 1];
    Array.prototype.forEach.call(row.cells, function (th) {
      if (!th.hasAttribute("data-c")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", "Sort by " + th.textContent.trim());
      th.appendChild(button);
      button.addEventListener("click", function () { sort(table, +th.dataset.c, th); });
    });
  });

  // Search: sections and their entries in the contents.
  var search = document.getElementById("find");
  if (search) search.addEventListener("input", function () {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    document.querySelectorAll("section.t").forEach(function (section) {
      var text = section.textContent.toLowerCase();
      var hit = words.every(function (w) { return text.indexOf(w) >= 0; });
      section.hidden = !hit;
      shown += hit;
      document.querySelectorAll('nav.toc a[href="#' + section.id + '"]').forEach(function (a) { a.parentNode.hidden = !hit; });
    });
    document.getElementById("found").textContent = words.length ? shown + " tables found" : "";
  });

  // Downloads, from the data of the page itself.
  function data() {
    lines = lines || JSON.parse(document.getElementById("lines").textContent);
    return lines;
  }
  function cell(value) {
    var text = value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    if (typeof value === "string" && /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  function csv(rows) {
    var names = [];
    rows.forEach(function (r) { Object.keys(r).forEach(function (n) { if (names.indexOf(n) < 0) names.push(n); }); });
    return "\uFEFF" + [names.map(cell).join(",")].concat(rows.map(function (r) {
      return names.map(function (n) { return cell(r[n]); }).join(",");
    })).join("\r\n") + "\r\n";
  }
  function save(text, name, type) {
    var link = document.createElement("a"), url = URL.createObjectURL(new Blob([text], { type: type }));
    link.href = url;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }
  document.querySelectorAll("button[data-save]").forEach(function (button) {
    button.addEventListener("click", function () {
      var tests = button.dataset.save.indexOf("tests") === 0;
      var rows = data().filter(function (r) { return tests ? "test" in r : "n" in r && !("test" in r); });
      if (/json$/.test(button.dataset.save)) save(JSON.stringify(rows, null, 1), button.dataset.save, "application/json");
      else save(csv(rows), button.dataset.save, "text/csv");
    });
  });

  // Addresses become links.
  document.querySelectorAll("span.url").forEach(function (span) {
    var link = document.createElement("a");
    link.href = span.textContent;
    link.rel = "noreferrer";
    link.textContent = span.textContent.replace(/^https?:\/\//, "").replace(/\/$/, "");
    span.replaceChildren(link);
  });

  // A link into something closed opens it.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var d = target && target.closest("details"); d; d = d.parentNode.closest("details")) d.open = true;
    if (target) target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  // On paper everything is open.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not(.who)").forEach(function (d) { d.open = true; });
  });
})();
