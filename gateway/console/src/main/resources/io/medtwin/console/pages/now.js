// Now: every device, exceptions first.
import { get } from "./api.js";
import { claimCard, tellClaimCard } from "./unclaimed.js";
import { arrange, byId, el, keyed, onFrame, setAttr, setText, show } from "./dom.js";
import { byPriority, count, exceptionWords, severity } from "./format.js";
import { changeValue, lamps, makeValue, tellAlerts, tellExceptions, tellLamps, tellMuted, tellWhy, tick } from "./lamps.js";
import { keep, kept, poll, problem, settled, start } from "./shell.js";

const TILE_VALUES = 6;
const DRAW_MILLIS = 10; // of a frame; what is left waits for the next one
const UNSEEN_AT_A_TIME = 40;
const ARRANGE_MILLIS = 500; // while many come at once
const SAY_MILLIS = 10000;
const NUMBER = /^-?[\d.]/;

const tiles = new Map(); // id → tile
const urgent = new Set(); // tiles to draw in the next frame: seen, new, or with another place
const patient = new Set(); // tiles nobody sees, drawn a few at a time
let order = 0;
let orderChanged = true;
let arrangedAt = 0;
let filter = { text: "", only: false, kind: "" };
let saidAt = 0;
let saidCount = -1;
let toSay = 0;
let saying = 0; // a timer: the last number of a while is said, not the first
let unclaimedCount = -1;

const draw = onFrame(drawSome);

const visible = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      entry.target.medtwinTile.seen = entry.isIntersecting;
      if (entry.isIntersecting) {
        urgent.add(entry.target.medtwinTile);
        draw();
      }
    }
  },
  { rootMargin: "200px" },
);

function take(told) {
  const names = new Set();
  for (const device of told.devices) {
    names.add(device.id);
    let tile = tiles.get(device.id);
    if (tile === undefined) {
      tile = { id: device.id, order: order++, device, node: null, place: null, words: "", seen: false };
      tiles.set(device.id, tile);
    }
    tile.device = device;
    const hurry = tile.seen || tile.node === null || placeOf(device) !== tile.place;
    (hurry ? urgent : patient).add(tile);
  }
  if (told.all) {
    for (const [id, tile] of tiles) {
      if (!names.has(id)) {
        tile.node?.remove();
        tiles.delete(id);
        urgent.delete(tile);
        patient.delete(tile);
        orderChanged = true;
      }
    }
  }
  draw();
}

function drawSome() {
  const end = performance.now() + DRAW_MILLIS;
  for (const tile of urgent) {
    urgent.delete(tile);
    patient.delete(tile);
    drawTile(tile);
    if (performance.now() > end) {
      break;
    }
  }
  let some = UNSEEN_AT_A_TIME;
  for (const tile of patient) {
    if (urgent.size > 0 || some-- === 0 || performance.now() > end) {
      break;
    }
    patient.delete(tile);
    drawTile(tile);
  }
  if (orderChanged && (urgent.size === 0 || performance.now() - arrangedAt > ARRANGE_MILLIS)) {
    orderChanged = false;
    arrangedAt = performance.now();
    arrangeAll();
  }
  if (urgent.size > 0 || orderChanged) {
    draw();
  }
}

function drawTile(tile) {
  const device = tile.device;
  tile.node ??= makeTile(tile);
  const parts = tile.parts;
  setText(parts.model, device.model);
  setAttr(tile.node, "data-exception", device.exception ? worst(device) : null);
  setAttr(tile.node, "data-fresh", device.lamps.fresh ? null : "no");
  tellLamps(parts.lamps, device);
  tellWhy(parts.why, device);
  tellExceptions(parts.exceptions, device);
  tellAlerts(parts.alerts, [...device.alerts].sort(byPriority));
  tellMuted(parts.muted, device);
  const values = chosen(device.values);
  keyed(parts.values, values, (value) => value.name, makeValue, (node, value) => changeValue(node, value, device.lamps.fresh));
  show(parts.values, values.length > 0);
  const more = device.values.length - values.length;
  setText(parts.more, more > 0 ? `+ ${more} more` : "");

  const place = placeOf(device);
  if (place !== tile.place) {
    orderChanged = true;
  }
  tile.place = place;
  const words = [device.id, device.model, device.profile, device.class, ...device.exceptions.map(exceptionWords), ...device.alerts.map((alert) => alert.text), device.muted?.reason]
    .join(" ")
    .toLowerCase();
  if (words !== tile.words) {
    tile.words = words;
    filterTile(tile);
  }
}

function makeTile(tile) {
  const parts = {
    model: el("span", { class: "model" }),
    lamps: lamps(),
    why: el("p", { class: "why", hidden: true }),
    exceptions: el("ul", { class: "exceptions", "aria-label": "Exceptions" }),
    alerts: el("ul", { class: "alerts", "aria-label": "Alerts" }),
    values: el("dl", { class: "values" }),
    muted: el("p", { class: "muted", hidden: true }),
    more: el("span", { class: "more" }),
  };
  tile.parts = parts;
  const link = el("a", { href: `/device.html?id=${encodeURIComponent(tile.id)}` }, tile.id);
  const node = el(
    "li",
    { class: "tile" },
    el("div", { class: "tile-head" }, el("h3", {}, link), parts.model),
    parts.lamps,
    parts.why,
    parts.exceptions,
    parts.alerts,
    parts.values,
    parts.more,
    parts.muted,
  );
  node.medtwinTile = tile;
  visible.observe(node);
  return node;
}

function placeOf(device) {
  return device.exception ? severity(device.exceptions) : -1;
}

function worst(device) {
  const rank = severity(device.exceptions);
  return rank < 2 ? "high" : rank < 8 ? "medium" : "other";
}

/** Numbers first: a label or a row of bits is for the device's own page. */
function chosen(values) {
  const numbers = values.filter((value) => value.unit !== "" || NUMBER.test(value.text ?? ""));
  const words = values.filter((value) => !numbers.includes(value));
  return [...numbers, ...words].slice(0, TILE_VALUES);
}

function arrangeAll() {
  const exceptions = [];
  const others = [];
  for (const tile of tiles.values()) {
    if (tile.node !== null) {
      (tile.device.exception ? exceptions : others).push(tile);
    }
  }
  exceptions.sort((one, other) => severity(one.device.exceptions) - severity(other.device.exceptions) || one.order - other.order);
  others.sort((one, other) => one.order - other.order);
  arrange(byId("exceptions"), exceptions.map((tile) => tile.node));
  arrange(byId("others"), others.map((tile) => tile.node));
  show(byId("no-exceptions"), exceptions.length === 0 && tiles.size > 0);
  kinds();
  tellShown();
  say(exceptions.length);
}

function filterTile(tile) {
  const fits =
    (filter.text === "" || filter.text.split(/\s+/).every((word) => tile.words.includes(word))) &&
    (filter.kind === "" || kindOf(tile.device) === filter.kind);
  show(tile.node, fits);
}

function filterAll() {
  for (const tile of tiles.values()) {
    if (tile.node !== null) {
      filterTile(tile);
    }
  }
  show(byId("others-part"), !filter.only);
  tellShown();
}

function tellShown() {
  for (const part of ["exceptions", "others"]) {
    const nodes = [...byId(part).children];
    const shown = nodes.filter((node) => !node.hidden).length;
    setText(byId(`n-${part}`), shown === nodes.length ? count(shown) : `${count(shown)} of ${count(nodes.length)}`);
  }
}

function kindOf(device) {
  return device.class ?? device.model;
}

function kinds() {
  const select = byId("kind");
  const names = [...new Set([...tiles.values()].map((tile) => kindOf(tile.device)))].sort();
  if (names.join("\n") !== select.medtwinKinds) {
    select.medtwinKinds = names.join("\n");
    const chosenKind = filter.kind;
    select.replaceChildren(el("option", { value: "" }, "all"), ...names.map((name) => el("option", { value: name }, name)));
    select.value = names.includes(chosenKind) ? chosenKind : "";
  }
}

/** For those who listen: how many exceptions there are, when that changed, and not too often. */
function say(exceptions) {
  toSay = exceptions;
  clearTimeout(saying);
  saying = setTimeout(sayNow, Math.max(0, saidAt + SAY_MILLIS - Date.now()));
}

function sayNow() {
  if (toSay !== saidCount) {
    saidAt = Date.now();
    saidCount = toSay;
    setText(byId("said"), toSay === 1 ? "1 exception" : `${toSay} exceptions`);
  }
}

function tickTile(tile) {
  tick(tile.parts.lamps, tile.device);
}

function tellGateway(told) {
  for (const node of byId("counts").children) {
    const number = told.devices[node.dataset.count];
    setText(node.lastElementChild, count(number));
    setAttr(node, "data-some", number > 0 ? "yes" : null);
  }
  if (told.devices.unclaimed !== unclaimedCount) {
    unclaimedCount = told.devices.unclaimed;
    askUnclaimed();
  }
}

async function askUnclaimed() {
  try {
    const told = await get("/unclaimed");
    show(byId("unclaimed-part"), told.unclaimed.length > 0);
    setText(byId("n-unclaimed"), count(told.unclaimed.length));
    keyed(
      byId("unclaimed"),
      told.unclaimed,
      (device) => `${device.hub} ${device.address}`,
      (device) => claimCard(device, told.profiles, askUnclaimed),
      tellClaimCard,
    );
    settled();
  } catch (error) {
    problem(error);
  }
}

function setUpTools() {
  const asked = new URLSearchParams(location.search);
  byId("find").value = asked.get("find") ?? "";
  byId("only").checked = asked.get("only") === "1";
  const view = asked.get("view") ?? kept("medtwin.view", "tiles");
  for (const radio of document.getElementsByName("view")) {
    radio.checked = radio.value === view;
    radio.addEventListener("change", () => {
      keep("medtwin.view", radio.value);
      document.documentElement.dataset.view = radio.value;
    });
  }
  document.documentElement.dataset.view = ["tiles", "rows", "wall"].includes(view) ? view : "tiles";
  const changed = () => {
    filter = { text: byId("find").value.trim().toLowerCase(), only: byId("only").checked, kind: byId("kind").value };
    filterAll();
  };
  byId("tools").addEventListener("input", changed);
  byId("tools").addEventListener("submit", (event) => event.preventDefault());
  filter = { text: byId("find").value.trim().toLowerCase(), only: byId("only").checked, kind: "" };
  show(byId("others-part"), !filter.only);
}

setUpTools();
await start("now", { devices: take, gateway: tellGateway });
setInterval(() => {
  for (const tile of tiles.values()) {
    if (tile.seen && tile.node !== null) {
      tickTile(tile);
    }
  }
}, 1000);
poll(30000, askUnclaimed);
