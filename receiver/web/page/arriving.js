/* Who is sending what right now, as the server sees it. */

import { byId, el, nameOf, setText, show } from "./dom.js";
import { ROUTES, count, number, percent, rate, size, sizeOf } from "./words.js";

const MOST_ROWS = 30;
const STATES = { waiting: "Waiting", receiving: "Arriving", storing: "Storing" };

export class Arriving {
  constructor(live) {
    this._live = live;
    this._rows = new Map();
    live.addEventListener("status", () => this._render());
    live.addEventListener("away", () => this._render());
  }

  _render() {
    const { status, old } = this._live;
    if (!status) return;
    const named = status.uploads.filter((one) => one.id);
    const shown = [...named.filter(moves), ...named.filter((one) => !moves(one))].slice(0, MOST_ROWS);
    if (named.length <= MOST_ROWS) shown.sort((one, other) => one.started - other.started);
    this._place(shown);
    const others = status.uploads.length - named.length, more = named.length - shown.length;
    const notes = [more && `and ${number(more)} more`, others && `${count(others, "upload")} of others`].filter(Boolean);
    setText(byId("arriving-note"), notes.join(" · "));
    show(byId("arriving-note"), notes.length > 0);
    show(byId("arriving-empty"), status.uploads.length === 0);
    byId("arriving").classList.toggle("old", old);
  }

  _place(uploads) {
    const list = byId("arriving-list"), kept = new Set(uploads.map((one) => one.id));
    for (const [id, row] of this._rows) {
      if (kept.has(id)) continue;
      row.element.remove();
      this._rows.delete(id);
    }
    uploads.forEach((upload, place) => {
      if (!this._rows.has(upload.id)) this._rows.set(upload.id, makeRow(upload));
      const row = this._rows.get(upload.id);
      if (list.children[place] !== row.element) list.insertBefore(row.element, list.children[place] ?? null);
      fillRow(row, upload);
    });
  }
}

/** Between two windows an upload waits for a moment, yet it moves. */
function moves({ state, bytes_per_s: speed }) {
  return state !== "waiting" || speed > 0;
}

function makeRow({ name }) {
  const kept = el("div", { class: "kept" });
  const bar = el("div", { class: "bar", role: "progressbar", "aria-label": name, "aria-valuemin": "0", "aria-valuemax": "100" }, kept);
  const [share, line, speed] = [el("span", { class: "size" }), el("span", { class: "state" }), el("span", { class: "numbers" })];
  const element = el("li", { class: "file arrival" }, el("div", { class: "what" }, nameOf(name)), share, bar, el("div", { class: "line" }, line, speed));
  return { element, kept, bar, share, line, speed };
}

function fillRow(row, upload) {
  const { size_bytes: whole, offset_bytes: offset, state } = upload;
  const done = whole ? Math.min(1, offset / whole) : 0;
  row.element.dataset.state = state;
  row.kept.style.width = `${(done * 100).toFixed(2)}%`;
  row.bar.setAttribute("aria-valuenow", String(Math.floor(done * 100)));
  setText(row.share, whole === null ? size(offset) : sizeOf(offset, whole));
  const now = moves(upload) && state === "waiting" ? "receiving" : state;
  setText(row.line, [STATES[now] ?? now, ROUTES[upload.route], upload.sender && `from ${upload.sender}`].filter(Boolean).join(" · "));
  const speed = now === "receiving" ? rate(upload.bytes_per_s) : "";
  setText(row.speed, [whole ? percent(Math.min(0.99, done)) : "", speed].filter(Boolean).join(" · "));
}
