/* The bytes and digests of one file, read by the worker in hashing.js. */

import { Problem } from "./server.js";

const UNREADABLE = ["NotReadableError", "NotFoundError", "SecurityError"];
let idle = null;

export class Source {
  constructor(file) {
    this._file = file;
    this._worker = idle ?? new Worker("/page/hashing.js");
    idle = null;
    this._orders = new Map();
    this._number = 0;
    this._worker.onmessage = (event) => this._answered(event.data);
    this._worker.onerror = (event) => this._fail(new Problem("bug", { detail: event.message }));
  }

  /** Open the file; returns its fingerprint.
   * @throws {Problem} unreadable; so do the others
   */
  async open() {
    return (await this._ask("open", { file: this._file })).fingerprint;
  }

  /** Hash a window; returns it, and what an Upload-Checksum header says of it, or "".
   *
   * The window is no memory but a part of the file: the browser reads it once more as it sends.
   */
  async window(from, to) {
    const { check } = await this._ask("window", { from, to });
    return { bytes: this._file.slice(from, to), checksum: check ? `sha256 ${check}` : "" };
  }

  /** Hash the whole file; `onhashed` is told how many bytes are done. */
  async digest(onhashed) {
    return (await this._ask("digest", {}, onhashed)).digest;
  }

  /** Let go; what is still asked for fails with `reason`. */
  close(reason) {
    if (!this._worker) return;
    if (this._orders.size) this._worker.terminate();
    else idle = this._worker;
    this._worker = null;
    this._fail(reason);
  }

  _ask(what, fields, onhashed) {
    return new Promise((resolve, reject) => {
      if (!this._worker) return reject(new Problem("bug", { detail: "closed" }));
      const number = ++this._number;
      this._orders.set(number, { resolve, reject, onhashed });
      this._worker.postMessage({ number, what, ...fields });
    });
  }

  _answered({ number, hashed, error, ...found }) {
    const order = this._orders.get(number);
    if (!order) return;
    if (hashed !== undefined) {
      order.onhashed?.(hashed);
      return;
    }
    this._orders.delete(number);
    if (error) order.reject(new Problem(UNREADABLE.includes(error) ? "unreadable" : "bug", { detail: error }));
    else order.resolve(found);
  }

  _fail(reason) {
    for (const { reject } of this._orders.values()) reject(reason);
    this._orders.clear();
  }
}
