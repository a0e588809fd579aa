// Fleet: every gateway that Ditto knows, judged by what was delivered.
import { get } from "./api.js";
import { byId, el, first, keyed, setAttr, setText, show, showsAll } from "./dom.js";
import { age, count, gatewayNow, learnTime, since, time, words } from "./format.js";
import { poll, problem, settled, start } from "./shell.js";

const POLL_MILLIS = 10000;
const CERTIFICATE_DAYS = 30;
const DISK_DAYS = 7;
const LATE_SECONDS = 120;
const MOST_ROWS = 200; // at first: the worst come first, and a filter looks at all

const NAMES = new Intl.Collator("en", { numeric: true }); // gw-2 before gw-10

const HEALTH = {
  silent: { rank: 0, mark: "○", word: "silent", kind: "bad" },
  failing: { rank: 1, mark: "▲", word: "failing", kind: "bad" },
  degraded: { rank: 2, mark: "◐", word: "degraded", kind: "warn" },
  "": { rank: 3, mark: "–", word: "does not say", kind: "warn" },
  ok: { rank: 4, mark: "●", word: "ok", kind: "good" },
};

const COLUMNS = [
  { id: "health", label: "Health", of: (one) => HEALTH[one.state].rank },
  { id: "id", label: "Gateway", of: (one) => one.id },
  { id: "site", label: "Site", of: (one) => one.site },
  { id: "version", label: "Version", of: (one) => one.version },
  { id: "devices", label: "Devices live", num: true, of: (one) => one.live - one.devices },
  { id: "pending", label: "Oldest pending", num: true, down: true, of: (one) => one.oldestPendingSeconds },
  { id: "lost", label: "Lost", num: true, down: true, of: (one) => one.lost },
  { id: "disk", label: "Disk full in", num: true, of: (one) => one.diskFullDays ?? Infinity },
  { id: "certificate", label: "Certificate", num: true, of: (one) => one.certificateDays ?? Infinity },
  { id: "word", label: "Last word", num: true, of: (one) => Date.parse(one.lastWord ?? 0) },
  { id: "profiles", label: "Profiles and drivers", of: (one) => one.versions },
];

const asked = new URLSearchParams(location.search);
const gateway = asked.get("gateway");
let told = null;
let sort = { column: COLUMNS[0], down: false };

function learn(answer) {
  learnTime(answer.at);
  for (const one of answer.gateways) {
    one.state = one.lastWord === null || (one.expiresAt !== null && Date.parse(one.expiresAt) < gatewayNow()) ? "silent" : one.health in HEALTH ? one.health : "";
    one.versions = [...Object.entries(one.profiles), ...Object.entries(one.drivers)].map(([name, version]) => `${name} ${version}`).join(", ");
    one.words = [one.id, one.site, one.version, HEALTH[one.state].word, one.versions].join(" ").toLowerCase();
    one.trouble = one.state !== "ok" || one.lost > 0 || one.oldestPendingSeconds > LATE_SECONDS || soon(one.diskFullDays, DISK_DAYS) || soon(one.certificateDays, CERTIFICATE_DAYS);
  }
  told = answer;
}

function soon(days, limit) {
  return days !== null && days < limit;
}

function drawCounts() {
  const all = told.gateways;
  const counts = [
    ["with trouble", all.filter((one) => one.trouble).length],
    ["gateways", all.length],
    ["silent", all.filter((one) => one.state === "silent").length],
    ["lost", all.reduce((sum, one) => sum + one.lost, 0)],
    ["devices", all.reduce((sum, one) => sum + one.devices, 0)],
  ];
  keyed(byId("counts"), counts, ([name]) => name, ([name]) => el("div", {}, el("dt", {}, name), el("dd", {})), (node, [, number]) => setText(node.lastChild, count(number)));
}

function draw() {
  drawCounts();
  setText(byId("as-of"), `Read from the twins in Ditto alone, ${time(told.at)}, in ${count(told.tookMillis)} ms: what a gateway says of itself counts only while it is delivered.`);
  const words = byId("find").value.trim().toLowerCase().split(/\s+/);
  const only = byId("only").checked;
  const group = byId("group").value;
  const fits = told.gateways.filter((one) => words.every((word) => one.words.includes(word)) && (!only || one.trouble));
  const way = sort.down ? -1 : 1;
  fits.sort((one, other) => way * compare(sort.column.of(one), sort.column.of(other)) || compare(one.id, other.id));
  setText(byId("n-gateways"), fits.length === told.gateways.length ? count(fits.length) : `${count(fits.length)} of ${count(told.gateways.length)}`);
  const rows = group === "" ? fits : grouped(fits, group);
  keyed(byId("gateways"), first(rows, MOST_ROWS, byId("more")), keyOf, (one) => (one.head ? makeHead() : makeRow(one)), (node, one) => (one.head ? setText(node.firstChild, one.head) : changeRow(node, one)));
}

function keyOf(one) {
  return one.head ? `group ${one.key}` : `gateway ${one.id}`;
}

function compare(one, other) {
  return typeof one === "string" ? NAMES.compare(one, other) : one === other ? 0 : one < other ? -1 : 1;
}

function grouped(gateways, group) {
  const nameOf = (one) => (group === "health" ? HEALTH[one.state].word : one[group] || "not told");
  const groups = new Map();
  for (const one of gateways) {
    groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  }
  const names = [...groups.keys()].sort((one, other) => compare(one, other));
  return names.flatMap((name) => {
    const members = groups.get(name);
    const trouble = members.filter((one) => one.trouble).length;
    return [{ head: `${name}: ${count(members.length)} gateways, ${count(trouble)} with trouble`, key: name }, ...members];
  });
}

function makeHead() {
  return el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: COLUMNS.length }));
}

function makeRow(one) {
  return el(
    "tr",
    {},
    el("td", { class: "nowrap" }),
    el("th", { scope: "row" }, el("a", { href: `/fleet.html?gateway=${encodeURIComponent(one.id)}` }, one.id)),
    COLUMNS.slice(2).map((column) => el("td", { class: column.num ? "num" : column.id === "profiles" ? "versions" : null })),
  );
}

function changeRow(node, one) {
  const [health, , site, version, devices, pending, lost, disk, certificate, word, versions] = node.children;
  tellHealth(health, one);
  setText(site, one.site);
  setText(version, one.version || "not told");
  setText(devices, `${count(one.live)} of ${count(one.devices)}`);
  mark(pending, one.pending === 0 ? "–" : `${age(one.oldestPendingSeconds * 1000)} (${count(one.pending)})`, one.oldestPendingSeconds > LATE_SECONDS);
  mark(lost, count(one.lost), one.lost > 0);
  mark(disk, days(one.diskFullDays), soon(one.diskFullDays, DISK_DAYS));
  mark(certificate, days(one.certificateDays), soon(one.certificateDays, CERTIFICATE_DAYS));
  const ago = since(one.lastWord);
  setText(word, ago === null ? "never" : `${age(ago)} ago`);
  setText(versions, one.versions || "not told");
}

function tellHealth(node, one) {
  const health = HEALTH[one.state];
  setText(node, `${health.mark} ${health.word}`);
  setAttr(node, "class", `nowrap ${health.kind}`);
}

function mark(cell, text, bad) {
  setText(cell, bad ? `△ ${text}` : text);
  setAttr(cell, "class", bad ? "num warn" : "num");
}

function days(number) {
  return number === null ? "–" : `${count(Math.floor(number))} d`;
}

function setUpHeads() {
  for (const column of COLUMNS) {
    const button = el("button", { type: "button", class: "sort" }, column.label, el("span", { class: "sort-mark", "aria-hidden": "true" }));
    const head = el("th", { scope: "col", class: column.num ? "num" : null }, button);
    column.head = head;
    button.addEventListener("click", () => {
      sort = sort.column === column ? { column, down: !sort.down } : { column, down: Boolean(column.down) };
      tellHeads();
      draw();
    });
    byId("heads").append(head);
  }
  tellHeads();
}

function tellHeads() {
  for (const column of COLUMNS) {
    const on = column === sort.column;
    setAttr(column.head, "aria-sort", on ? (sort.down ? "descending" : "ascending") : null);
    setText(column.head.querySelector(".sort-mark"), on ? (sort.down ? " ▼" : " ▲") : "");
  }
}

async function drawOne() {
  const one = told.gateways.find((other) => other.id === gateway);
  if (one) {
    const facts = [
      ["Health", `${HEALTH[one.state].mark} ${HEALTH[one.state].word}`],
      ["Site", one.site],
      ["Version", one.version],
      ["Last word", time(one.lastWord)],
      ["Devices live", `${count(one.live)} of ${count(one.devices)}`],
      ["Pending", one.pending === 0 ? "none" : `${count(one.pending)}, the oldest ${age(one.oldestPendingSeconds * 1000)}`],
      ["Lost", count(one.lost)],
      ["Disk full in", days(one.diskFullDays)],
      ["Certificate expires in", days(one.certificateDays)],
      ["Profiles", Object.entries(one.profiles).map((entry) => entry.join(" ")).join(", ")],
      ["Drivers", Object.entries(one.drivers).map((entry) => entry.join(" ")).join(", ")],
      ["Twin", one.thingId],
    ];
    keyed(byId("facts"), facts, ([name]) => name, ([name]) => el("div", {}, el("dt", {}, name), el("dd", {})), (node, [, text]) => setText(node.lastChild, text || "–"));
  }
  const answer = await get(`/fleet/${encodeURIComponent(gateway)}/devices`);
  setText(byId("n-devices"), count(answer.devices.length));
  keyed(
    byId("devices"),
    answer.devices,
    (device) => device.thingId,
    () => el("tr", {}, el("th", { scope: "row" }), ...Array.from({ length: 6 }, () => el("td", {}))),
    (node, device) => {
      const [name, link, model, kind, heard, profile, twin] = node.children;
      const silent = device.expiresAt !== null && Date.parse(device.expiresAt) < gatewayNow();
      setText(name, device.device || "–");
      setText(link, silent ? "○ its word expired" : `${device.link === "online" ? "●" : device.link === "degraded" ? "◐" : "○"} ${device.link === "online" ? "talking" : device.link === "degraded" ? "silent" : device.link || "does not say"}`);
      setAttr(link, "class", !silent && device.link === "online" ? "nowrap good" : "nowrap bad");
      setText(model, device.model);
      setText(kind, words(device.kind).toLowerCase());
      setText(heard, time(device.lastHeard));
      setText(profile, device.profile);
      setText(twin, device.thingId);
    },
  );
}

await start("fleet");
if (gateway === null) {
  setUpHeads();
  showsAll(byId("more"), draw);
  byId("find").value = asked.get("find") ?? "";
  byId("group").value = ["site", "version", "health"].includes(asked.get("group")) ? asked.get("group") : "";
  byId("tools").addEventListener("input", () => told && draw());
  byId("tools").addEventListener("submit", (event) => event.preventDefault());
} else {
  setText(byId("title"), gateway);
  document.title = `${gateway} – Fleet – MedTwin`;
  show(byId("all"), false);
  show(byId("one"), true);
}
poll(POLL_MILLIS, async () => {
  try {
    learn(await get("/fleet"));
    await (gateway === null ? draw() : drawOne());
    settled();
  } catch (error) {
    problem(error);
  }
});
