/* The live panel: throughput, memory, disk, and the machine. Renders what `Live` knows. */

import { Chart } from "./chart.js";
import { byId, el, setText, show } from "./dom.js";
import { ago, count, duration, number, rate, size, sizeOf } from "./words.js";

const SPANS = { 60: "the last minute", 600: "the last ten minutes", 3600: "the last hour" };
const LEAST_PX = 3;

export class Panel {
  constructor(live) {
    this._live = live;
    this._makeCharts();
    for (const name of ["span", "whose"]) {
      byId(name).addEventListener("change", () => this._choose());
    }
    for (const kind of ["status", "history"]) live.addEventListener(kind, () => this.render());
    this._choose();
  }

  _makeCharts() {
    const highest = (seen, value) => seen.reduce((most, one) => Math.max(most, value(one)), 0);
    this._rate = new Chart(byId("rate-chart"), {
      series: [{ name: "received", color: "--accent", value: (one) => one.rate }],
      say: rate, least: 1e6,
      caption: (seen) => `Highest in ${SPANS[this._spanS]}: ${rate(highest(seen, (one) => one.rate))}`,
    });
    const own = { name: "this receiver", color: "--accent", value: (one) => one.receiver };
    const used = { name: "in use", color: "--others", value: (one) => one.receiver + one.others };
    this._own = new Chart(byId("own-chart"), {
      series: [own], say: size, least: 32e6, lines: 2,
      caption: (seen) => `This receiver, at most ${size(highest(seen, own.value))} in ${SPANS[this._spanS]}`,
    });
    this._machine = new Chart(byId("machine-chart"), {
      series: [used, own], say: size, least: 32e6, lines: 2,
      caption: (seen) => `In use on the machine, at most ${size(highest(seen, used.value))} in ${SPANS[this._spanS]}`,
    });
    this._cpu = new Chart(byId("cpu-chart"), {
      series: [{ name: "CPU", color: "--accent", value: (one) => one.cpu }],
      say: (value) => `${number(value)} %`, least: 100, most: 100, lines: 2,
      caption: (seen) => `All cores together, at most ${number(highest(seen, (one) => one.cpu))} % in ${SPANS[this._spanS]}`,
    });
  }

  _choose() {
    this._spanS = Number(byId("span").elements.span.value);
    const own = byId("whose").elements.whose.value === "receiver";
    show(byId("own-chart"), own);
    show(byId("machine-chart"), !own);
    this._live.reachBack(this._spanS);
    this.render();
  }

  /** Show the numbers of now, or say how old they are. */
  render() {
    const { status, old } = this._live;
    if (!status) return;
    byId("live").classList.toggle("old", old);
    byId("flow").classList.toggle("old", old);
    this._renderRate(status, old);
    this._renderMemory(status);
    this._renderDisk(status.disk);
    this._renderMachine(status);
    this._renderCharts(old);
  }

  _renderCharts(old) {
    const { samples, now, status } = this._live;
    const most = mostMemory(status);
    const limit = { value: most, label: `at most ${size(most)}` };
    this._rate.show(samples, now, this._spanS, { old });
    this._own.show(samples, now, this._spanS, { old, limit });
    const all = { value: status.memory.total_bytes, label: `${size(status.memory.total_bytes)} in all` };
    this._machine.show(samples, now, this._spanS, { old, limit: all });
    this._cpu.show(samples, now, this._spanS, { old });
  }

  _renderRate(status, old) {
    const [value, unit] = rate(status.traffic.bytes_per_s).split("\u00a0");
    setText(byId("rate"), value);
    setText(byId("rate-unit"), unit);
    const total = `${size(status.traffic.received_bytes)} since the start`;
    setText(byId("rate-note"), old
      ? ago(this._live.ageS)
      : `${status.uploads.length ? count(status.uploads.length, "upload") : "No uploads"} · ${total}`);
  }

  _renderMemory(status) {
    const parts = this._live.samples.at(-1);
    setText(byId("memory-now"), size(parts.receiver));
    const { limit_bytes: limit, used_bytes: used } = status.budget;
    fill(byId("memory-gauge"), parts.total, [parts.receiver, parts.others, parts.cache], mostMemory(status));
    legend(byId("memory-legend"), [
      ["accent", "This receiver", size(parts.receiver)],
      ["others", "Everything else", size(parts.others)],
      ["cache", "Page cache", size(parts.cache)],
      ["track", "Free", sizeOf(parts.free, parts.total)],
      ["waits", "Budget for uploads", sizeOf(used, limit)],
    ]);
    setText(byId("memory-note"), {
      host: "of the whole machine", cgroup1: "within the container's limit", cgroup2: "within the container's limit",
    }[status.memory.source] || "");
  }

  _renderDisk(disk) {
    const used = Math.max(0, disk.total_bytes - disk.free_bytes);
    const kept = Math.max(0, disk.free_bytes - disk.promised_bytes - disk.usable_bytes);
    setText(byId("disk-now"), size(disk.usable_bytes));
    fill(byId("disk-gauge"), disk.total_bytes, [used, disk.promised_bytes, kept]);
    legend(byId("disk-legend"), [
      ["others", "Used", size(used)],
      ["promised", "Promised to uploads", size(disk.promised_bytes)],
      ["cache", "Kept free", size(kept)],
      ["track", "Free", sizeOf(disk.usable_bytes, disk.total_bytes)],
    ]);
    show(byId("disk-in-memory"), disk.in_memory);
  }

  _renderMachine(status) {
    setText(byId("cpu-now"), `${number(status.cpu.percent)} %`);
    setText(byId("cores"), number(status.cpu.count));
    setText(byId("uptime"), duration(status.uptime_s));
    setText(byId("version"), status.version);
    setText(byId("folder"), status.disk.path_label);
  }
}

/** What the receiver may come to: itself, and what is left of its budget. */
function mostMemory(status) {
  const { limit_bytes: limit, used_bytes: used } = status.budget;
  return Math.min(status.memory.receiver_bytes + Math.max(0, limit - used), status.memory.total_bytes);
}

/** Set the widths of a gauge's parts; what is there at all can be seen. */
function fill(gauge, total, values, mark) {
  const parts = gauge.querySelectorAll(".part");
  values.forEach((value, i) => {
    const share = total > 0 ? Math.min(1, value / total) : 0;
    parts[i].style.width = value > 0 ? `max(${LEAST_PX}px, ${(share * 100).toFixed(3)}%)` : "0";
  });
  const line = gauge.querySelector(".mark");
  if (line && total > 0) line.style.left = `clamp(${LEAST_PX}px, ${(mark / total * 100).toFixed(3)}%, calc(100% - 2px))`;
}

/** Fill a <dl> with a swatch, a name and a value each; the elements stay the same. */
function legend(list, rows) {
  if (!list.children.length) {
    for (const [tone, name] of rows) {
      list.append(el("div", {}, el("dt", { class: `swatch ${tone}` }, name), el("dd")));
    }
  }
  rows.forEach(([, , value], i) => setText(list.children[i].lastChild, value));
}
