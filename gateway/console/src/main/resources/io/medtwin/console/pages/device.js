// One device: values, traces, alerts, clock, identity, maintenance, and the way from bytes to the twin.
import { get, may, put, remove, whoAmI } from "./api.js";
import { byId, el, keyed, onFrame, setAttr, setText, show } from "./dom.js";
import { byPriority, count, fullTime, priority, time, timeChoice, unit, valueName, words } from "./format.js";
import { inspect, tellUnmapped, unmappedCard } from "./inspect.js";
import { lamps, tellAlerts, tellExceptions, tellLamps, tellMuted, tellWhy, tick } from "./lamps.js";
import { onTheme, onTimeChoice, poll, problem, settled, start } from "./shell.js";
import { series, Spark, Trend } from "./trends.js";
import { Trace } from "./wave.js";

const MOST_TRACES = 2; // each needs one of the browser's six streams to a gateway
const LEAST_MILLIS = 1000; // between two questions for the device

const FRESHNESS = {
  fresh: "●",
  unchanged: "●",
  stale: "◐",
  disconnected: "○",
  invalid: "△",
  absent: "–",
};

const id = new URLSearchParams(location.search).get("id");
const traces = new Map();
const sparks = new Map();
let device = null;
let trends = null;
let askedAt = 0;
let head = null;
let chosenWaves = null;

const trend = new Trend(byId("trend"), byId("trend-at"));

function setUpHead() {
  head = {
    lamps: lamps(),
    why: el("p", { class: "why", hidden: true }),
    exceptions: el("ul", { class: "exceptions", "aria-label": "Exceptions" }),
    alerts: el("ul", { class: "alerts", "aria-label": "Alerts present" }),
    muted: el("p", { class: "muted", hidden: true }),
  };
  byId("state").append(head.lamps, head.why, head.exceptions, head.alerts, head.muted);
}

const drawHead = onFrame(() => {
  tellLamps(head.lamps, device);
  tellWhy(head.why, device);
  tellExceptions(head.exceptions, device);
  tellAlerts(head.alerts, [...device.alerts].sort(byPriority));
  tellMuted(head.muted, device);
});

async function ask() {
  askedAt = Date.now();
  try {
    device = await get(`/devices/${encodeURIComponent(id)}`);
    settled();
  } catch (error) {
    problem(error);
    if (error.status === 404) {
      choose();
    }
    return;
  }
  show(byId("device"), true);
  drawHead();
  draw();
}

function draw() {
  setText(byId("model"), [device.manufacturer, device.model].filter((word, i) => word && (i === 1 || !String(device.model).startsWith(word))).join(" ") + (device.class ? ` · ${words(device.class).toLowerCase()}` : ""));
  drawValues();
  drawWaves();
  drawHistory();
  drawMaintenance();
  drawFacts();
  const unmapped = device.unmappedParameters ?? [];
  show(byId("unmapped-part"), unmapped.length > 0);
  keyed(byId("unmapped"), unmapped, (one) => one.parameter, unmappedCard, tellUnmapped);
  setText(byId("tab-inspect"), unmapped.length > 0 ? `Inspect (${unmapped.length} unmapped)` : "Inspect");
}

function drawValues() {
  const source = timeChoice() === "source";
  setText(byId("h-time"), source ? "Observed (device)" : "Arrived (gateway)");
  keyed(byId("values"), device.details ?? [], (value) => value.name, makeRow, (row, value) => {
    const [, now, freshness, validity, when, , code] = row.children;
    setText(now.firstChild, value.text === "" || value.text === null ? "– –" : value.text);
    setText(now.lastChild, value.text === "" || value.text === null ? "" : unit(value.unit));
    setText(freshness, `${FRESHNESS[value.freshness] ?? "?"} ${value.freshness}`);
    setAttr(freshness, "data-freshness", value.freshness);
    setText(validity, [words(value.validity).toLowerCase(), ...(value.flags ?? []).filter((flag) => flag.toLowerCase() !== value.validity)].join(", "));
    setAttr(validity, "data-valid", value.validity === "valid" || value.validity === "validated" ? "yes" : "no");
    const chosen = source ? value.observedAt : value.receivedAt;
    const shown = chosen ?? value.receivedAt;
    setText(when, time(shown) + (source && !value.observedAt && value.receivedAt ? " (arrival)" : ""));
    setAttr(when, "title", fullTime(shown));
    setText(code, value.code ? String(value.code) : "–");
  });
}

function makeRow(value) {
  const spark = new Spark();
  sparks.set(value.name, spark);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, valueName(value), el("span", { class: "path" }, value.name)),
    el("td", { class: "num" }, el("span", { class: "number" }), el("span", { class: "unit" })),
    el("td", {}),
    el("td", {}),
    el("td", { class: "nowrap" }),
    el("td", { class: "spark-cell" }, spark.node),
    el("td", { class: "mono" }),
  );
}

function drawWaves() {
  const waves = device.waves ?? [];
  show(byId("waves-part"), waves.length > 0);
  chosenWaves ??= new Set(waves.slice(0, MOST_TRACES).map((wave) => wave.name));
  show(byId("wave-choice"), waves.length > MOST_TRACES);
  keyed(byId("wave-choice"), waves, (wave) => wave.name, makeWaveChoice, () => {});
  const shown = waves.filter((wave) => chosenWaves.has(wave.name));
  for (const [name, trace] of traces) {
    if (!shown.some((wave) => wave.name === name)) {
      trace.close();
      traces.delete(name);
    }
  }
  for (const wave of shown) {
    if (!traces.has(wave.name)) {
      const trace = new Trace(id, wave);
      traces.set(wave.name, trace);
      byId("waves").append(trace.node);
    }
  }
}

function makeWaveChoice(wave) {
  const box = el("input", { type: "checkbox", checked: chosenWaves.has(wave.name) });
  box.addEventListener("change", () => {
    if (box.checked) {
      chosenWaves.add(wave.name);
      while (chosenWaves.size > MOST_TRACES) {
        chosenWaves.delete(chosenWaves.values().next().value);
      }
    } else {
      chosenWaves.delete(wave.name);
    }
    for (const other of byId("wave-choice").querySelectorAll("input")) {
      other.checked = chosenWaves.has(other.value);
    }
    drawWaves();
  });
  box.value = wave.name;
  return el("label", { class: "check" }, box, wave.name);
}

function drawHistory() {
  const history = [...(device.alertHistory ?? [])].sort((one, other) => String(other.startedAt).localeCompare(String(one.startedAt)));
  show(byId("no-history"), history.length === 0);
  show(byId("history-table"), history.length > 0);
  keyed(
    byId("history"),
    history,
    (alert) => `${alert.code} ${alert.startedAt}`,
    () => el("tr", {}, el("td", { class: "nowrap" }), el("td", {}), el("td", { class: "mono" }), el("td", { class: "nowrap" }), el("td", { class: "nowrap" })),
    (row, alert) => {
      const told = priority(alert.priority);
      const [level, text, code, began, ended] = row.children;
      setText(level, `${told.mark} ${told.word}`);
      setText(text, alert.text || alert.code);
      setText(code, alert.code);
      setText(began, time(alert.startedAt));
      setText(ended, alert.endedAt ? time(alert.endedAt) : "● present");
    },
  );
}

function drawMaintenance() {
  const muted = device.muted;
  show(byId("muted-now"), Boolean(muted));
  show(byId("mute"), !muted);
  if (muted) {
    setText(byId("muted-text"), `Muted until ${time(muted.until)} by ${muted.by}: ${muted.reason}`);
  }
}

function drawFacts() {
  const clock = device.clock;
  facts(byId("clock"), clock === null || clock === undefined ? [["Clock", "It gives no time: times are those of arrival."]] : [
    ["Quality", words(clock.quality)],
    ["Offset", clock.offsetMs === null ? "nothing to compare" : offsetWords(clock.offsetMs, clock.uncertaintyMs)],
    ["Drift", clock.driftPpm === null || clock.driftPpm === undefined ? "not known yet" : `${clock.driftPpm} ppm`],
    ["Timeline", clock.timeline],
  ]);
  const battery = device.battery;
  facts(byId("identity"), [
    ...Object.entries(device.identity ?? {}).map(([name, text]) => [words(name), text]),
    ...(device.aliases ?? []).map((alias) => ["Known as", `${alias.identifier} (${alias.sources.join(", ")})`]),
    ["Battery", battery ? `${battery.text} ${unit(battery.unit)}` : "it does not say"],
    ["Profile", device.profile],
    ["Driver", device.driver],
    ["Twin", device.thingId],
    ["Twin standing", device.standing],
  ]);
  const conflict = byId("conflict");
  if ((device.conflict ?? "") !== (conflict.dataset.said ?? "")) {
    conflict.dataset.said = device.conflict ?? "";
    conflict.replaceChildren(...(device.conflict ? [el("p", { class: "warn" }, `△ ${device.conflict}`)] : []));
  }
  const ledger = device.ledger;
  if (ledger) {
    const exact = ledger.received === ledger.delivered + ledger.coalesced + ledger.pending + ledger.rejected + ledger.expired;
    facts(byId("ledger"), [
      ...["received", "delivered", "coalesced", "pending", "rejected", "expired"].map((name) => [words(name), count(ledger[name])]),
      ["Balance", exact ? "✓ exact" : "✗ NOT BALANCED"],
    ]);
  }
  keyed(byId("gaps"), device.gaps ?? [], (gap) => gap.from, () => el("li", { class: "small" }), (node, gap) => setText(node, `Gap ${time(gap.from)} – ${time(gap.to)}: ${gap.reason}`));
}

function offsetWords(offsetMs, uncertaintyMs) {
  const seconds = (Math.abs(offsetMs) / 1000).toFixed(2);
  const way = offsetMs < 0 ? "behind" : "ahead of";
  return `${seconds} s ${way} the gateway (± ${((uncertaintyMs ?? 0) / 1000).toFixed(2)} s)`;
}

function facts(list, pairs) {
  keyed(
    list,
    pairs.filter(([, text]) => text !== null && text !== undefined && text !== "").map(([name, text], i) => ({ key: `${name} ${i}`, name, text })),
    (fact) => fact.key,
    (fact) => el("div", {}, el("dt", {}, fact.name), el("dd", {})),
    (node, fact) => setText(node.lastChild, fact.text),
  );
}

async function askTrends() {
  try {
    trends = await get(`/devices/${encodeURIComponent(id)}/trends`);
  } catch {
    return; // the device's own question says what is wrong
  }
  for (const [name, spark] of sparks) {
    if (trends.metrics[name]) {
      spark.tell(series(trends, name), trends.metrics[name].unit);
    }
  }
  const names = Object.keys(trends.metrics);
  show(byId("trend-part"), names.length > 0);
  const select = byId("trend-of");
  if (names.join() !== select.dataset.names) {
    select.dataset.names = names.join();
    const before = select.value;
    select.replaceChildren(...names.map((name) => el("option", { value: name }, nameOf(name))));
    select.value = names.includes(before) ? before : names[0] ?? "";
  }
  drawTrend();
}

function drawTrend() {
  const name = byId("trend-of").value;
  if (trends?.metrics[name]) {
    trend.tell(name, nameOf(name), series(trends, name), trends.metrics[name].unit);
  }
}

function nameOf(name) {
  return `${valueName({ name, label: name.split(".").pop() })} (${name.split(".")[0]})`;
}

function setUpTabs() {
  const tabs = [byId("tab-overview"), byId("tab-inspect")];
  const select = (tab, focus) => {
    for (const one of tabs) {
      const on = one === tab;
      setAttr(one, "aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      show(byId(one.getAttribute("aria-controls")), on);
    }
    if (focus) {
      tab.focus();
    }
    history.replaceState(null, "", location.pathname + location.search + (tab === tabs[1] ? "#inspect" : ""));
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab, false));
    tab.addEventListener("keydown", (event) => {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
        event.preventDefault();
        select(event.key === "Home" ? tabs[0] : event.key === "End" ? tabs[1] : tabs[1 - tabs.indexOf(tab)], true);
      }
    });
  }
  if (location.hash === "#inspect") {
    select(tabs[1], false);
  }
}

function setUpMaintenance() {
  const allowed = may("biomed");
  if (!allowed) {
    for (const control of [...byId("mute").elements, byId("unmute")]) {
      control.disabled = true;
    }
    setText(byId("mute-note"), "Muting needs the role biomed: log in.");
  }
  const place = byId("mute-problem");
  byId("mute").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await put(`/devices/${encodeURIComponent(id)}/mute`, { reason: byId("mute-reason").value.trim(), minutes: Number(byId("mute-minutes").value) });
      settled(place);
      byId("mute-reason").value = "";
      await ask();
    } catch (error) {
      problem(error, place);
    }
  });
  byId("unmute").addEventListener("click", async () => {
    try {
      await remove(`/devices/${encodeURIComponent(id)}/mute`);
      settled(place);
      await ask();
    } catch (error) {
      problem(error, place);
    }
  });
}

async function choose() {
  show(byId("choose"), true);
  show(byId("device"), false);
  const find = byId("find");
  const list = async () => {
    const told = await get("/devices");
    const text = find.value.trim().toLowerCase();
    const fits = told.devices.filter((one) => `${one.id} ${one.model}`.toLowerCase().includes(text));
    keyed(byId("list"), fits, (one) => one.id, (one) => el("li", {}, el("a", { href: `/device.html?id=${encodeURIComponent(one.id)}` }, one.id), el("span", { class: "small" }, ` ${one.model}`)), () => {});
  };
  find.addEventListener("input", () => list().catch(problem));
  await list().catch(problem);
}

async function run() {
  if (id === null) {
    await start("device");
    await choose();
    return;
  }
  setText(byId("name"), id);
  document.title = `${id} – MedTwin`;
  setUpHead();
  setUpTabs();
  await start("device", {
    devices: (told) => {
      const mine = told.devices.find((one) => one.id === id);
      if (mine && device !== null) {
        Object.assign(device, mine);
        drawHead();
        if (Date.now() - askedAt > LEAST_MILLIS) {
          ask();
        }
      }
    },
  });
  setUpMaintenance();
  const session = await whoAmI();
  inspect(id, may("biomed") || !session.claimed);
  onTimeChoice(() => device && drawValues());
  onTheme(() => {
    traces.forEach((trace) => trace.colours());
    sparks.forEach((spark) => spark.recolour());
    trend.recolour();
  });
  byId("trend-of").addEventListener("change", drawTrend);
  setInterval(() => device && tick(head.lamps, device), 1000);
  await poll(5000, ask);
  poll(5000, askTrends);
}

await run();
