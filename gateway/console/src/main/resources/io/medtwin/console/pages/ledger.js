// Ledger: what was received, and that nothing of it vanished.
import { get } from "./api.js";
import { byId, el, first, keyed, setAttr, setText, show, showsAll } from "./dom.js";
import { age, count, time } from "./format.js";
import { poll, problem, settled, start } from "./shell.js";

const PARTS = ["delivered", "coalesced", "pending", "rejected", "expired"];
const SIGNS = { received: "", delivered: "=", coalesced: "+", pending: "+", rejected: "+", expired: "+" };
const POLL_MILLIS = 5000;
const MOST_ROWS = 200; // at first
const MOST_GAPS = 500; // in the table, the latest

const open = new Set(); // devices whose metrics are shown
let told = null;

function isExact(balance) {
  return balance.received === PARTS.reduce((sum, part) => sum + balance[part], 0);
}

function draw() {
  setText(byId("as-of"), `as of ${time(told.at)}`);
  drawEquation();
  drawOutages();
  drawDevices();
  drawGaps();
}

function drawEquation() {
  const exact = told.exact && isExact(told.total);
  keyed(
    byId("equation"),
    [...["received", ...PARTS].map((name) => ({ name, sign: SIGNS[name], text: count(told.total[name]) })), { name: "balance", sign: "", text: exact ? "✓ exact" : "✗ NOT BALANCED" }],
    (part) => part.name,
    (part) => el("div", { "data-part": part.name }, el("dt", {}, part.name), el("dd", {}, el("span", { class: "sign" }), el("span", { class: "sum" }))),
    (node, part) => {
      const [sign, sum] = node.lastChild.children;
      setText(sign, part.sign);
      setText(sum, part.text);
      if (part.name === "balance") {
        setAttr(node, "class", exact ? "good" : "bad");
      }
    },
  );
}

function drawOutages() {
  const outages = [...told.outages].reverse();
  show(byId("no-outages"), outages.length === 0);
  keyed(
    byId("outages"),
    outages,
    (outage) => outage.from,
    () => el("li", {}, el("p", { class: "sentence" }), el("p", { class: "small" })),
    (node, outage) => {
      setText(node.firstChild, `${outage.to === null ? "▲ Now: " : ""}${outage.sentence}`);
      setAttr(node, "data-state", outage.to === null ? "now" : outage.lost > 0 ? "lost" : null);
      const drained = outage.drainedAt ? `, drained ${time(outage.drainedAt)}` : outage.to ? ", draining" : "";
      setText(node.lastChild, `${time(outage.from)} – ${outage.to ? time(outage.to) : "now"}${drained}; ${count(outage.stored)} stored, ${count(outage.lost)} lost`);
    },
  );
}

function drawDevices() {
  const text = byId("find").value.trim().toLowerCase();
  const only = byId("only").checked;
  const fits = told.devices.filter((device) => device.device.toLowerCase().includes(text) && (!only || gapsOf(device) > 0 || device.total.expired > 0 || !device.exact));
  setText(byId("n-devices"), fits.length === told.devices.length ? count(fits.length) : `${count(fits.length)} of ${count(told.devices.length)}`);
  const rows = [];
  for (const device of first(fits, MOST_ROWS, byId("more"))) {
    rows.push({ key: `device ${device.device}`, device, balance: device.total });
    if (open.has(device.device)) {
      device.metrics.forEach((metric) => rows.push({ key: `metric ${device.device} ${metric.metric}`, metric, balance: metric }));
    }
  }
  keyed(byId("devices"), rows, (row) => row.key, makeRow, changeRow);
}

function gapsOf(device) {
  return device.gaps.length + device.gapsBefore;
}

function makeRow(row) {
  const numbers = Array.from({ length: 6 }, () => el("td", { class: "num" }));
  if (row.metric) {
    return el("tr", { class: "metric" }, el("th", { scope: "row" }, row.metric.metric), numbers, el("td", {}), el("td", {}), el("td", {}));
  }
  const name = row.device.device;
  const button = el("button", { type: "button", class: "expand", "aria-expanded": "false" }, el("span", { class: "expand-mark", "aria-hidden": "true" }, "▸"), name);
  button.addEventListener("click", () => {
    if (!open.delete(name)) {
      open.add(name);
    }
    drawDevices();
  });
  return el("tr", {}, el("th", { scope: "row" }, button), numbers, el("td", { class: "nowrap" }), el("td", { class: "num" }), el("td", { class: "mono nowrap" }));
}

function changeRow(node, row) {
  const cells = node.children;
  ["received", ...PARTS].forEach((name, i) => setText(cells[i + 1], count(row.balance[name])));
  const exact = isExact(row.balance) && (row.device?.exact ?? true);
  setText(cells[7], exact ? "✓ exact" : "✗ NOT BALANCED");
  setAttr(cells[7], "class", exact ? "good nowrap" : "bad nowrap");
  if (row.device) {
    const button = cells[0].firstChild;
    const shown = open.has(row.device.device);
    setAttr(button, "aria-expanded", String(shown));
    setText(button.firstChild, shown ? "▾" : "▸");
    setText(cells[8], count(gapsOf(row.device)));
    setText(cells[9], `${row.device.epoch}.${row.device.seq}`);
  }
}

function drawGaps() {
  const gaps = told.devices.flatMap((device) => device.gaps.map((gap) => ({ ...gap, device: device.device })));
  gaps.sort((one, other) => String(other.from).localeCompare(String(one.from)));
  const before = told.devices.reduce((sum, device) => sum + device.gapsBefore, 0);
  setText(byId("n-gaps"), before > 0 ? `${count(gaps.length)}, and ${count(before)} earlier ones` : count(gaps.length));
  show(byId("no-gaps"), gaps.length === 0);
  show(byId("gaps-table"), gaps.length > 0);
  keyed(
    byId("gaps"),
    gaps.slice(0, MOST_GAPS),
    (gap) => `${gap.device} ${gap.from} ${gap.reason}`,
    (gap) => el("tr", {}, el("th", { scope: "row" }, el("a", { href: `/device.html?id=${encodeURIComponent(gap.device)}` }, gap.device)), el("td", { class: "nowrap" }), el("td", { class: "nowrap" }), el("td", { class: "num" }), el("td", { class: "nowrap" }), el("td", {})),
    (node, gap) => {
      const planned = gap.planned === true || /^(planned|maintenance)/i.test(gap.reason);
      const [, from, to, length, kind, reason] = node.children;
      setText(from, time(gap.from));
      setText(to, time(gap.to));
      setText(length, age(Date.parse(gap.to) - Date.parse(gap.from)));
      setText(kind, planned ? "○ planned" : "△ not planned");
      setAttr(kind, "class", planned ? "nowrap" : "warn nowrap");
      setText(reason, gap.reason);
    },
  );
}

await start("ledger");
byId("tools").addEventListener("input", () => told && drawDevices());
showsAll(byId("more"), drawDevices);
byId("tools").addEventListener("submit", (event) => event.preventDefault());
poll(POLL_MILLIS, async () => {
  try {
    told = await get("/ledger");
    settled();
    draw();
  } catch (error) {
    problem(error);
  }
});
