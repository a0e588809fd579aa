// The last minutes of values: a small line in each row, and one large.
import uPlot from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";
import { el, setAttr, setText } from "./dom.js";
import { time, unit } from "./format.js";

const SPARK = { width: 150, height: 34 };
const TREND_HEIGHT = 200;

/** Times and values of a metric, as uPlot takes them. */
export function series(told, metric) {
  const values = told.metrics[metric].values;
  const last = Date.parse(told.until) / 1000;
  const times = values.map((_, i) => last - (values.length - 1 - i) * told.stepSeconds);
  return [times, values];
}

/** A line without axes; its words are for those who do not see it. */
export class Spark {
  constructor() {
    this.node = el("div", { class: "spark", role: "img", "aria-label": "no values yet" });
    this.plot = null;
  }

  tell(data, ucum) {
    const known = data[1].filter((value) => value !== null);
    if (known.length === 0) {
      return;
    }
    const words = `from ${Math.min(...known)} to ${Math.max(...known)} ${unit(ucum)}, last ${known[known.length - 1]}`;
    setAttr(this.node, "aria-label", words);
    setAttr(this.node, "title", words);
    if (this.plot === null) {
      this.plot = new uPlot(options(this.node, SPARK.width, SPARK.height, false), data, this.node);
    } else {
      this.plot.setData(data);
    }
  }

  recolour() {
    if (this.plot !== null) {
      const data = this.plot.data;
      this.plot.destroy();
      this.plot = new uPlot(options(this.node, SPARK.width, SPARK.height, false), data, this.node);
    }
  }
}

/** A line with axes, and what is under the pointer in words. */
export class Trend {
  constructor(node, at) {
    this.node = node;
    this.at = at;
    this.plot = null;
    this.metric = null;
    new ResizeObserver(() => this.plot?.setSize({ width: Math.max(200, node.clientWidth), height: TREND_HEIGHT })).observe(node);
  }

  tell(metric, label, data, ucum) {
    this.ucum = ucum;
    const known = data[1].filter((value) => value !== null);
    setAttr(this.node, "aria-label", known.length === 0 ? `${label}: no values in the last minutes` : `${label}, last minutes: from ${Math.min(...known)} to ${Math.max(...known)} ${unit(ucum)}`);
    if (this.metric === metric && this.plot !== null) {
      this.plot.setData(data);
      return;
    }
    this.plot?.destroy();
    this.metric = metric;
    this.plot = new uPlot(options(this.node, Math.max(200, this.node.clientWidth), TREND_HEIGHT, true, (plot) => this.point(plot)), data, this.node);
  }

  recolour() {
    if (this.plot !== null) {
      const data = this.plot.data;
      this.plot.destroy();
      this.plot = new uPlot(options(this.node, Math.max(200, this.node.clientWidth), TREND_HEIGHT, true, (plot) => this.point(plot)), data, this.node);
    }
  }

  point(plot) {
    const i = plot.cursor.idx;
    if (i === null || i === undefined) {
      setText(this.at, "");
    } else {
      const value = plot.data[1][i];
      setText(this.at, `${time(plot.data[0][i] * 1000)}: ${value === null ? "no value" : `${value} ${unit(this.ucum)}`}`);
    }
  }
}

function options(node, width, height, large, pointed) {
  const style = getComputedStyle(node);
  const colour = style.getPropertyValue("--trace-2");
  const ink = style.getPropertyValue("--ink-2");
  const grid = { stroke: style.getPropertyValue("--line"), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: "12px system-ui, sans-serif" };
  return {
    width,
    height,
    padding: large ? [10, 8, 0, 0] : [3, 2, 3, 2],
    legend: { show: false },
    cursor: large ? { y: false, drag: { x: false, y: false } } : { show: false },
    select: { show: false },
    scales: { x: { time: true }, y: { range: { min: { pad: 0.1, soft: null, mode: 0 }, max: { pad: 0.1, soft: null, mode: 0 } } } },
    axes: large ? [{ ...axis, values: (_, splits) => splits.map((at) => time(at * 1000)), space: 90 }, { ...axis, size: 56 }] : [{ show: false }, { show: false }],
    series: [{}, { stroke: colour, width: large ? 2 : 1.5, spanGaps: false, points: { show: false } }],
    hooks: pointed ? { setCursor: [pointed] } : {},
  };
}
