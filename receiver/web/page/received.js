/* The received files, newest first, each with its receipt. */

import { byId, copyButton, el, nameOf, setText, show } from "./dom.js";
import { ROUTES, duration, fullMoment, moment, rate, size } from "./words.js";

const PAGE = 50;
const EVERY_MS = 3000;
const SELDOM_MS = 10_000;

export class Received {
  constructor(server, live) {
    Object.assign(this, { _server: server, _live: live, _rows: new Map(), _seen: null, _askedAt: 0 });
    live.addEventListener("status", () => this._look());
    byId("show-more").addEventListener("click", () => this._more());
  }

  /** Forget what is shown. */
  reset() {
    this._rows.clear();
    this._seen = null;
    byId("received-list").replaceChildren();
  }

  /** Ask for the newest when the numbers say that something may have come. */
  async _look() {
    const { traffic, uploads } = this._live.status;
    const seen = { bytes: traffic.received_bytes, ids: uploads.map((one) => one.id).join() };
    if (this._busy || !this._due(seen)) return;
    this._askedAt = performance.now();
    if (await this._load("")) this._seen = seen;
  }

  /** An upload has begun or ended, a digest is awaited, or bytes came in a way that is not listed. */
  _due({ bytes, ids }) {
    if (!this._seen) return true;
    const elapsedMs = performance.now() - this._askedAt;
    const pending = [...this._rows.values()].some((row) => !row.receipt.sha256 && row.young);
    if (elapsedMs > EVERY_MS && (ids !== this._seen.ids || pending)) return true;
    const quiet = !this._live.status.traffic.bytes_per_s;
    return bytes !== this._seen.bytes && elapsedMs > (quiet ? EVERY_MS : SELDOM_MS);
  }

  async _more() {
    const oldest = [...this._rows.keys()].at(-1);
    await this._load(oldest ? `&before=${oldest}` : "");
  }

  /** Load one page; returns whether it came. */
  async _load(before) {
    this._busy = true;
    try {
      const receipts = await this._server.get(`/received?limit=${PAGE}${before}`);
      if (before) this._append(receipts);
      else this._merge(receipts);
      if (before || this._rows.size <= PAGE) show(byId("show-more"), receipts.length === PAGE);
      show(byId("received-empty"), this._rows.size === 0);
      return true;
    } catch {
      return false; // the live panel says that the server is away; asked again with the next numbers
    } finally {
      this._busy = false;
    }
  }

  _append(receipts) {
    for (const receipt of receipts) this._row(receipt);
    byId("received-list").append(...receipts.map((one) => this._rows.get(one.id).element));
  }

  /** Put the newest page on top of what is shown; where they do not meet, the rest is let go. */
  _merge(receipts) {
    const meets = receipts.length < PAGE || receipts.some((one) => this._rows.has(one.id));
    const before = this._rows;
    this._rows = new Map();
    for (const receipt of receipts) this._row(receipt, before.get(receipt.id));
    if (meets) for (const [id, row] of before) if (!this._rows.has(id)) this._rows.set(id, row);
    const list = byId("received-list"), wanted = [...this._rows.values()].map((row) => row.element);
    if (wanted.length !== list.children.length || wanted.some((one, i) => list.children[i] !== one)) {
      reorder(list, wanted);
    }
  }

  _row(receipt, known = this._rows.get(receipt.id)) {
    const row = known ?? new Row(receipt);
    row.show(receipt);
    this._rows.set(receipt.id, row);
  }
}

/** Bring children into order without touching those that stay: an open receipt stays open. */
function reorder(list, wanted) {
  const kept = new Set(wanted);
  for (const one of [...list.children]) if (!kept.has(one)) one.remove();
  wanted.forEach((one, i) => { if (list.children[i] !== one) list.insertBefore(one, list.children[i] ?? null); });
}

class Row {
  constructor(receipt) {
    this.receipt = receipt;
    this._when = el("span", { class: "when" });
    this._receipt = el("dl", { class: "receipt" });
    const fold = el("details", { ontoggle: () => this._fill() },
      el("summary", {}, el("div", { class: "what" }, nameOf(lastPart(receipt.stored_name)), folderOf(receipt.stored_name)),
        el("span", { class: "size" }, size(receipt.size_bytes)), this._when),
      this._receipt);
    this._fold = fold;
    this.element = el("li", { class: "received-file" }, fold);
  }

  /** Its SHA-256 may still come: it is made in the background. */
  get young() {
    return Date.now() / 1000 - this.receipt.ended < 3600;
  }

  show(receipt) {
    const changed = receipt.sha256 !== this.receipt.sha256;
    this.receipt = receipt;
    setText(this._when, moment(receipt.ended));
    if (changed) this._fill();
  }

  _fill() {
    if (!this._fold.open) return;
    const one = this.receipt;
    const took = Math.max(0, one.ended - one.started);
    const pending = this.young ? "being computed" : "not there yet";
    this._receipt.replaceChildren(
      ...(one.name === one.stored_name ? [] : line("Sent as", nameOf(one.name, "value"))),
      ...line("Stored as", nameOf(one.stored_name, "value"), one.stored_name),
      ...line("Size", `${size(one.size_bytes)} (${one.size_bytes.toLocaleString("en-GB")} bytes)`),
      ...line("Received", `${fullMoment(one.ended)}${took >= 1 ? `, in ${duration(took)}` : ""}`),
      ...line("Rate", `${took > 0.05 ? `${rate(one.bytes_per_s)} on average, ` : ""}${ROUTES[one.route] ?? one.route}`),
      ...(one.sender ? line("Sent by", one.sender) : []),
      ...line("BLAKE3", digest(one.blake3, pending), one.blake3),
      ...line("SHA-256", digest(one.sha256, pending), one.sha256));
  }
}

function line(name, value, copied) {
  const cell = el("dd", {}, value);
  if (copied) cell.append(copyButton(() => copied, `Copy ${name}`));
  return [el("dt", {}, name), cell];
}

function digest(hex, pending) {
  return hex ? el("code", {}, hex) : el("span", { class: "quiet" }, pending);
}

function lastPart(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return folder ? nameOf(folder, "folder") : "";
}
