// Flow: what goes where, how fast, how late, and what is lost on the way; as a picture and as tables.
import { get } from "./api.js";
import { byId, el, keyed, setAttr, setText, svg } from "./dom.js";
import { age, bytes, count, millis, rate, since, time } from "./format.js";
import { problem, start } from "./shell.js";

const MOST_LINKS = 12; // drawn one by one; the others are one box
const ROW = 62;
const BOX = 46;
const LINK = { x: 0, w: 232 };
const DRIVER = { x: 350, w: 124 };
const JOURNAL = { x: 596, w: 132 };
const TWINS = { x: 842, w: 132 };
const DITTO = { x: 1098, w: 138 };
const WIDTH = 1240;

const REACH = { connected: "reached", connecting: "being reached …", disconnected: "not reached" };
const STAGES = {
  reading: "Read by the driver",
  durable: "On disk",
  sent: "Sent to Ditto",
  acknowledged: "Acknowledged by Ditto",
  "alert-acknowledged": "Alerts alone, acknowledged",
};

function draw(flow) {
  setText(byId("as-of"), `as of ${time(flow.at)}`);
  byId("picture").replaceChildren(picture(flow));
  drawLatencies(flow.latencies);
  drawEdges(flow);
}

function picture(flow) {
  const links = shownLinks(flow.links);
  const height = Math.max(3.4, links.length) * ROW + 12;
  const middle = height / 2;
  const drivers = new Map();
  links.forEach((link, i) => {
    const y = 6 + i * ROW + (height - 12 - links.length * ROW) / 2 + ROW / 2;
    link.y = y;
    const driver = drivers.get(link.driver) ?? { name: link.driver, ys: [], rate: 0, running: false };
    driver.ys.push(y);
    driver.rate += link.reportsPerSecond ?? 0;
    driver.running ||= link.state === "running";
    drivers.set(link.driver, driver);
  });
  spread([...drivers.values()], height);
  const parts = [];
  for (const link of links) {
    const driver = drivers.get(link.driver);
    const lost = lossOf(link);
    parts.push(edge(LINK.x + LINK.w, link.y, DRIVER.x, driver.y, link.reportsPerSecond, link.state === "running", lost !== ""));
    parts.push(label((LINK.x + LINK.w + DRIVER.x) / 2, (link.y * 3 + driver.y) / 4 - 5, rate(link.reportsPerSecond)));
    if (lost !== "") {
      parts.push(label((LINK.x + LINK.w + DRIVER.x) / 2, (link.y * 3 + driver.y) / 4 + 14, lost, "lost"));
    }
    const running = link.state === "running";
    parts.push(box(LINK, link.y, link.name, running ? `${link.transport}` : `○ ${link.state}${link.why ? `: ${link.why}` : ""}`, running ? "ok" : link.state === "waiting" ? "still" : "bad", `${link.transport} · ${link.devices.join(", ")}`));
  }
  for (const driver of drivers.values()) {
    parts.push(edge(DRIVER.x + DRIVER.w, driver.y, JOURNAL.x, middle, driver.rate, driver.running, false));
    parts.push(box(DRIVER, driver.y, driver.name, rate(driver.rate), "ok", "driver"));
  }
  const journal = flow.journal;
  const keeper = flow.keeper;
  const way = flow.backend;
  const reached = way.reach === "connected";
  parts.push(label(JOURNAL.x + JOURNAL.w / 2, middle - 40, `${rate(journal.reportsPerSecond)} in`, "strong"));
  parts.push(label(JOURNAL.x + JOURNAL.w / 2, middle + 50, `${count(journal.waiting)} waiting`));
  parts.push(edge(JOURNAL.x + JOURNAL.w, middle, TWINS.x, middle, keeper.reportsPerSecond, true, false));
  parts.push(label((JOURNAL.x + JOURNAL.w + TWINS.x) / 2, middle - 12, rate(keeper.reportsPerSecond), "strong"));
  parts.push(label((JOURNAL.x + JOURNAL.w + TWINS.x) / 2, middle + 24, `${count(keeper.waiting)} waiting`));
  parts.push(edge(TWINS.x + TWINS.w, middle, DITTO.x, middle, way.storedPerSecond, reached, way.refused > 0));
  const x = (TWINS.x + TWINS.w + DITTO.x) / 2;
  parts.push(label(x, middle - 30, rate(way.storedPerSecond), "strong"));
  parts.push(label(x, middle - 12, `${count(way.inFlight)} of ${count(way.window)} in flight`));
  parts.push(label(x, middle + 24, way.oldestPending ? `oldest ${age(since(way.oldestPending))}` : "none pending"));
  if (way.refused > 0) {
    parts.push(label(x, middle + 42, `△ ${count(way.refused)} refused`, "lost"));
  }
  parts.push(box(JOURNAL, middle, "Journal", journal.health === "ok" ? `${bytes(journal.bytes)} of ${bytes(journal.maxBytes)}` : `▲ ${journal.health}`, journal.health === "ok" ? "ok" : "bad", "", 30));
  parts.push(box(TWINS, middle, "Twins", `${count(keeper.pending)} pending`, "ok", "", 30));
  parts.push(box(DITTO, middle, "Ditto", `${reached ? "●" : "○"} ${REACH[way.reach] ?? way.reach}`, reached ? "ok" : "bad", "", 30));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": "Devices, drivers, journal, twins and Ditto, with rates; the tables below say the same in numbers", class: "flow" }, parts);
}

/** Those in trouble first, then the busiest; the rest as one. */
function shownLinks(links) {
  const rank = (link) => (link.state === "running" ? (lossOf(link) === "" ? 2 : 1) : 0);
  const sorted = [...links].sort((one, other) => rank(one) - rank(other) || (other.reportsPerSecond ?? 0) - (one.reportsPerSecond ?? 0));
  const shown = links.length <= MOST_LINKS ? [...links] : sorted.slice(0, MOST_LINKS - 1);
  const drivers = [...new Set(shown.map((link) => link.driver))];
  shown.sort((one, other) => drivers.indexOf(one.driver) - drivers.indexOf(other.driver));
  const copies = shown.map((link) => ({ ...link }));
  const rest = links.length <= MOST_LINKS ? [] : sorted.slice(MOST_LINKS - 1);
  if (rest.length > 0) {
    const sum = (field) => rest.reduce((all, link) => all + (link[field] ?? 0), 0);
    const running = rest.filter((link) => link.state === "running").length;
    copies.push({ name: `${rest.length} more links`, transport: `${running} running`, driver: "others", state: "running", why: "", devices: [], reportsPerSecond: sum("reportsPerSecond"), discardedBytes: sum("discardedBytes"), discards: sum("discards"), refusals: sum("refusals") });
  }
  return copies;
}

/** Sets the drivers' heights: near their links, never over one another. */
function spread(drivers, height) {
  drivers.forEach((driver) => (driver.y = driver.ys.reduce((sum, y) => sum + y, 0) / driver.ys.length));
  drivers.sort((one, other) => one.y - other.y);
  for (let i = 1; i < drivers.length; i++) {
    drivers[i].y = Math.max(drivers[i].y, drivers[i - 1].y + ROW * 0.85);
  }
  const over = drivers.length === 0 ? 0 : drivers[drivers.length - 1].y + ROW / 2 - height;
  if (over > 0) {
    drivers.forEach((driver) => (driver.y -= over / 2));
  }
}

function lossOf(link) {
  const lost = [];
  if (link.discards > 0) {
    lost.push(`△ ${bytes(link.discardedBytes)} lost`);
  }
  if (link.refusals > 0) {
    lost.push(`△ ${count(link.refusals)} refused`);
  }
  return lost.join(", ");
}

function edge(x1, y1, x2, y2, perSecond, running, lossy) {
  const bend = (x2 - x1) / 2;
  const width = 1.5 + Math.log2(1 + (perSecond ?? 0)) * 0.55;
  return svg("path", { d: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, class: `edge${running ? "" : " still"}${lossy ? " lossy" : ""}`, "stroke-width": width.toFixed(1) });
}

function label(x, y, text, kind = "") {
  return svg("text", { x, y, class: `edge-label ${kind}`, "text-anchor": "middle" }, text);
}

function box(place, y, name, more, state, title, half = BOX / 2) {
  return svg(
    "g",
    { class: `box ${state}` },
    title ? svg("title", {}, title) : null,
    svg("rect", { x: place.x + 1, y: y - half, width: place.w - 2, height: half * 2, rx: 7 }),
    svg("text", { x: place.x + 12, y: y - 4, class: "box-name" }, cut(name, place.w, 8.2)),
    svg("text", { x: place.x + 12, y: y + 14, class: "box-more" }, cut(more, place.w, state === "bad" ? 7.4 : 6.6)),
  );
}

function cut(text, width, each) {
  const most = Math.floor((width - 20) / each);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function drawLatencies(latencies) {
  keyed(
    byId("latencies"),
    latencies,
    (one) => one.stage,
    (one) => el("tr", {}, el("th", { scope: "row" }, STAGES[one.stage] ?? one.stage), ...Array.from({ length: 4 }, () => el("td", { class: "num" }))),
    (row, one) => {
      setText(row.children[1], millis(one.p50));
      setText(row.children[2], millis(one.p95));
      setText(row.children[3], millis(one.p99));
      setText(row.children[4], count(one.count));
    },
  );
}

function drawEdges(flow) {
  const p95 = (stage) => {
    const one = flow.latencies.find((latency) => latency.stage === stage);
    return one === undefined || one.p95 === null ? "–" : `${millis(one.p95)} (p95)`;
  };
  const way = flow.backend;
  const rows = flow.links.map((link) => ({
    key: `link ${link.name}`,
    way: `${link.name} → ${link.driver}`,
    more: `${link.transport} · ${link.devices.join(", ") || "no device configured"}`,
    rate: rate(link.reportsPerSecond),
    waiting: "–",
    lag: "–",
    loss: [link.discards > 0 ? `${count(link.discards)} discarded (${bytes(link.discardedBytes)})` : "", link.refusals > 0 ? `${count(link.refusals)} refused` : "", link.repetitions > 0 ? `${count(link.repetitions)} repeated, taken once` : ""].filter(Boolean).join(", ") || "none",
    state: `${link.state === "running" ? "●" : "○"} ${link.state}${link.why ? `: ${link.why}` : ""}`,
    bad: ["backing-off", "quarantined", "stopped"].includes(link.state),
  }));
  rows.push(
    { key: "journal", way: "Drivers → journal", more: `${count(flow.journal.reports)} reports in ${count(flow.journal.commits)} commits`, rate: rate(flow.journal.reportsPerSecond), waiting: count(flow.journal.waiting), lag: p95("durable"), loss: "none", state: flow.journal.health === "ok" ? "● ok" : `▲ ${flow.journal.health}`, bad: flow.journal.health !== "ok" },
    { key: "twins", way: "Journal → twins", more: `${count(flow.keeper.reports)} reports`, rate: rate(flow.keeper.reportsPerSecond), waiting: count(flow.keeper.waiting), lag: p95("sent"), loss: "none", state: "● running", bad: false },
    { key: "ditto", way: "Twins → Ditto", more: `${count(way.stored)} of ${count(way.sent)} confirmed, window ${count(way.window)}${way.limitPerSecond > 0 ? `, limit ${count(way.limitPerSecond)}/s` : ""}`, rate: rate(way.storedPerSecond), waiting: `${count(flow.keeper.pending)} pending, ${count(way.inFlight)} in flight`, lag: way.oldestPending ? `${age(since(way.oldestPending))} (oldest)` : p95("acknowledged"), loss: [way.refused > 0 ? `${count(way.refused)} refused` : "", way.busy > 0 ? `${count(way.busy)} put back, sent again` : ""].filter(Boolean).join(", ") || "none", state: `${way.reach === "connected" ? "●" : "○"} ${REACH[way.reach] ?? way.reach}`, bad: way.reach !== "connected" },
  );
  keyed(
    byId("edges"),
    rows,
    (row) => row.key,
    () => el("tr", {}, el("th", { scope: "row" }, el("span", {}), el("span", { class: "path" })), el("td", { class: "num" }), el("td", { class: "num" }), el("td", { class: "num" }), el("td", {}), el("td", {})),
    (node, row) => {
      const [way, rateCell, waiting, lag, loss, state] = node.children;
      setText(way.firstChild, row.way);
      setText(way.lastChild, row.more);
      setText(rateCell, row.rate);
      setText(waiting, row.waiting);
      setText(lag, row.lag);
      setText(loss, row.loss);
      setText(state, row.state);
      setAttr(state, "class", row.bad ? "bad" : null);
    },
  );
}

await start("flow", { flow: draw });
get("/flow").then(draw, problem);
