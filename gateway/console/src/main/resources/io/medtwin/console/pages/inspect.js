// Looks over a device's shoulder: what came on the wire, what the driver heard, what was made of it.
import { byId, el, setAttr, setText, show } from "./dom.js";
import { count, time, unit } from "./format.js";
import { stream } from "./live.js";
import { ApiError } from "./api.js";
import { problem, settled } from "./shell.js";

const MOST_ROWS = 500;
const MOST_WAITING = 500; // steps of one frame; more are counted, not shown

/** Sets the tab up. */
export function inspect(device, allowed) {
  const body = byId("tap");
  const open = []; // rows whose report was heard and not yet made into something
  let waiting = [];
  let asked = false;
  let looking = null;
  let paused = false;
  let passed = 0;
  let missed = 0;
  let filter = "";

  function take(step) {
    if (paused) {
      passed += 1;
    } else if (waiting.length < MOST_WAITING) {
      waiting.push(step);
      draw();
    } else {
      missed += 1;
    }
    tell();
  }

  function draw() {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        const box = body.closest(".tap-box");
        const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
        waiting.forEach(place);
        waiting = [];
        while (body.rows.length > MOST_ROWS) {
          body.rows[0].remove();
        }
        if (atEnd) {
          box.scrollTop = box.scrollHeight;
        }
      });
    }
  }

  function place(step) {
    switch (step.kind) {
      case "bytes":
        row(step, step.sent ? "sent" : "received", el("td", {}, el("span", { class: "way" }, step.sent ? "→ sent " : "← "), el("code", {}, hex(step.hex, step.length))));
        break;
      case "message":
        row(step, "message", el("td", {}, el("span", { class: "way" }, `← ${step.topic}${step.contentType ? ` (${step.contentType})` : ""} `), el("code", {}, hex(step.hex, step.length))));
        break;
      case "discarded":
        row(step, "discarded", el("td", { colspan: 3 }, el("strong", {}, "△ discarded "), `${step.why} (${count(step.length)} bytes)`));
        break;
      case "heard": {
        const made = el("td", {});
        const node = row(step, "heard", el("td", {}), el("td", {}, el("b", {}, step.name), ` ${step.value ?? ""} ${step.unit ?? ""}`), made);
        open.push({ name: step.name, made, node });
        if (open.length > 64) {
          open.shift();
        }
        break;
      }
      case "made": {
        const at = open.findIndex((one) => one.name === step.name);
        if (at >= 0) {
          const [one] = open.splice(at, 1);
          fillMade(one.made, step);
          filterRow(one.node);
        } else {
          const made = el("td", {});
          fillMade(made, step);
          row(step, "made", el("td", {}), el("td", {}, step.name), made);
        }
        break;
      }
      default:
        break; // a kind that a newer gateway knows
    }
  }

  function row(step, kind, ...cells) {
    const rest = 3 - cells.reduce((sum, cell) => sum + cell.colSpan, 0);
    const node = el("tr", { "data-kind": kind }, el("td", { class: "mono nowrap" }, time(step.at)), cells, Array.from({ length: rest }, () => el("td", {})));
    filterRow(node);
    body.append(node);
    return node;
  }

  function fillMade(cell, step) {
    const value = [step.value, unit(step.unit)].filter(Boolean).join(" ");
    const fine = step.finding !== "unmapped" && step.finding !== "rejected";
    cell.replaceChildren(
      ...(step.path ? [el("code", {}, step.path), " "] : []),
      ...(value ? [el("b", {}, value), " "] : []),
      el("span", { class: fine ? "small" : "warn" }, [fine ? step.finding : `△ ${step.finding}`, step.code ? `MDC ${step.code}` : "", step.note].filter(Boolean).join(" · ")),
    );
  }

  function filterRow(node) {
    node.hidden = filter !== "" && !node.textContent.toLowerCase().includes(filter);
  }

  function tell() {
    const rows = `At most ${MOST_ROWS} rows are shown; nothing is kept or logged.`;
    const lost = missed > 0 ? ` ${count(missed)} steps came too fast to be shown.` : "";
    if (looking === null) {
      setText(byId("tap-state"), `Not looking.${lost} ${rows}`);
    } else {
      setText(byId("tap-state"), (paused ? "Paused." : "Looking.") + lost + " " + rows);
    }
  }

  function stop() {
    looking?.close();
    looking = null;
    paused = false;
    buttons();
    tell();
  }

  function buttons() {
    setText(byId("tap-start"), looking === null ? "Start" : "Stop");
    byId("tap-pause").disabled = looking === null;
    setAttr(byId("tap-pause"), "aria-pressed", String(paused));
    setText(byId("tap-pause"), paused ? "Go on" : "Pause");
  }

  byId("tap-start").addEventListener("click", () => {
    settled(byId("tap-problem"));
    if (looking !== null) {
      stop();
      return;
    }
    missed = 0;
    let any = false;
    looking = stream(
      `/devices/${encodeURIComponent(device)}/tap`,
      {
        step: (step) => {
          any = true;
          take(step);
        },
        missed: (told) => {
          missed += told.count;
          tell();
        },
        refused: (told) => {
          any = true;
          problem(new ApiError(0, told.error), byId("tap-problem"));
        },
      },
      {
        once: true,
        state: (state) => {
          if (state === "lost") {
            stop();
            if (byId("tap").rows.length > 0) {
              setText(byId("tap-state"), "The look ended: it lasts ten minutes at most. Start it again.");
            }
          }
        },
      },
    );
    setTimeout(() => {
      if (looking === null && !any) {
        problem(new ApiError(0, { message: "The gateway did not let this page look.", next: "It needs the role biomed, and only a few may look at a time: close other Inspect tabs." }), byId("tap-problem"));
      }
    }, 1500);
    buttons();
    tell();
  });
  byId("tap-pause").addEventListener("click", () => {
    paused = !paused;
    if (!paused && passed > 0) {
      body.append(el("tr", { "data-kind": "passed" }, el("td", {}), el("td", { colspan: 3 }, `${count(passed)} steps passed while paused`)));
    }
    passed = 0;
    buttons();
    tell();
  });
  byId("tap-clear").addEventListener("click", () => {
    body.replaceChildren();
    open.length = 0;
  });
  byId("tap-find").addEventListener("input", (event) => {
    filter = event.target.value.trim().toLowerCase();
    [...body.rows].forEach(filterRow);
  });
  addEventListener("pagehide", stop);
  if (!allowed) {
    byId("tap-start").disabled = true;
    setText(byId("tap-state"), "Looking at bytes needs the role biomed: log in.");
  }
}

function hex(text, length) {
  const pairs = (text ?? "").match(/../g) ?? [];
  const more = length > pairs.length ? ` … ${count(length)} bytes` : "";
  return pairs.join(" ") + more;
}

/** A parameter without a place, with the line that gives it one. */
export function unmappedCard() {
  const line = el("code", { class: "line" });
  const button = el("button", { type: "button", class: "small-button" }, "Copy line");
  const said = el("span", { role: "status", class: "small" });
  button.addEventListener("click", async () => {
    const text = line.textContent;
    try {
      await navigator.clipboard.writeText(text);
      setText(said, "✓ copied");
    } catch {
      getSelection().selectAllChildren(line); // without TLS a page may not write there
      setText(said, "selected: copy it with Ctrl+C");
    }
    setTimeout(() => setText(said, ""), 4000);
  });
  return el("li", {}, el("p", {}, el("b", {}), el("span", { class: "small" })), el("div", { class: "line-box" }, line, button, said));
}

/** Tells what it said last. */
export function tellUnmapped(node, parameter) {
  const [name, rest] = node.firstElementChild.children;
  setText(name, parameter.parameter);
  setText(rest, ` last ${parameter.value ?? ""} ${unit(parameter.unit)} at ${time(parameter.observedAt)}, ${count(parameter.count)} times`);
  setText(node.querySelector(".line"), parameter.line);
  show(node.querySelector(".line-box"), Boolean(parameter.line));
}
