/* Values over time on one canvas: sharp on every screen, in the colours of the style sheet.

   A chart stands in a <figure>; its <figcaption> says in words what it shows, and what the mouse
   or the arrow keys point at. */

import { ago } from "./words.js";
import { announce, setText } from "./dom.js";

const COLUMN_PX = 2;
const GAP_S = 3.5;
const TOP_PX = 8;
const GUTTER_PX = 8;
const FOOT_PX = 20;
const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

const charts = new Set();
const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => charts.forEach((chart) => chart.draw()));

/** Round numbers from above 0 up to one not below `highest`. */
function ticks(highest, lines) {
  const rough = highest / lines;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((one) => one * power).find((one) => one >= rough * (1 - 1e-9));
  return Array.from({ length: Math.ceil(highest / step - 1e-9) }, (_, i) => step * (i + 1));
}

export class Chart {
  /**
   * @param {HTMLElement} figure with a canvas and a figcaption
   * @param {{series: {name: string, color: string, value: (sample: object) => number}[],
   *   say: (value: number) => string, least: number, most?: number, lines?: number,
   *   caption: (seen: object[]) => string}} options `color` names a CSS variable
   */
  constructor(figure, options) {
    this._canvas = figure.querySelector("canvas");
    this._caption = figure.querySelector("figcaption");
    this._options = options;
    this._samples = [];
    this._cursor = null;
    this._limit = null;
    this._listen();
    charts.add(this);
  }

  _listen() {
    const canvas = this._canvas;
    new ResizeObserver(() => this.draw()).observe(canvas);
    canvas.addEventListener("pointermove", (event) => this._point(event.offsetX));
    canvas.addEventListener("pointerdown", (event) => this._point(event.offsetX));
    for (const kind of ["pointerleave", "blur"]) canvas.addEventListener(kind, () => this._point(null));
    canvas.addEventListener("keydown", (event) => this._key(event));
  }

  /** Show the samples of the last `spanS` seconds before `now`; a limit is {value, label}. */
  show(samples, now, spanS, { old = false, limit = null } = {}) {
    const from = now - spanS - GAP_S;
    let first = samples.length;
    while (first > 0 && samples[first - 1].at >= from) first--;
    this._samples = samples.slice(first);
    Object.assign(this, { _now: now, _spanS: spanS, _old: old, _limit: limit });
    this.draw();
  }

  _point(x) {
    this._cursor = x === null ? null : this._now - (this._width - x) / (this._width - this._left) * this._spanS;
    this.draw();
  }

  _key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !this._samples.length) return;
    event.preventDefault();
    const here = this._cursor === null ? this._samples.length - 1 : this._samples.indexOf(this._read());
    const next = this._samples[Math.min(Math.max(0, here + (this._cursor === null ? 0 : step)), this._samples.length - 1)];
    this._cursor = next.at;
    announce(this._reading(next));
    this.draw();
  }

  /** The sample nearest to where the cursor points. */
  _read() {
    if (this._cursor === null) return null;
    let best = null;
    for (const one of this._samples) {
      if (!best || Math.abs(one.at - this._cursor) < Math.abs(best.at - this._cursor)) best = one;
    }
    return best;
  }

  /** Draw before the next picture of the screen. */
  draw() {
    if (this._asked || !this._spanS) return;
    this._asked = requestAnimationFrame(() => {
      this._asked = 0;
      this._paint();
    });
  }

  _paint() {
    const canvas = this._canvas, box = canvas.getBoundingClientRect();
    if (!box.width) return;
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    this._width = box.width;
    this._floor = box.height - FOOT_PX;
    this._style = getComputedStyle(canvas);
    const pen = this._pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, box.width, box.height);
    pen.font = `${this._style.fontSize} ${this._style.fontFamily}`;
    const { least, most = Infinity, lines = 3, say } = this._options;
    this._axis = ticks(Math.min(most, Math.max(this._highest() * 1.02, least)), lines);
    this._left = Math.max(...this._axis.map((one) => pen.measureText(say(one)).width)) + GUTTER_PX;
    this._paintGrid();
    for (const series of this._options.series) this._paintSeries(series);
    this._paintLimit();
    this._paintLabels();
    this._paintCursor();
    this._say();
  }

  _highest() {
    let most = this._limit ? this._limit.value * 1.05 : 0;
    for (const series of this._options.series) {
      for (const one of this._samples) most = Math.max(most, series.value(one));
    }
    return most;
  }

  _color(name) {
    return this._style.getPropertyValue(name).trim();
  }

  _x(at) {
    return this._width - (this._now - at) / this._spanS * (this._width - this._left);
  }

  _y(value) {
    return this._floor - value / this._axis.at(-1) * (this._floor - TOP_PX);
  }

  _line(x1, y1, x2, y2) {
    this._pen.beginPath();
    this._pen.moveTo(x1, y1);
    this._pen.lineTo(x2, y2);
    this._pen.stroke();
  }

  _paintGrid() {
    const pen = this._pen;
    pen.lineWidth = 1;
    pen.strokeStyle = this._color("--grid");
    for (const value of [0, ...this._axis]) {
      const y = Math.round(this._y(value)) + 0.5;
      this._line(this._left, y, this._width, y);
    }
  }

  /** Runs of points without a gap; of each column of pixels the largest value. */
  _runs(value) {
    const runs = [];
    let before = -Infinity;
    for (const one of this._samples) {
      const x = this._x(one.at), y = this._y(value(one));
      const run = runs.at(-1), last = run?.at(-1);
      if (one.at - before > GAP_S) runs.push([[x, y]]);
      else if (x - last[0] < COLUMN_PX && run.length > 1) last[1] = Math.min(last[1], y);
      else run.push([x, y]);
      before = one.at;
    }
    return runs;
  }

  _paintSeries({ color, value }) {
    const pen = this._pen;
    const tint = this._color(this._old ? "--old" : color);
    pen.save();
    pen.beginPath();
    pen.rect(this._left, 0, this._width - this._left, this._floor + 1);
    pen.clip();
    for (const run of this._runs(value)) {
      const line = new Path2D();
      run.forEach(([x, y], i) => (i ? line.lineTo(x, y) : line.moveTo(x, y)));
      const area = new Path2D(line);
      area.lineTo(run.at(-1)[0], this._floor);
      area.lineTo(run[0][0], this._floor);
      pen.globalAlpha = 0.16;
      pen.fillStyle = tint;
      pen.fill(area);
      pen.globalAlpha = 1;
      pen.strokeStyle = tint;
      pen.lineWidth = 1.75;
      pen.lineJoin = "round";
      pen.stroke(line);
    }
    pen.restore();
  }

  _paintLimit() {
    if (!this._limit) return;
    const pen = this._pen, y = Math.round(this._y(this._limit.value)) + 0.5;
    pen.strokeStyle = pen.fillStyle = this._color(this._old ? "--old" : "--waits");
    pen.lineWidth = 1.25;
    pen.setLineDash([5, 4]);
    this._line(this._left, y, this._width, y);
    pen.setLineDash([]);
    this._text(this._limit.label, this._width, y + 3, "right", "top");
  }

  _text(text, x, y, align, baseline) {
    Object.assign(this._pen, { textAlign: align, textBaseline: baseline });
    this._pen.fillText(text, x, y);
  }

  _paintLabels() {
    this._pen.fillStyle = this._color("--quiet");
    for (const value of this._axis) {
      this._text(this._options.say(value), this._left - GUTTER_PX, this._y(value), "right", "middle");
    }
    const foot = this._floor + FOOT_PX - 1;
    this._text(ago(this._spanS), this._left, foot, "left", "bottom");
    this._text("now", this._width, foot, "right", "bottom");
  }

  _paintCursor() {
    const sample = this._read();
    if (!sample) return;
    const pen = this._pen, x = this._x(sample.at);
    pen.strokeStyle = this._color("--quiet");
    pen.lineWidth = 1;
    this._line(x, TOP_PX, x, this._floor);
    for (const { color, value } of this._options.series) {
      pen.beginPath();
      pen.arc(x, this._y(value(sample)), 4, 0, 2 * Math.PI);
      pen.fillStyle = this._color(color);
      pen.strokeStyle = this._color("--card");
      pen.lineWidth = 2;
      pen.fill();
      pen.stroke();
    }
  }

  _reading(sample) {
    const { series, say } = this._options;
    const values = series.map(({ name, value }) => `${name} ${say(value(sample))}`);
    return `${ago(this._now - sample.at)}: ${values.join(", ")}`;
  }

  _say() {
    const sample = this._read();
    const seen = this._samples.filter((one) => one.at >= this._now - this._spanS);
    setText(this._caption, sample ? this._reading(sample) : this._options.caption(seen));
    this._canvas.setAttribute("aria-label", this._caption.textContent);
  }
}
