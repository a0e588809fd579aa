// A live waveform, swept over the canvas at 25 mm/s as on a bedside monitor, by the real time between its samples.
import { el, setAttr, setText } from "./dom.js";
import { gatewayNow, unit, words } from "./format.js";
import { stream } from "./live.js";

const PX_PER_MM = 96 / 25.4; // of CSS; a screen may differ by a little
const MM_PER_SECOND = 25;
const ERASED_PX = 22; // ahead of the trace
const HELD_SECONDS = 5; // most that is buffered; older samples are dropped
const MARGIN = 0.35; // s that may still be buffered when the next stretch comes: what its way may vary
const LATE = 1.0; // s buffered beyond a stretch and its margins: skip to be in time again
const SKIPPED_PX = 14; // shown where samples were skipped, so that no interval across it is believed
const MOST_STRETCH = 2; // s; of a longer one the playout waits for no more
const QUIET_MILLIS = 2000;
const CLOCK_SECONDS = 5; // a time further off says more of the device's clock than of the way
const JUMP_SECONDS = 0.25; // a hole between stretches that is a hole, not jitter

/** One trace; {@link close} ends it. */
export class Trace {
  constructor(device, wave) {
    this.wave = wave;
    this.grid = el("canvas", { class: "wave-grid", "aria-hidden": "true" });
    this.canvas = el("canvas", { class: "wave-trace", role: "img", "aria-label": `${wave.name}: live trace` });
    this.facts = el("span", { class: "small" });
    this.status = el("span", { class: "wave-status" }, "waiting for samples");
    this.pauseButton = el("button", { type: "button", class: "small-button", "aria-pressed": "false", onclick: () => this.pause() }, "Freeze");
    this.node = el(
      "div",
      { class: "wave" },
      el("div", { class: "wave-head" }, el("h3", {}, name(wave.name)), this.facts, this.status, this.pauseButton),
      el("div", { class: "wave-box" }, this.grid, this.canvas),
    );
    this.paused = false;
    this.reset(wave.rate || 100);
    this.resizing = new ResizeObserver(() => this.resize());
    this.resizing.observe(this.canvas.parentElement);
    this.stream = stream(`/devices/${encodeURIComponent(device)}/wave?metric=${encodeURIComponent(wave.name)}`, { stretch: (told) => this.take(told) });
    this.running = requestAnimationFrame((now) => this.frame(now));
    this.telling = setInterval(() => this.tell(), 1000);
  }

  close() {
    this.stream.close();
    this.resizing.disconnect();
    cancelAnimationFrame(this.running);
    clearInterval(this.telling);
    this.node.remove();
  }

  pause() {
    this.paused = !this.paused;
    setAttr(this.pauseButton, "aria-pressed", String(this.paused));
    setText(this.pauseButton, this.paused ? "Go on" : "Freeze");
    if (!this.paused) {
      this.read = Math.max(this.read, this.written - this.delay() * this.rate);
      this.primed = false;
    }
    this.tell();
  }

  reset(rate) {
    this.rate = rate;
    this.samples = new Float32Array(Math.ceil(HELD_SECONDS * rate));
    this.written = 0; // samples so far
    this.read = 0; // samples drawn so far, with a fraction
    this.endsAt = 0; // gateway's time of the sample after the last one
    this.stretch = MARGIN; // s; length of those that come
    this.number = null; // of the last one
    this.primed = false;
    this.last = null; // point drawn last
    this.lastStretch = 0;
    this.low = Infinity;
    this.high = -Infinity;
    this.scale = null;
  }

  take(told) {
    if (told.rate !== this.rate) {
      this.reset(told.rate);
    }
    const micro = told.unit === "uV";
    this.unit = micro ? "mV" : told.unit;
    const factor = micro ? 0.001 : 1;
    const at = Date.parse(told.at);
    const hole = this.endsAt === 0 ? 0 : (at - this.endsAt) / 1000;
    const seconds = told.raw.length / this.rate;
    const next = told.number === this.number + 1; // none between was lost: only much time is a hole, a little is jitter
    this.number = told.number;
    if (hole > (next ? Math.max(JUMP_SECONDS, seconds) : JUMP_SECONDS)) {
      const missing = Math.min(Math.round(hole * this.rate), this.samples.length);
      for (let i = 0; i < missing; i++) {
        this.put(NaN);
      }
    }
    for (const raw of told.raw) {
      this.put(raw === null ? NaN : (raw * told.gain + told.offset) * factor);
    }
    this.endsAt = at + seconds * 1000;
    this.clockGap = (gatewayNow() - this.endsAt) / 1000;
    this.lastStretch = performance.now();
    this.stretch = Math.min(MOST_STRETCH, Math.max(this.stretch * 0.995, seconds));
  }

  /** Seconds buffered as a stretch has come, so that the next one comes before they are drawn. */
  delay() {
    return this.stretch + MARGIN;
  }

  put(value) {
    this.samples[this.written % this.samples.length] = value;
    this.written += 1;
  }

  frame(now) {
    this.running = requestAnimationFrame((next) => this.frame(next));
    const passed = Math.min((now - (this.before ?? now)) / 1000, 0.5);
    this.before = now;
    if (this.paused || !this.context || this.written === 0) {
      return;
    }
    let buffered = (this.written - this.read) / this.rate;
    if (buffered > this.delay() + LATE) {
      this.read = this.written - this.delay() * this.rate; // in time again, at the price of a visible gap
      this.erase(this.x, SKIPPED_PX + ERASED_PX);
      this.x = (this.x + SKIPPED_PX) % this.width;
      this.last = null;
      buffered = this.delay();
    }
    if (!this.primed && buffered < this.delay()) {
      this.sweep(passed); // nothing to show: the old trace goes all the same, so that it cannot be taken for the present
      return;
    }
    this.primed = true;
    const over = buffered - this.delay() - MARGIN;
    const hurry = over > 0 ? Math.min(0.1, over * 0.2) : buffered < MARGIN / 2 ? -0.1 : 0; // the pen's pace; the paper's scale stays
    const until = Math.min(this.read + passed * (1 + hurry) * this.rate, this.written);
    this.draw(until);
    if (until >= this.written) {
      this.primed = false;
      this.last = null;
    }
  }

  draw(until) {
    const step = (MM_PER_SECOND * PX_PER_MM) / this.rate;
    const pen = this.context;
    this.erase(this.x + 1, (until - this.read) * step + ERASED_PX);
    pen.beginPath();
    for (let i = Math.ceil(this.read); i < until; i++) {
      const value = this.samples[i % this.samples.length];
      this.x += step;
      if (this.x > this.width) {
        this.x -= this.width;
        this.last = null;
        this.endOfSweep();
      }
      if (Number.isNaN(value)) {
        this.last = null;
        continue;
      }
      this.low = Math.min(this.low, value);
      this.high = Math.max(this.high, value);
      const y = this.yOf(value);
      if (this.last === null) {
        pen.moveTo(this.x, y);
      } else {
        pen.moveTo(this.last[0], this.last[1]);
        pen.lineTo(this.x, y);
      }
      this.last = [this.x, y];
    }
    this.read = until;
    pen.stroke();
  }

  sweep(passed) {
    const px = passed * MM_PER_SECOND * PX_PER_MM;
    this.erase(this.x, px + ERASED_PX);
    this.x = (this.x + px) % this.width;
    this.last = null;
  }

  erase(from, length) {
    this.context.clearRect(from, 0, Math.min(length, this.width - from), this.height);
    if (from + length > this.width) {
      this.context.clearRect(0, 0, from + length - this.width, this.height);
    }
  }

  yOf(value) {
    if (this.scale === null) {
      this.rescale(...this.heldRange());
    }
    let y = this.height / 2 - (value - this.scale.centre) * this.scale.pxPerUnit;
    if ((y < 0 || y > this.height) && this.scale.mm === null) {
      this.rescale(this.low, this.high); // higher than ever: better another height than a cut peak
      y = this.height / 2 - (value - this.scale.centre) * this.scale.pxPerUnit;
    }
    return y;
  }

  /** Once a sweep, so that within one sweep heights can be compared. */
  endOfSweep() {
    const [low, high] = [this.low, this.high];
    this.low = Infinity;
    this.high = -Infinity;
    if (high >= low) {
      this.rescale(low, high);
    }
  }

  rescale(low, high) {
    const range = Math.max(high - low, 1e-9);
    const centre = (low + high) / 2;
    const before = this.scale;
    if (this.unit === "mV") {
      const fits = (mm) => range * mm * PX_PER_MM < this.height * 0.95;
      const mm = fits(10) ? 10 : fits(5) ? 5 : 2.5;
      const moved = before === null || before.mm !== mm || Math.abs(before.centre - centre) * before.pxPerUnit > this.height * 0.12;
      this.scale = moved ? { centre, pxPerUnit: mm * PX_PER_MM, mm } : before;
    } else {
      const pxPerUnit = (this.height * 0.8) / range;
      const inside = before !== null && pxPerUnit > before.pxPerUnit && pxPerUnit < before.pxPerUnit * 1.3;
      this.scale = inside ? before : { centre, pxPerUnit, mm: null };
    }
    if (before?.mm !== this.scale.mm) {
      this.tell();
    }
  }

  /** Lowest and highest of what is buffered. */
  heldRange() {
    let low = Infinity;
    let high = -Infinity;
    for (let i = Math.max(0, this.written - this.samples.length); i < this.written; i++) {
      const value = this.samples[i % this.samples.length];
      if (!Number.isNaN(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return [low, high];
  }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    if (box.width === 0) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    this.width = Math.floor(box.width);
    this.height = Math.floor(box.height);
    for (const canvas of [this.grid, this.canvas]) {
      canvas.width = this.width * ratio;
      canvas.height = this.height * ratio;
    }
    this.context = this.canvas.getContext("2d");
    this.context.scale(ratio, ratio);
    this.x = 0;
    this.last = null;
    this.scale = null;
    this.colours();
  }

  /** Takes the colours of the theme, and draws the paper. */
  colours() {
    if (!this.context) {
      return;
    }
    const style = getComputedStyle(this.node);
    this.context.strokeStyle = style.getPropertyValue(this.unit === "mV" || /ecg/i.test(this.wave.name) ? "--trace" : "--trace-2");
    this.context.lineWidth = 1.8;
    this.context.lineJoin = "round";
    const paper = this.grid.getContext("2d");
    const ratio = devicePixelRatio || 1;
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.clearRect(0, 0, this.width, this.height);
    const millivolt = this.wave.unit === "mV" || this.wave.unit === "uV";
    const fine = style.getPropertyValue("--grid");
    const bold = style.getPropertyValue(millivolt ? "--grid-2" : "--line");
    const line = (x1, y1, x2, y2, colour, width) => {
      paper.strokeStyle = colour;
      paper.lineWidth = width;
      paper.beginPath();
      paper.moveTo(x1, y1);
      paper.lineTo(x2, y2);
      paper.stroke();
    };
    const across = millivolt ? 1 : MM_PER_SECOND;
    for (let mm = 0; mm * PX_PER_MM < this.width; mm += across) {
      const x = mm * PX_PER_MM;
      line(x, 0, x, this.height, mm % 5 === 0 ? bold : fine, mm % MM_PER_SECOND === 0 && millivolt ? 1.4 : mm % 5 === 0 ? 1 : 0.5);
    }
    if (millivolt) {
      for (let mm = 0; mm * PX_PER_MM < this.height / 2; mm++) {
        for (const y of [this.height / 2 - mm * PX_PER_MM, this.height / 2 + mm * PX_PER_MM]) {
          line(0, y, this.width, y, mm % 5 === 0 ? bold : fine, mm % 5 === 0 ? 1 : 0.5);
        }
      }
    }
  }

  tell() {
    const scale = this.scale?.mm ? ` · ${this.scale.mm} mm/mV` : this.unit === "mV" ? "" : " · height fitted";
    setText(this.facts, `${MM_PER_SECOND} mm/s${scale} · ${this.rate} samples/s${unit(this.unit) ? ` · ${unit(this.unit)}` : ""}`);
    const quiet = performance.now() - this.lastStretch;
    if (this.paused) {
      setText(this.status, "○ frozen: not the present");
    } else if (this.lastStretch === 0) {
      setText(this.status, "○ waiting for samples");
    } else if (quiet > QUIET_MILLIS) {
      setText(this.status, `○ no samples for ${Math.round(quiet / 1000)} s`);
    } else {
      const shownLate = (this.written - this.read) / this.rate;
      const sinceLast = (gatewayNow() - this.endsAt) / 1000;
      const told = Math.abs(this.clockGap) < CLOCK_SECONDS ? `${Math.max(0, sinceLast + shownLate).toFixed(1)} s behind` : `${Math.max(0, shownLate + quiet / 1000).toFixed(1)} s after arrival`;
      setText(this.status, `● ${told}`);
    }
    setAttr(this.status, "data-state", !this.paused && this.lastStretch !== 0 && quiet <= QUIET_MILLIS ? "on" : "off");
  }
}

const NAMES = { ecg: "ECG", spo2: "SpO₂", co2: "CO₂", resp: "Respiration" };

/** `ecg-ii.wave` → `ECG II`. */
function name(metric) {
  return metric
    .split(/[.-]/)
    .filter((part) => part !== "wave")
    .map((part) => NAMES[part] ?? (/^(i{1,3}|v\d|av[rlf]|mcl\d?)$/.test(part) ? part.toUpperCase() : words(part).toLowerCase()))
    .join(" ");
}
