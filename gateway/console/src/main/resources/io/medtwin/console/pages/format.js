// Numbers, units, words and times for people.

const GROUPED = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short" });

const UNITS = {
  1: "",
  Cel: "°C",
  "[degF]": "°F",
  "mm[Hg]": "mmHg",
  "cm[H2O]": "cmH₂O",
  ug: "µg",
  uV: "µV",
  "m/s2": "m/s²",
  "kg/m2": "kg/m²",
  "{unknown}": "unit unknown",
};

const SHORT = { "spo2.saturation": "SpO₂", "resp.rate": "Respiration", "ecg.heartRate": "Heart rate" };

let ahead = 0; // gateway's clock minus this browser's, ms

/** Takes the gateway's time from an answer that just came. */
export function learnTime(now) {
  const told = Date.parse(now);
  if (Number.isFinite(told)) {
    const seen = told - Date.now();
    ahead = Math.abs(seen - ahead) > 1000 ? seen : ahead + (seen - ahead) * 0.2;
  }
}

/** Milliseconds of the gateway's clock, by which every age on the page is told. */
export function gatewayNow() {
  return Date.now() + ahead;
}

export function count(number) {
  return number === null || number === undefined ? "–" : GROUPED.format(number);
}

export function rate(number) {
  if (number === null || number === undefined) {
    return "–";
  }
  return `${number >= 100 ? GROUPED.format(number) : ONE_DIGIT.format(number)}/s`;
}

export function millis(number) {
  if (number === null || number === undefined) {
    return "–";
  }
  return number >= 10000 ? `${ONE_DIGIT.format(number / 1000)} s` : `${GROUPED.format(number)} ms`;
}

export function bytes(number) {
  if (number === null || number === undefined) {
    return "–";
  }
  const names = ["B", "kB", "MB", "GB", "TB"];
  let step = 0;
  let rest = number;
  while (rest >= 1000 && step < names.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return `${rest >= 100 ? Math.round(rest) : ONE_DIGIT.format(rest)} ${names[step]}`;
}

/** A UCUM unit as people write it. */
export function unit(ucum) {
  if (!ucum) {
    return "";
  }
  return UNITS[ucum] ?? ucum.replace(/\{([^}]*)\}/g, "$1").replace("mm[Hg]", "mmHg").replace(/^u(?=g|L|V)/, "µ");
}

/** `heartRate` → `Heart rate`. */
export function words(name) {
  const spaced = String(name ?? "")
    .replace(/[-_]/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The short name of a value, as on a monitor. */
export function valueName(value) {
  return SHORT[value.name] ?? words(value.label ?? String(value.name).split(".").pop());
}

/** An age: `3 s`, `4 min`, `6 h 12 min`, `3 d`. */
export function age(millisAgo) {
  const seconds = Math.max(0, Math.floor(millisAgo / 1000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  }
  return `${Math.floor(hours / 24)} d`;
}

/** How long ago a time of the gateway was, or null. */
export function since(iso) {
  const time = iso ? Date.parse(iso) : NaN;
  return Number.isFinite(time) ? gatewayNow() - time : null;
}

/** Local time of day; with the day, where that is not today's. */
export function time(iso) {
  const millisOf = typeof iso === "number" ? iso : Date.parse(iso ?? "");
  if (!Number.isFinite(millisOf)) {
    return "–";
  }
  const date = new Date(millisOf);
  const today = new Date(gatewayNow());
  return date.toDateString() === today.toDateString() ? CLOCK.format(date) : `${DAY.format(date)} ${CLOCK.format(date)}`;
}

/** Whole local time with its offset, for a title. */
export function fullTime(iso) {
  const millisOf = typeof iso === "number" ? iso : Date.parse(iso ?? "");
  if (!Number.isFinite(millisOf)) {
    return "";
  }
  const date = new Date(millisOf);
  const local = new Date(millisOf - date.getTimezoneOffset() * 60000);
  return `${local.toISOString().slice(0, -1).replace("T", " ")} ${offset(date)}`;
}

/** `UTC+02:00` at that time in this browser's zone. */
export function offset(date = new Date()) {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  const two = (number) => String(number).padStart(2, "0");
  return `UTC${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Whether times shown are the device's own (`source`) or those of arrival (`gateway`). */
export function timeChoice() {
  return document.documentElement.dataset.time === "gateway" ? "gateway" : "source";
}

const LABEL = {
  high: { word: "High", mark: "!!!" },
  unknown: { word: "Priority unknown", mark: "!!!" },
  medium: { word: "Medium", mark: "!!" },
  low: { word: "Low", mark: "!" },
  none: { word: "Information", mark: "i" },
};

/** Word and mark of an alert's priority; what is not known counts as high. */
export function priority(name) {
  return LABEL[name] ?? LABEL.unknown;
}

const RANK = { high: 0, unknown: 1, medium: 2, low: 3, none: 4 };

/** Worst first. */
export function byPriority(one, other) {
  return (RANK[one.priority] ?? 1) - (RANK[other.priority] ?? 1);
}

const EXCEPTIONS = {
  "alert:high": "high alert",
  "alert:unknown": "alert of unknown priority",
  "alert:medium": "medium alert",
  "alert:low": "low alert",
  offline: "offline",
  degraded: "silent",
  stale: "values stale",
  clock: "clock off",
  unmapped: "unmapped parameters",
  trouble: "twin trouble",
  late: "twin late",
};

export function exceptionWords(name) {
  return EXCEPTIONS[name] ?? words(name.replace(":", " ")).toLowerCase();
}

// as the gateway orders them
const SEVERITY = ["alert:high", "alert:unknown", "offline", "degraded", "trouble", "stale", "late", "alert:medium", "alert:low", "clock", "unmapped"];

/** 0 is worst. */
export function severity(exceptions) {
  const rank = SEVERITY.indexOf(exceptions?.[0]);
  return rank < 0 ? SEVERITY.length : rank;
}
