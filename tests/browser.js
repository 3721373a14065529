// browser -- drives the distribution's Chromium over its debugging pipe, with Node.js alone.
//
// browser.open(FOLDER, {width, height, dark}) gives a page whose profile and downloads are in FOLDER: what a page
// keeps in the browser is there when FOLDER is opened again. An error or a dialog of the page ends the script with status 1.
"use strict";
const {spawn} = require("node:child_process"), fs = require("node:fs");

const CODES = {Enter: 13, Escape: 27, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Tab: 9, Backspace: 8};

function connect(process) {
  const waiting = new Map(), listeners = [];
  let last = 0, rest = Buffer.alloc(0);
  process.stdio[4].on("data", data => {
    rest = Buffer.concat([rest, data]);
    for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1)) {
      const m = JSON.parse(rest.subarray(0, end).toString());
      if (m.id === undefined) listeners.forEach(l => l(m));
      else if (m.error) waiting.get(m.id).no(new Error(m.error.message));
      else waiting.get(m.id).yes(m.result);
    }
  });
  const send = (method, params = {}, sessionId) => new Promise((yes, no) => {
    waiting.set(++last, {yes, no});
    process.stdio[3].write(JSON.stringify({id: last, method, params, sessionId}) + "\0");
  });
  return {send, on: l => listeners.push(l)};
}

function stop(why) { console.log(why); process.exit(1); }

async function open(folder, {width = 1280, height = 900, dark = false} = {}) {
  fs.mkdirSync(folder, {recursive: true});
  const child = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage",
    "--remote-debugging-pipe", "--user-data-dir=" + folder + "/profile", "about:blank"], {stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"]});
  child.on("exit", code => { if (!child.closed) stop("chromium ended with status " + code); });
  const {send, on} = connect(child);
  const {targetInfos} = await send("Target.getTargets");
  const {sessionId} = await send("Target.attachToTarget", {targetId: targetInfos.find(t => t.type === "page").targetId, flatten: true});
  const page = (method, params) => send(method, params, sessionId);
  const once = wanted => new Promise(yes => on(m => { if (m.method === wanted(m)) yes(m.params); }));
  on(m => {
    if (m.method === "Runtime.exceptionThrown") stop("error: " + JSON.stringify(m.params.exceptionDetails.exception || m.params.exceptionDetails.text));
    if (m.method === "Page.javascriptDialogOpening") stop("a text was run");
  });
  await Promise.all([page("Page.enable"), page("Runtime.enable"), send("Browser.setDownloadBehavior", {behavior: "allow", downloadPath: folder, eventsEnabled: true})]);
  await page("Emulation.setDeviceMetricsOverride", {width, height, deviceScaleFactor: 1, mobile: false});
  await page("Emulation.setEmulatedMedia", {features: [{name: "prefers-color-scheme", value: dark ? "dark" : "light"}]});
  const self = {
    async goto(file) {
      const loaded = once(() => "Page.loadEventFired");
      await page("Page.navigate", {url: "file://" + file});
      await loaded;
    },
    /* Calls a function of the page's own with an argument; what it returns must be JSON. */
    async evaluate(what, argument) {
      const r = await page("Runtime.evaluate", {expression: "(" + what + ")(" + JSON.stringify(argument) + ")", returnByValue: true, awaitPromise: true});
      if (r.exceptionDetails) stop("error: " + JSON.stringify(r.exceptionDetails.exception || r.exceptionDetails.text));
      return r.result.value;
    },
    run: file => page("Runtime.evaluate", {expression: fs.readFileSync(file, "utf8")}),
    text: selector => self.evaluate(s => document.querySelector(s).textContent, selector),
    async press(key, modifiers = 0) {
      const one = {key, code: key, modifiers, windowsVirtualKeyCode: CODES[key] || key.toUpperCase().charCodeAt(0)};
      await page("Input.dispatchKeyEvent", Object.assign({type: "keyDown"}, one, key.length === 1 && !modifiers ? {text: key} : key === "Enter" ? {text: "\r"} : modifiers === 2 && key === "a" ? {commands: ["selectAll"]} : {}));
      await page("Input.dispatchKeyEvent", Object.assign({type: "keyUp"}, one));
    },
    async keys(...all) { for (const key of all) await self.press(key); },
    type: text => page("Input.insertText", {text}),
    async choose(selector, file) { /* a file for an input of files */
      const {root} = await page("DOM.getDocument"), {nodeId} = await page("DOM.querySelector", {nodeId: root.nodeId, selector});
      await page("DOM.setFileInputFiles", {nodeId, files: [file]});
    },
    /* What DOES makes the page save, as FILE in the folder. */
    async saved(does, file) {
      let name;
      const complete = new Promise(yes => on(m => {
        if (m.method === "Browser.downloadWillBegin") name = m.params.suggestedFilename;
        if (m.method === "Browser.downloadProgress" && m.params.state === "completed") yes();
      }));
      await does();
      await complete;
      if (name !== file) fs.renameSync(folder + "/" + name, folder + "/" + file);
    },
    async shot(file) {
      const {data} = await page("Page.captureScreenshot", {captureBeyondViewport: true});
      fs.writeFileSync(folder + "/" + file, Buffer.from(data, "base64"));
    },
    async close() {
      child.closed = true;
      const ended = new Promise(yes => child.on("exit", yes));
      await send("Browser.close").catch(() => {});
      await ended;
    },
  };
  return self;
}

module.exports = {open};
