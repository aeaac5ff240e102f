/* The part of the page that sends: drop area, buttons, and the list of files. */

import { announce, byId, copyButton, el, icon, iconButton, nameOf, setText, show } from "./dom.js";
import { readChosen, readDrop } from "./dropped.js";
import { count, details, duration, explain, listDoesNotFit, percent, rate, size, sizeOf, state } from "./words.js";

const REPAINT_MS = 500;
const SOONEST_MS = 100;
const MOST_ROWS = 60;
const RUNNING = ["checking", "uploading", "comparing", "verifying"];
const TROUBLED = ["failed", "remembered", "space", "network", "server"];
const FINISHED = ["stored", "cancelled"];
const ORDER = [...RUNNING, ...TROUBLED, "paused", "waiting", "stored", "cancelled"];
const ICONS = { stored: "check", failed: "warning", remembered: "file", paused: "pause", cancelled: "cancel" };

export class Sending {
  constructor(queue, live) {
    Object.assign(this, { _queue: queue, _live: live, _rows: new Map(), _chosenFor: null });
    queue.addEventListener("changed", (event) => this._changed(event.detail));
    for (const kind of ["status", "away"]) live.addEventListener(kind, () => this._soon());
    this._listenToDrops();
    this._listenToButtons();
    setInterval(() => { queue.tick(); this._soon(); }, REPAINT_MS);
    window.addEventListener("beforeunload", (event) => { if (queue.active) event.preventDefault(); });
  }

  get _server() {
    return this._live.status?.name || location.host;
  }

  _listenToDrops() {
    let depth = 0;
    const over = (step) => {
      depth = Math.max(0, depth + step);
      document.body.classList.toggle("dropping", depth > 0);
    };
    const carries = (event) => event.dataTransfer?.types.includes("Files") && !byId("app").hidden;
    document.addEventListener("dragenter", (event) => carries(event) && over(+1));
    document.addEventListener("dragleave", (event) => carries(event) && over(-1));
    document.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      over(-depth);
      readDrop(event.dataTransfer).then((found) => this._add(found));
    });
    document.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length && !byId("app").hidden) this._add(readChosen(event.clipboardData.files));
    });
  }

  _listenToButtons() {
    for (const kind of ["files", "folder"]) {
      const input = byId(`choose-${kind}`);
      byId(`add-${kind}`).addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        this._add(readChosen(input.files));
        input.value = "";
      });
    }
    show(byId("add-folder"), "webkitdirectory" in byId("choose-folder") && !matchMedia("(pointer: coarse)").matches);
    const again = byId("choose-again");
    again.addEventListener("change", () => {
      if (again.files.length) this._queue.give(this._chosenFor, again.files[0]);
      again.value = "";
    });
    byId("clear").addEventListener("click", () => this._queue.clear(...this._queue.in(...FINISHED)));
    byId("pause-all").addEventListener("click", () => this._pauseAll());
  }

  _pauseAll() {
    const queue = this._queue;
    const paused = queue.in("paused");
    if (paused.length) paused.forEach((one) => queue.goOn(one));
    else queue.in("waiting", ...RUNNING, "network", "server", "space").forEach((one) => queue.pause(one));
  }

  _add({ entries, unread }) {
    const twice = this._queue.add(entries);
    const notes = [];
    if (twice) notes.push(`${count(twice, "file")} ${twice === 1 ? "is" : "are"} in the list already.`);
    if (unread.length) notes.push(`${count(unread.length, "file or folder", "files or folders")} could not be read: ${unread.slice(0, 5).join(", ")}${unread.length > 5 ? ", …" : ""}`);
    setText(byId("add-note"), notes.join(" "));
    show(byId("add-note"), notes.length > 0);
  }

  _changed(upload) {
    const { uploads } = this._queue, stored = this._queue.count("stored");
    if (upload?.state === "stored" && stored === uploads.length) {
      announce(stored === 1 ? `${upload.name} is stored` : `All ${stored} files are stored`);
    }
    if (upload?.state === "failed") announce(`${upload.name}: ${explain(upload.problem, this._server).join(" ")}`);
    this._soon();
  }

  /** Repaint soon, whatever the number of changes until then. */
  _soon() {
    this._asked ??= setTimeout(() => {
      this._asked = undefined;
      this._render();
    }, SOONEST_MS);
  }

  _render() {
    const { uploads } = this._queue;
    byId("send").classList.toggle("listed", uploads.length > 0);
    const shown = this._shown();
    this._placeRows(shown);
    const hidden = uploads.length - shown.length;
    show(byId("more-files"), hidden > 0);
    setText(byId("more-files"), `and ${count(hidden, "more file")}`);
    this._renderSummary();
    this._renderRoom();
  }

  /** As they were added while they are few; of many the ones that matter. */
  _shown() {
    const { uploads } = this._queue;
    if (uploads.length <= MOST_ROWS) return uploads;
    const shown = [];
    for (const one of ORDER) {
      const some = this._queue.in(one);
      shown.push(...(one === "stored" ? some.reverse() : some).slice(0, MOST_ROWS - shown.length));
    }
    return shown;
  }

  _placeRows(shown) {
    const list = byId("files");
    const kept = new Set(shown);
    for (const [upload, row] of this._rows) {
      if (kept.has(upload)) continue;
      row.remove();
      this._rows.delete(upload);
    }
    shown.forEach((upload, place) => {
      if (!this._rows.has(upload)) this._rows.set(upload, new Row(upload, this));
      const row = this._rows.get(upload);
      if (list.children[place] !== row.element) list.insertBefore(row.element, list.children[place] ?? null);
      row.render(this._server, this._queue);
    });
  }

  _renderSummary() {
    const queue = this._queue, { uploads } = queue;
    const counted = uploads.filter((one) => one.state !== "cancelled");
    const whole = counted.reduce((sum, one) => sum + one.size, 0);
    const stored = counted.reduce((sum, one) => sum + one.offset, 0);
    const words = [`${queue.count("stored")} of ${count(counted.length, "file")} stored`, sizeOf(stored, whole)];
    if (queue.active && queue.rate.value > 1) {
      words.push(rate(queue.rate.value));
      const left = queue.in("waiting", ...RUNNING).reduce((sum, one) => sum + one.size - one.offset, 0);
      if (left > 0) words.push(`${duration(Math.max(1, left / queue.rate.value))} left`);
    }
    show(byId("summary"), uploads.length > 0);
    setText(byId("summary-text"), words.join(" · "));
    show(byId("clear"), queue.count(...FINISHED) > 0);
    const paused = queue.count("paused") > 0;
    show(byId("pause-all"), paused || queue.count("waiting", ...RUNNING, "network", "server", "space") > 1);
    setText(byId("pause-all"), paused ? "Go on" : "Pause all");
    document.title = `${queue.active && whole ? `${percent(stored / whole)} – ` : ""}Wherry on ${this._server}`;
  }

  /** Say it when the list does not fit, what is missing, and where. */
  _renderRoom() {
    const { status } = this._live, note = byId("room");
    const needed = this._queue.neededBytes;
    const lacks = status && needed > status.disk.usable_bytes;
    if (lacks) {
      const words = listDoesNotFit(needed, status.disk, this._server);
      if (note.hidden) announce(words.join(" "));
      words.forEach((one, i) => setText(note.querySelectorAll("p")[i], one));
    }
    show(note, Boolean(lacks));
  }

  /** Let the person choose the file of an upload (again). */
  choose(upload) {
    this._chosenFor = upload;
    byId("choose-again").click();
  }
}

/** One file of the list. */
class Row {
  constructor(upload, sending) {
    Object.assign(this, { _upload: upload, _sending: sending, _buttons: "" });
    const folder = upload.path.slice(0, upload.path.lastIndexOf("/") + 1);
    this._icon = el("span", { class: "state-icon" });
    this._name = nameOf(upload.name);
    this._size = el("span", { class: "size" });
    this._bar = el("div", { class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": upload.name },
      el("div", { class: "sent" }), el("div", { class: "kept" }));
    this._state = el("span", { class: "state" });
    this._numbers = el("span", { class: "numbers" });
    this._actions = el("div", { class: "actions" });
    this._trouble = el("div", { class: "trouble" });
    this.element = el("li", { class: "file" },
      this._icon,
      el("div", { class: "what" }, this._name, folder ? nameOf(folder, "folder") : ""),
      this._size, this._actions, this._bar,
      el("div", { class: "line" }, this._state, this._numbers),
      this._trouble);
  }

  remove() {
    this.element.remove();
  }

  render(server, queue) {
    const upload = this._upload, { element } = this;
    const changed = element.dataset.state !== upload.state;
    element.dataset.state = upload.state;
    setText(this._name, upload.name);
    this._renderBar();
    setText(this._state, state(upload, server, Date.now()));
    setText(this._numbers, this._numbersOf(queue));
    setText(this._size, upload.state === "stored" || !upload.offset ? size(upload.size) : sizeOf(upload.offset, upload.size));
    if (changed) this._icon.replaceChildren(icon(ICONS[upload.state] ?? "up"));
    if (changed) this._renderActions(queue);
    this._renderTrouble(server);
  }

  _renderBar() {
    const { size: whole, offset, sent, state: now } = this._upload;
    const share = (part) => (whole ? Math.min(1, part / whole) : Number(now === "stored"));
    this._bar.firstChild.style.width = `${(share(Math.max(sent, offset)) * 100).toFixed(2)}%`;
    this._bar.lastChild.style.width = `${(share(offset) * 100).toFixed(2)}%`;
    const told = now === "stored" ? 100 : Math.min(99, Math.floor(share(offset) * 100));
    this._bar.setAttribute("aria-valuenow", String(told));
    show(this._bar, !FINISHED.includes(now) && now !== "failed" && (offset > 0 || RUNNING.includes(now)));
  }

  _numbersOf(queue) {
    const upload = this._upload;
    if (upload !== queue.active || upload.state !== "uploading" || queue.rate.value < 1) return "";
    const left = (upload.size - upload.offset) / queue.rate.value;
    return `${percent(Math.min(0.99, upload.offset / upload.size))} · ${rate(queue.rate.value)} · ${duration(Math.max(1, left))} left`;
  }

  _renderActions(queue) {
    const upload = this._upload, now = upload.state;
    const buttons = [];
    const say = (action) => `${action}: ${upload.name}`;
    const unread = now === "failed" && upload.problem.code === "unreadable";
    if (now === "remembered" || unread) {
      buttons.push(el("button", { type: "button", class: "small", onclick: () => this._sending.choose(upload) }, "Choose file…"));
    } else if (now === "paused") buttons.push(iconButton("go-on", say("Go on"), () => queue.goOn(upload)));
    else if (now === "failed") buttons.push(iconButton("again", say("Try again"), () => queue.goOn(upload)));
    else if (!FINISHED.includes(now)) buttons.push(iconButton("pause", say("Pause"), () => queue.pause(upload)));
    if (FINISHED.includes(now) || now === "failed") buttons.push(iconButton("cancel", say("Take off the list"), () => queue.clear(upload)));
    else buttons.push(iconButton("cancel", say("Cancel"), () => queue.cancel(upload)));
    const focused = this._actions.contains(document.activeElement);
    this._actions.replaceChildren(...buttons);
    if (focused) buttons[0].focus();
  }

  /** What happened, what it means, what to do; the technical side folded away. */
  _renderTrouble(server) {
    const { problem, state: now } = this._upload;
    const told = problem && (now === "failed" || now === "remembered" || now === "space") ? problem : null;
    if (told === this._told) return;
    this._told = told;
    this._trouble.replaceChildren();
    if (!told) return;
    const [headline, meaning, action] = explain(told, server);
    const text = `${headline} ${meaning}\n${details(told)}`;
    this._trouble.append(
      el("p", {}, `${now === "remembered" ? `${headline} ` : ""}${meaning} ${action}`),
      el("details", {}, el("summary", {}, "Details"), el("pre", {}, details(told)), copyButton(() => text, "Copy the details")));
  }
}
