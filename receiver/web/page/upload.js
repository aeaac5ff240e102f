/* One file on its way, and the life of it.

     open      the file is fingerprinted; a remembered one must be the same still
     create    name and size go ahead; the server promises room. A small file goes along at once.
     compare   the server seems to have it: if the digests agree, nothing needs to be sent
     send      window after window, the next one is hashed while this one is on the line
     verify    the server's digest of the whole file against our own: only then it is stored

   Whatever fails is thrown to the queue, which decides when to try again; `offset` is what the
   server has, and the only thing that counts. */

import { Problem } from "./server.js";
import { Source } from "./source.js";
import { forget, remember } from "./unfinished.js";
import { percent } from "./words.js";

const MIB = 1 << 20;
const SMALL_BYTES = MIB;
const LARGEST_WINDOW = 8 * MIB;
const LEAST_WINDOW = 64 << 10;
const WANTED_S = 2;

export class Upload {
  /** @param {{file?: File, name: string, path: string, type?: string, size: number, modified: number}} fields */
  constructor(fields) {
    Object.assign(this, {
      file: null, id: "", type: "", fingerprint: "", route: "", state: "waiting", problem: null,
      offset: 0, sent: 0, hashed: 0, resumed: "", digest: "", storedName: "", known: false,
      attempts: 0, retryAt: 0, missing: 0, windowBytes: 2 * MIB,
    }, fields);
  }

  static of(file, path) {
    return new Upload({ file, path, name: file.name, type: file.type, size: file.size, modified: file.lastModified });
  }

  /** Tell whether a file is the one that was begun with, as far as a browser can see. */
  isOf(file) {
    return file.name === this.name && file.size === this.size && file.lastModified === this.modified;
  }

  /** Forget what the server had: all of it is sent anew. */
  beginAnew() {
    if (this.id) forget(this.id);
    Object.assign(this, { id: "", offset: 0, sent: 0, hashed: 0, resumed: "", digest: "", storedName: "" });
  }

  /** Take note of what the server has. */
  reached({ offset, digest, storedName }) {
    if (offset > this.offset) this.attempts = 0;
    Object.assign(this, { offset, sent: offset, digest, storedName: storedName || this.storedName });
  }

  /** Smaller parts: something on the way does not let large ones by. */
  shrinkWindow() {
    this.windowBytes = Math.max(LEAST_WINDOW, this.windowBytes >> 1);
  }

  /** Let a request last about as long as wanted. */
  fitWindow(bytes, seconds) {
    if (bytes < this.windowBytes) return;
    if (seconds < WANTED_S / 2) this.windowBytes = Math.min(LARGEST_WINDOW, this.windowBytes * 2);
    else if (seconds > WANTED_S * 2) this.shrinkWindow();
  }
}

/** Carry one upload to its end.
 * @param {Upload} upload
 * @param {{tus: import("./tus.js").Tus, mark: string, move: (state: string) => void, check: () => void,
 *   count: (bytes: number) => void}} tools `move` changes the state, `check` throws when there is no
 *   room, `count` is told of bytes that went out
 * @param {AbortSignal} signal
 * @throws {Problem} or the signal's reason
 */
export async function carry(upload, tools, signal) {
  const journey = new Journey(upload, tools, signal);
  const stop = () => journey.source.close(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await journey.run();
  } finally {
    signal.removeEventListener("abort", stop);
    journey.source.close(new Problem("bug", { detail: "left over" }));
  }
}

class Journey {
  constructor(upload, tools, signal) {
    Object.assign(this, { upload, signal }, tools);
    this.source = new Source(upload.file);
    this.ahead = null;
  }

  async run() {
    this.move("checking");
    await this.open();
    await (this.upload.id ? this.find() : this.create());
    while (!this.upload.digest) await this.sendNext();
    await this.verify();
  }

  async open() {
    const { upload } = this;
    const fingerprint = await this.source.open();
    if (upload.id && upload.fingerprint && upload.fingerprint !== fingerprint) {
      await this.drop();
      upload.beginAnew();
    }
    upload.fingerprint = fingerprint;
  }

  async drop() {
    try {
      await this.tus.drop(this.upload.id, { signal: this.signal });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // the server removes it by itself after a while
    }
  }

  async find() {
    const { upload } = this;
    upload.reached(await this.tus.head(upload.id, { signal: this.signal }));
    if (upload.offset && !upload.digest) upload.resumed = percent(Math.min(0.99, upload.offset / upload.size));
  }

  async create() {
    this.check();
    const { upload, signal } = this;
    const small = upload.size > 0 && upload.size <= SMALL_BYTES;
    const window = small ? await this.source.window(0, upload.size) : null;
    if (small) this.move("uploading");
    const answer = await this.tus.create(upload, { signal, onsent: (bytes) => this.sent(0, bytes) }, window);
    Object.assign(upload, { id: answer.id, route: answer.route });
    upload.reached(answer);
    if (upload.digest) return;
    remember(upload, this.mark);
    if (upload.route === "memory") upload.windowBytes = Math.max(upload.windowBytes, Math.min(upload.size, LARGEST_WINDOW));
    if (answer.known) await this.compare(answer);
  }

  async compare({ known, storedName }) {
    this.move("comparing");
    if (await this.hash() !== known) return;
    await this.drop();
    Object.assign(this.upload, { digest: known, storedName, known: true });
  }

  hash() {
    return this.source.digest((bytes) => { this.upload.hashed = bytes; });
  }

  /** Note how much of the request at `from` has gone out. */
  sent(from, bytes) {
    const { upload } = this;
    this.count(Math.max(0, from + bytes - Math.max(from, upload.sent)));
    upload.sent = Math.min(upload.size, from + bytes);
    if (upload.sent === upload.size && upload.state === "uploading") this.move("verifying");
  }

  /** The window at an offset. */
  read(from) {
    const { size, windowBytes } = this.upload;
    const to = Math.min(size, from + windowBytes);
    if (to === from) return { to, window: Promise.resolve({ bytes: null, checksum: "" }) };
    const window = this.source.window(from, to);
    window.catch(() => {}); // whoever waits for it is told
    return { from, to, window };
  }

  async sendNext() {
    const { upload, signal } = this;
    const from = upload.offset;
    if (from < upload.size) this.move("uploading");
    else this.move("verifying");
    const { to, window } = this.ahead?.from === from ? this.ahead : this.read(from);
    const body = await window;
    this.ahead = to < upload.size ? this.read(to) : null;
    const began = performance.now();
    const options = { signal, onsent: (bytes) => this.sent(from, bytes) };
    upload.reached(await this.tus.patch(upload.id, from, body, options));
    upload.fitWindow(to - from, (performance.now() - began) / 1000);
    if (from === upload.size && !upload.digest) throw new Problem("store_failed");
  }

  async verify() {
    const { upload } = this;
    this.move("verifying");
    upload.hashed = 0;
    const same = upload.known || await this.hash() === upload.digest;
    forget(upload.id);
    if (!same) {
      upload.beginAnew();
      throw new Problem("digest_mismatch", { final: true });
    }
    upload.offset = upload.sent = upload.size;
    this.move("stored");
  }
}
