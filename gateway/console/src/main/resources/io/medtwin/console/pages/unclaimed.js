// A device that was heard and that nobody configured, and the form that claims it.
import { may, post } from "./api.js";
import { el, setText } from "./dom.js";
import { age, count, since, unit, words } from "./format.js";
import { problem } from "./shell.js";

/** A card with the form. */
export function claimCard(device, profiles, claimed) {
  const heard = el("p", { class: "small" });
  const what = el("p", { class: "parameters" });
  const node = el("li", { class: "card" }, el("h3", {}, device.address), el("p", { class: "small" }, `behind ${device.hub} · driver ${device.driver}`), heard, what, form(device, profiles, claimed));
  node.medtwinParts = { heard, what };
  return node;
}

/** Tells what is known of it by now. */
export function tellClaimCard(node, device) {
  const { heard, what } = node.medtwinParts;
  const ago = since(device.lastHeard);
  setText(heard, `${count(device.reports)} reports, last heard ${ago === null ? "–" : `${age(ago)} ago`}`);
  const parameters = Object.entries(device.parameters).map(([name, unitOf]) => (unitOf && unitOf !== "word" ? `${name} (${unit(unitOf) || "1"})` : name));
  const identity = Object.entries(device.identity).map(([name, text]) => `${words(name).toLowerCase()} ${text}`);
  setText(what, [...identity, `says: ${parameters.join(", ") || "nothing yet"}`].join(" · "));
}

function form(device, profiles, claimed) {
  const likely = device.mayBe.filter((id) => profiles.includes(id));
  const rest = profiles.filter((id) => !likely.includes(id));
  const options = (ids) => ids.map((id) => el("option", { value: id }, id));
  const profile = el(
    "select",
    { name: "profile", required: true },
    el("option", { value: "" }, "choose …"),
    likely.length > 0 ? el("optgroup", { label: "Fits what it says" }, options(likely)) : null,
    el("optgroup", { label: likely.length > 0 ? "Others" : "Profiles" }, options(rest)),
  );
  if (likely.length === 1) {
    profile.value = likely[0];
  }
  const id = el("input", { name: "id", autocomplete: "off", maxlength: 64, placeholder: "from its address" });
  const serial = el("input", { name: "serial", autocomplete: "off", maxlength: 64, value: device.identity.serial ?? "" });
  const place = el("div", {});
  const allowed = may("biomed");
  const button = el("button", { type: "submit", class: "primary", disabled: !allowed }, "Claim");
  const node = el(
    "form",
    { class: "claim", "aria-label": `Claim ${device.address}` },
    el("label", { class: "field" }, el("span", {}, "Profile"), profile),
    el("label", { class: "field" }, el("span", {}, "Id (optional)"), id),
    el("label", { class: "field" }, el("span", {}, "Serial (optional)"), serial),
    button,
    allowed ? null : el("p", { class: "small" }, "Claiming needs the role biomed: log in."),
    place,
  );
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const wish = { hub: device.hub, address: device.address, profile: profile.value };
      if (id.value.trim()) {
        wish.id = id.value.trim();
      }
      if (serial.value.trim()) {
        wish.serial = serial.value.trim();
      }
      const done = await post("/unclaimed/claim", wish);
      place.replaceChildren(el("p", { class: "done", role: "status" }, `✓ Claimed as ${done.device}. ${done.live ? "It is taken up now." : "Restart the gateway to take it up."}`));
      setTimeout(claimed, 4000);
    } catch (error) {
      problem(error, place);
      button.disabled = false;
    }
  });
  return node;
}
