// The three lamps, exceptions, alerts and values of a device, drawn the same on every page.
import { el, keyed, setAttr, setText, show } from "./dom.js";
import { age, exceptionWords, priority, since, time, unit, valueName, words } from "./format.js";

const ON = "●";
const HALF = "◐";
const OFF = "○";
const SAID_ELSEWHERE = /^(alert:|offline$|degraded$|stale$|late$)/;

/** The three lamps of a device. */
export function lamps() {
  const nodes = ["talking", "fresh", "acknowledged"].map((name) => el("li", { class: "lamp", "data-lamp": name }, el("span", { class: "lamp-mark", "aria-hidden": "true" }, OFF), el("span", { class: "lamp-word" })));
  return el("ul", { class: "lamps", "aria-label": "Lamps" }, nodes);
}

/** Lights them. */
export function tellLamps(node, device) {
  const [talking, fresh, acknowledged] = node.children;
  const said = device.lamps;
  const degraded = device.link?.status === "degraded";
  lamp(talking, said.talking ? "on" : "off", said.talking ? "talking" : degraded ? "silent" : "offline");
  const stale = device.values?.length > 0 && device.lastHeard !== null;
  lamp(fresh, said.fresh ? "on" : "off", said.fresh ? "fresh" : stale ? "stale" : "no values");
  tellAcknowledged(acknowledged, device);
}

/** Only what changes by itself: the age of the last acknowledgement. */
export function tick(node, device) {
  tellAcknowledged(node.children[2], device);
}

function tellAcknowledged(node, device) {
  const state = device.lamps.acknowledged;
  const ago = since(device.acknowledgedAt);
  if (ago === null) {
    lamp(node, "off", "not acknowledged yet");
  } else if (state === "ok") {
    lamp(node, "on", `acknowledged ${age(ago)} ago`);
  } else {
    lamp(node, "half", `late: acknowledged ${age(ago)} ago`);
  }
}

function lamp(node, state, word) {
  setAttr(node, "data-state", state);
  setText(node.firstChild, state === "on" ? ON : state === "half" ? HALF : OFF);
  setText(node.lastChild, word);
}

/** A list of those exceptions in words that neither a lamp nor an alert says already. */
export function tellExceptions(list, device) {
  const names = (device.exceptions ?? []).filter((name) => !SAID_ELSEWHERE.test(name));
  show(list, names.length > 0);
  keyed(list, names, (name) => name, () => el("li", { class: "exception" }), (node, name) => setText(node, exceptionWords(name)));
}

/** A list of present alerts, worst first. */
export function tellAlerts(list, alerts) {
  show(list, alerts.length > 0);
  keyed(list, alerts, (alert) => `${alert.code} ${alert.startedAt}`, makeAlert, changeAlert);
}

function makeAlert() {
  return el("li", { class: "alert" }, el("span", { class: "alert-mark", "aria-hidden": "true" }), el("span", { class: "alert-word" }), el("span", { class: "alert-text" }), el("span", { class: "alert-since" }));
}

function changeAlert(node, alert) {
  const told = priority(alert.priority);
  setAttr(node, "data-priority", alert.priority);
  const [mark, word, text, start] = node.children;
  setText(mark, told.mark);
  setText(word, `${told.word}:`);
  setText(text, alert.text || alert.code);
  setText(start, alert.startedAt ? `since ${time(alert.startedAt)}` : "");
}

/** Why it is not heard, or what went wrong with its twin; hidden while all is well. */
export function tellWhy(node, device) {
  const lines = [];
  if (!device.lamps.talking && device.link.since) {
    lines.push(`${device.link.status === "degraded" ? "Silent" : words(device.link.status)} since ${time(device.link.since)}${device.link.why ? `: ${device.link.why}` : ""}`);
  }
  if (device.trouble) {
    lines.push(device.trouble);
  }
  show(node, lines.length > 0);
  setText(node, lines.join(" · "));
}

/** The badge of a device in maintenance. */
export function tellMuted(node, device) {
  const muted = device.muted;
  show(node, Boolean(muted));
  setText(node, muted ? `⊘ Muted until ${time(muted.until)}: ${muted.reason}` : "");
}

/** A big value with its name, unit and, unless it is simply valid, its validity in a word. */
export function makeValue() {
  return el("div", { class: "value" }, el("dt", {}), el("dd", {}, el("span", { class: "number" }), el("span", { class: "unit" }), el("span", { class: "validity" })));
}

/** Changes it; a valid value of a device whose values are not in time is stale. */
export function changeValue(node, value, fresh) {
  const [name, said] = node.children;
  setText(name, valueName(value));
  const [number, unitNode, validity] = said.children;
  const text = value.text === "" || value.text === null ? "– –" : value.text;
  setText(number, text);
  setAttr(number, "data-length", text.length > 7 ? "long" : text.length > 4 ? "middle" : null);
  setText(unitNode, value.text === "" || value.text === null ? "" : unit(value.unit));
  const fine = value.validity === "valid" || value.validity === "validated";
  setText(validity, !fine ? words(value.validity).toLowerCase() : fresh ? "" : "stale");
}
