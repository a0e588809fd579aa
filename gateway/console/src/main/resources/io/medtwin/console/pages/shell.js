// What every page has: header, live state, choices of display, who is logged in, demo watermark, errors.
import { ApiError, get, may, remove, whoAmI } from "./api.js";
import { byId, el, setAttr, setText, show } from "./dom.js";
import { learnTime, offset, time, timeChoice } from "./format.js";
import { stream } from "./live.js";

const PAGES = [
  ["now", "/", "Now"],
  ["device", "/device.html", "Device"],
  ["flow", "/flow.html", "Flow"],
  ["ledger", "/ledger.html", "Ledger"],
  ["fleet", "/fleet.html", "Fleet"],
];
const QUIET_MILLIS = 6000; // the gateway says how it is each 2 s

const timeListeners = new Set();
const themeListeners = new Set();
let gatewayText = null;

/**
 * Starts a page.
 *
 * @param page name of the page in the navigation, or ""
 * @param handlers of the gateway's events: `gateway`, `devices`, `flow`
 * @return the session
 */
export async function start(page, handlers = {}) {
  const header = buildHeader(page);
  let session;
  try {
    session = await whoAmI();
  } catch (error) {
    problem(error);
    setTimeout(() => location.reload(), 10000);
    throw error;
  }
  if (session.role === null) {
    location.replace(`/login.html?next=${encodeURIComponent(location.pathname + location.search)}`);
    return new Promise(() => {});
  }
  tellAccount(header.account, session);
  get("/gateway").then(tellGateway, problem);
  stream(
    "/events",
    {
      gateway: (told) => {
        tellGateway(told);
        handlers.gateway?.(told);
      },
      devices: (told) => handlers.devices?.(told),
      flow: (told) => handlers.flow?.(told),
    },
    { quietMillis: QUIET_MILLIS, state: (state, last) => tellLive(header.live, state, last), refused: checkSession },
  );
  return session;
}

/** Calls back when the reader chose other times, `source` or `gateway`. */
export function onTimeChoice(listener) {
  timeListeners.add(listener);
}

/** Calls back when colours changed, for what is drawn. */
export function onTheme(listener) {
  themeListeners.add(listener);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

/** Header of a page without a session: log in, claim. */
export function startBare() {
  byId("shell").append(el("div", { class: "bar-in" }, brand()));
}

function brand() {
  return el("a", { class: "brand", href: "/" }, el("span", { class: "brand-mark", "aria-hidden": "true" }, "◗◖"), "MedTwin");
}

function buildHeader(page) {
  const links = PAGES.map(([name, href, label]) =>
    el("li", {}, el("a", { href, "aria-current": name === page ? "page" : null }, label)),
  );
  gatewayText = el("span", { class: "gateway" });
  const live = el("p", { class: "live", role: "status" }, el("span", { class: "live-mark", "aria-hidden": "true" }, "○"), el("span", { class: "live-text" }, "waiting for the gateway"));
  const account = el("div", { class: "account" });
  byId("shell").append(
    el(
      "div",
      { class: "bar-in" },
      brand(),
      el("nav", { "aria-label": "Pages" }, el("ul", {}, links)),
      gatewayText,
      el("span", { class: "bar-gap" }),
      live,
      displayMenu(),
      account,
    ),
    el("p", { class: "demo-flag", id: "demo-flag", hidden: true }, "SIMULATED DATA"),
  );
  return { live, account };
}

function tellGateway(told) {
  learnTime(told.now);
  setText(gatewayText, told.site ? `${told.id} · ${told.site}` : told.id);
  setAttr(document.documentElement, "data-demo", told.demo ? "yes" : null);
  show(byId("demo-flag"), Boolean(told.demo));
  const notice = byId("notice");
  if (notice && told.notice) {
    setText(notice, told.notice);
  }
}

function tellLive(node, state, last) {
  const text = state === "live" ? "live" : `not live since ${time(last.getTime())}`;
  setText(node.querySelector(".live-mark"), state === "live" ? "●" : "○");
  setText(node.querySelector(".live-text"), text);
  setAttr(document.documentElement, "data-live", state === "live" ? "yes" : "no");
}

async function checkSession() {
  try {
    const session = await get("/session");
    if (session.role === null) {
      location.replace(`/login.html?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
  } catch {
    // the live state says it already
  }
}

function displayMenu() {
  const summary = el("summary", {});
  const tell = () => setText(summary, `Times: ${timeChoice() === "source" ? "device" : "gateway"}, ${offset()}`);
  tell();
  const times = choice("Which time is shown", "time", timeChoice(), [
    ["source", "Device: when it was observed"],
    ["gateway", "Gateway: when it arrived"],
  ], (value) => {
    document.documentElement.dataset.time = value;
    keep("medtwin.time", value);
    tell();
    timeListeners.forEach((listener) => listener(value));
  });
  const theme = choice("Colours", "theme", document.documentElement.dataset.theme ?? "system", [
    ["system", "As the system"],
    ["light", "Light"],
    ["dark", "Dark"],
  ], (value) => {
    setAttr(document.documentElement, "data-theme", value === "system" ? null : value);
    keep("medtwin.theme", value);
    themeListeners.forEach((listener) => listener());
  });
  const menu = el("details", { class: "menu" }, summary, el("div", { class: "menu-box" }, times, theme, el("p", { class: "small" }, `All times are local, ${offset()}.`)));
  return closing(menu);
}

function choice(legend, name, current, options, chosen) {
  return el(
    "fieldset",
    {},
    el("legend", {}, legend),
    options.map(([value, label]) =>
      el("label", { class: "option" }, el("input", { type: "radio", name: `pref-${name}`, value, checked: value === current, onchange: () => chosen(value) }), label),
    ),
  );
}

function tellAccount(node, session) {
  if (session.user === null) {
    node.append(
      session.claimed
        ? el("a", { class: "button quiet", href: `/login.html?next=${encodeURIComponent(location.pathname + location.search)}` }, "Log in")
        : el("a", { class: "button quiet", href: "/claim.html" }, "Claim this gateway"),
    );
    return;
  }
  const out = el("button", { type: "button", class: "quiet", onclick: async () => {
    try {
      await remove("/session");
      location.assign("/login.html");
    } catch (error) {
      problem(error);
    }
  } }, "Log out");
  const bundle = may("admin") ? el("p", {}, el("a", { href: "/api/v1/bundle" }, "Download support bundle")) : null;
  node.append(closing(el("details", { class: "menu right" }, el("summary", {}, session.user), el("div", { class: "menu-box" }, el("p", {}, `Role: ${session.role}`), bundle, out))));
}

/** A menu that closes by Escape and by looking elsewhere. */
function closing(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
  return menu;
}

/** Keeps a choice for the next page; where the browser forbids that, it lasts for this one. */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // private window: no harm
  }
}

/** What was kept, or the other. */
export function kept(key, other) {
  try {
    return localStorage.getItem(key) ?? other;
  } catch {
    return other;
  }
}

/** Shows an error with its next step in the page's place for it. */
export function problem(error, place = byId("problem")) {
  if (!(error instanceof Error)) {
    place.replaceChildren();
    return;
  }
  const told = error instanceof ApiError ? error : new ApiError(0, { message: String(error.message) });
  const more = told.problems.filter((line) => line !== told.message);
  place.replaceChildren(
    el(
      "div",
      { class: "error", role: "alert" },
      el("p", { class: "error-head" }, el("span", { "aria-hidden": "true" }, "▲ "), told.message, told.code ? el("span", { class: "code" }, ` ${told.code}`) : null),
      more.length > 0 ? el("ul", {}, more.map((line) => el("li", {}, line))) : null,
      told.next ? el("p", {}, told.next) : null,
    ),
  );
}

/** Takes an error away. */
export function settled(place = byId("problem")) {
  if (place.firstChild) {
    place.replaceChildren();
  }
}

/** Asks again and again while the page is seen, never twice at a time. */
export function poll(everyMillis, ask) {
  let running = false;
  const run = async () => {
    if (running || document.hidden) {
      return;
    }
    running = true;
    try {
      await ask();
    } finally {
      running = false;
    }
  };
  setInterval(run, everyMillis);
  document.addEventListener("visibilitychange", run);
  return run();
}
