/* The list of files to send: one after the other, and the only place that decides about trying again. */

import { backoffMs } from "./backoff.js";
import { Problem } from "./server.js";
import { Upload, carry } from "./upload.js";
import { forget, markOf, onforgotten, remembered } from "./unfinished.js";

const TRIES = 5;
const SLOW_MS = 30_000;
const FINISHED = ["stored", "failed", "cancelled"];
const STOPPABLE = ["waiting", "checking", "uploading", "comparing", "verifying", "network", "server", "space"];

/* What to do about each code: try again ("network" and "server" say what is waited for), wait for
   space, begin anew, or hold until there is a key. What is not named needs the user. */
const OUTCOMES = {
  unreachable: "network", not_wherry: "server", proxy: "server", low_memory: "server", busy: "server",
  too_many_tries: "server", upload_locked: "server", offset_mismatch: "network", already_stored: "network",
  digest_mismatch: "server", store_failed: "server", internal: "server",
  no_space: "space", upload_unknown: "anew", upload_expired: "anew",
  key_wrong: "hold", key_missing: "hold",
};
const TELL_AFTER_TRIES = ["store_failed", "internal", "digest_mismatch"];
const AT_ONCE = ["offset_mismatch", "already_stored"];

/** Bytes a second, an exponential average over about three seconds. */
class Rate {
  constructor() {
    this.value = 0;
  }

  add(bytes, seconds) {
    const share = 1 - Math.exp(-seconds / 3);
    this.value += (Math.max(0, bytes) / seconds - this.value) * share;
  }
}

export class Queue extends EventTarget {
  /**
   * @param {import("./tus.js").Tus} tus
   * @param {import("./server.js").Server} server whose key the uploads belong to
   * @param {import("./live.js").Live} live for the free space
   */
  constructor(tus, server, live) {
    super();
    Object.assign(this, { _tus: tus, _server: server, _live: live });
    this.uploads = [];
    this.active = null;
    this.rate = new Rate();
    this._sets = new Map();
    this._held = true;
    this._sentBytes = 0;
    this._tickedAt = 0;
    live.addEventListener("status", () => this._look());
    live.addEventListener("back", () => this._hurry());
    onforgotten((id) => this._finishedElsewhere(id));
  }

  /** The uploads in these states. */
  in(...states) {
    return states.flatMap((state) => [...(this._sets.get(state) ?? [])]);
  }

  _first(state) {
    return this._sets.get(state)?.values().next().value;
  }

  count(...states) {
    return states.reduce((sum, state) => sum + (this._sets.get(state)?.size ?? 0), 0);
  }

  /** Add files; a remembered upload of the same file goes on. Returns how many were there already. */
  add(entries) {
    const open = new Map(this.uploads.filter((one) => !FINISHED.includes(one.state)).map((one) => [nameOf(one), one]));
    let twice = 0;
    for (const { file, path } of entries) {
      const made = Upload.of(file, path);
      const found = open.get(nameOf(made));
      if (found?.state === "remembered") this.give(found, file);
      else if (found?.path === path) twice++;
      else this._append(made);
    }
    this._next();
    return twice;
  }

  _append(upload) {
    this.uploads.push(upload);
    this._set(upload, upload.state);
  }

  /** Hand the file to an upload that needs it (again). */
  give(upload, file) {
    if (upload.state === "remembered" && !upload.isOf(file)) {
      upload.problem = new Problem("another_file", { size: upload.size, modified: upload.modified });
      this._changed();
      return;
    }
    if (!upload.isOf(file)) {
      upload.beginAnew();
      Object.assign(upload, { name: file.name, size: file.size, modified: file.lastModified, type: file.type });
    }
    upload.file = file;
    this.goOn(upload);
  }

  pause(upload) {
    if (upload === this.active) this._abort("paused");
    else if (STOPPABLE.includes(upload.state)) this._set(upload, "paused");
    this._next();
  }

  /** Go on, or try again. */
  goOn(upload) {
    Object.assign(upload, { problem: null, attempts: 0, retryAt: 0 });
    this._set(upload, upload.file ? "waiting" : "remembered");
    this._next();
  }

  cancel(upload) {
    if (upload === this.active) this._abort("cancelled");
    else this._drop(upload);
    this._next();
  }

  /** Take an upload off the list. */
  clear(...uploads) {
    const gone = new Set(uploads);
    for (const upload of gone) this._sets.get(upload.state)?.delete(upload);
    this.uploads = this.uploads.filter((one) => !gone.has(one));
    this._changed();
  }

  /** Begin, for the key that the server has now; what was unfinished is looked up. */
  async release() {
    this._mark = markOf(this._server.key);
    this._held = false;
    const here = new Set(this.uploads.map((one) => one.id));
    const missing = remembered(this._mark).filter((one) => !here.has(one.id));
    this._next();
    for (const { id, name, path, type, size, modified, fingerprint } of missing) {
      await this._recall(new Upload({ id, name, path, type, size, modified, fingerprint, state: "remembered" }));
    }
  }

  /** Stop until `release`; nothing is lost. */
  hold() {
    this._held = true;
    this._abort("waiting");
  }

  async _recall(upload) {
    try {
      const { digest, offset } = await this._tus.head(upload.id, {});
      if (digest) forget(upload.id);
      else {
        upload.offset = upload.sent = offset;
        this._append(upload);
      }
    } catch (problem) {
      if (OUTCOMES[problem.code] === "anew") forget(upload.id);
      else if (!this._held) this._append(upload);
    }
  }

  /** Another window of the page has finished or cancelled it. */
  _finishedElsewhere(id) {
    const upload = this.in("remembered").find((one) => one.id === id);
    if (upload) this.clear(upload);
  }

  _abort(state) {
    this._control?.abort(state);
  }

  _drop(upload) {
    if (upload.id) {
      forget(upload.id);
      // when this fails, the server removes it by itself after a while
      this._tus.drop(upload.id, {}).catch(() => {});
    }
    this._set(upload, "cancelled");
  }

  _set(upload, state) {
    this._sets.get(upload.state)?.delete(upload);
    upload.state = state;
    if (!this._sets.has(state)) this._sets.set(state, new Set());
    this._sets.get(state).add(upload);
    this._changed(upload);
  }

  _changed(upload = null) {
    this.dispatchEvent(new CustomEvent("changed", { detail: upload }));
  }

  /** Start the next upload, if there is one and nothing stands in the way. */
  _next() {
    clearTimeout(this._timer);
    if (this._held || this.active) return;
    const due = this.in("space").find((one) => one.retryAt <= Date.now());
    const next = this._first("network") ?? this._first("server") ?? due ?? this._first("waiting");
    const later = next ?? this._first("space");
    if (next && next.retryAt <= Date.now()) this._start(next);
    else if (later) this._timer = setTimeout(() => this._next(), Math.max(50, later.retryAt - Date.now()));
  }

  async _start(upload) {
    this.active = upload;
    this._control = new AbortController();
    const { signal } = this._control;
    const tools = {
      tus: this._tus, mark: this._mark,
      move: (state) => { if (state !== upload.state) this._set(upload, state); },
      check: () => this._checkRoom(upload),
      count: (bytes) => { this._sentBytes += bytes; },
    };
    try {
      await carry(upload, tools, signal);
      upload.problem = null;
    } catch (error) {
      this._settle(upload, signal.aborted ? signal.reason : error);
    } finally {
      this.active = null;
      this._next();
    }
  }

  _settle(upload, error) {
    upload.sent = upload.offset;
    if (error === "cancelled") this._drop(upload);
    else if (typeof error === "string") this._set(upload, error);
    else this._meet(upload, error instanceof Problem ? error : new Problem("bug", { detail: String(error?.stack ?? error) }));
  }

  _meet(upload, problem) {
    upload.problem = problem;
    const outcome = problem.final ? "failed" : OUTCOMES[problem.code] ?? "failed";
    const gaveUp = TELL_AFTER_TRIES.includes(problem.code) && upload.attempts >= TRIES;
    if (problem.code === "proxy") upload.shrinkWindow();
    if (outcome === "anew") {
      upload.beginAnew();
      this._retry(upload, "server", upload.attempts ? backoffMs(upload.attempts) : 0);
    } else if (outcome === "hold") {
      this._held = true;
      this._set(upload, "waiting");
    } else if (outcome === "space") {
      const { needed = 0, free = 0, promised = 0, kept = 0 } = problem;
      upload.missing = needed - (free - promised - kept);
      this._retry(upload, "space", SLOW_MS);
    } else if (outcome === "failed" || gaveUp) this._set(upload, "failed");
    else if (AT_ONCE.includes(problem.code) && !upload.attempts) this._retry(upload, outcome, 0);
    else this._retry(upload, outcome, Math.max(backoffMs(upload.attempts), problem.retryAfter * 1000 || 0));
  }

  _retry(upload, state, delayMs) {
    upload.attempts++;
    upload.retryAt = Date.now() + delayMs;
    this._set(upload, state);
  }

  /** Look at the newest numbers before the server is asked.
   * @throws {Problem} too_large, no_space
   */
  _checkRoom(upload) {
    const { status, old } = this._live;
    if (!status || old) return;
    const { disk, limits } = status;
    if (upload.size > limits.upload_bytes) throw new Problem("too_large", { limit: limits.upload_bytes });
    if (upload.size <= disk.usable_bytes) return;
    const kept = disk.free_bytes - disk.promised_bytes - disk.usable_bytes;
    throw new Problem("no_space", { needed: upload.size, free: disk.free_bytes, promised: disk.promised_bytes, kept });
  }

  /** Bytes of the list for which the server has promised nothing yet. */
  get neededBytes() {
    return this.in("waiting", "checking", "space", "network", "server").reduce((sum, one) => sum + (one.id ? 0 : one.size), 0);
  }

  /** Each second: how far the remembered ones are; those that wait for space go on when there is room. */
  _look() {
    const { disk: { usable_bytes: usable }, uploads } = this._live.status;
    for (const { id, offset_bytes: offset } of uploads) {
      const upload = this._sets.get("remembered")?.size && this.in("remembered").find((one) => one.id === id);
      if (upload) upload.offset = upload.sent = offset;
    }
    for (const upload of this.in("space")) {
      upload.missing = upload.size - usable;
      if (!upload.id && upload.missing <= 0) upload.retryAt = 0;
    }
    if (this.count("space")) this._next();
  }

  /** The server is back: do not wait for the end of the pause. */
  _hurry() {
    for (const upload of this.in("network")) upload.retryAt = 0;
    this._next();
  }

  /** Measure; called twice a second by whoever shows it. */
  tick() {
    const now = performance.now();
    this.rate.add(this._sentBytes, Math.max(0.05, (now - this._tickedAt) / 1000));
    this._sentBytes = 0;
    this._tickedAt = now;
  }
}

/** What makes two files the same file to a browser. */
function nameOf({ name, size, modified }) {
  return JSON.stringify([name, size, modified]);
}
