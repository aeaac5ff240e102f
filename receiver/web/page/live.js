/* Asks the receiver for its numbers once a second and keeps those of the last hour.

   Knows nothing of what is shown. Tells listeners by events: "status" with each answer, "history"
   when past samples came in, "away" when an answer failed to come, "back" with the first after it. */

import { backoffMs } from "./backoff.js";

const EVERY_MS = 1000;
const HIDDEN_EVERY_MS = 15_000;
const KEPT_S = 3600;
/** Numbers older than this are not now. */
export const OLD_AFTER_S = 3.5;

export class Live extends EventTarget {
  constructor(server) {
    super();
    this._server = server;
    this._timer = 0;
    this._spanS = 60;
    this.reset();
    document.addEventListener("visibilitychange", () => this._hurry());
    window.addEventListener("online", () => this._hurry());
  }

  /** Forget everything, as before the first answer. */
  reset() {
    this.stop();
    this.status = null;
    this.samples = [];
    this.problem = null;
    this.nextTryAt = 0;
    this._receivedAt = -Infinity;
    this._historyS = 0;
    this._failures = 0;
  }

  /** Begin with an answer that is here already. */
  start(status) {
    this._run = {};
    this._take(status);
    this._wait(0);
  }

  stop() {
    this._run = null;
    clearTimeout(this._timer);
  }

  /** Seconds since the newest numbers came. */
  get ageS() {
    return (performance.now() - this._receivedAt) / 1000;
  }

  get old() {
    return this.ageS > OLD_AFTER_S;
  }

  /** The receiver's clock, seconds since the epoch. */
  get now() {
    return this.status ? this.status.time + this.ageS : Date.now() / 1000;
  }

  /** See that the samples reach back so far. */
  reachBack(seconds) {
    this._spanS = seconds;
    if (this._run && this._historyS < seconds) this._loadHistory(this._run);
  }

  _wait(delayMs) {
    clearTimeout(this._timer);
    const run = this._run;
    if (run) this._timer = setTimeout(() => this._ask(run), delayMs);
  }

  _hurry() {
    if (this._run && !document.hidden) this._wait(0);
  }

  async _ask(run) {
    const began = performance.now();
    try {
      const status = await this._server.get("/status", 8000);
      if (run !== this._run) return;
      this._take(status);
      if (this._historyS < this._spanS) this._loadHistory(run);
      const every = document.hidden ? HIDDEN_EVERY_MS : EVERY_MS;
      this._wait(Math.max(0, every - (performance.now() - began)));
    } catch (problem) {
      if (run === this._run) this._fail(problem);
    }
  }

  _fail(problem) {
    const delay = Math.max(backoffMs(this._failures++, 15_000), (problem.retryAfter || 0) * 1000);
    this.problem = problem;
    this.nextTryAt = Date.now() + delay;
    this._wait(delay);
    this.dispatchEvent(new Event("away"));
  }

  _take(status) {
    if (this.ageS > OLD_AFTER_S) this._historyS = 0;
    const back = this._failures > 0;
    Object.assign(this, { status, problem: null, _failures: 0, _receivedAt: performance.now() });
    this.samples.push(sampleOf(status));
    this._trim();
    this.dispatchEvent(new Event("status"));
    if (back) this.dispatchEvent(new Event("back"));
  }

  _trim() {
    const since = this.now - KEPT_S;
    let gone = 0;
    while (gone < this.samples.length && this.samples[gone].at < since) gone++;
    if (gone) this.samples.splice(0, gone);
  }

  async _loadHistory(run) {
    const wanted = this._historyS = this._spanS;
    try {
      const columns = await this._server.get(`/status/history?seconds=${wanted}`);
      if (run !== this._run) return;
      const past = samplesOf(columns);
      const first = past[0]?.at ?? Infinity, last = past.at(-1)?.at ?? 0;
      const before = this.samples.filter((one) => one.at < first);
      this.samples = [...before, ...past, ...this.samples.filter((one) => one.at > last)];
      this.dispatchEvent(new Event("history"));
    } catch {
      this._historyS = 0; // asked again after the next answer
    }
  }
}

/** Who has the memory: parts that add up to the whole. `cache` is given back when it is needed. */
function memoryParts(total, available, receiver, cached) {
  const own = Math.min(receiver, total);
  const others = Math.max(0, total - Math.min(available, total) - own);
  const room = Math.max(0, total - own - others);
  const cache = Math.min(cached, room);
  return { total, receiver: own, others, cache, free: room - cache };
}

function sampleOf(status) {
  const m = status.memory;
  return {
    at: status.time,
    rate: status.traffic.bytes_per_s,
    cpu: status.cpu.percent,
    ...memoryParts(m.total_bytes, m.available_bytes, m.receiver_bytes, m.page_cache_bytes),
  };
}

function samplesOf(columns) {
  return columns.time.map((at, i) => ({
    at,
    rate: columns.bytes_per_s[i],
    cpu: columns.cpu_percent[i],
    ...memoryParts(
      columns.memory_total_bytes[i], columns.memory_available_bytes[i],
      columns.receiver_bytes[i], columns.page_cache_bytes[i]),
  }));
}
