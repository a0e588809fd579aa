// Builds and changes the page. Whatever comes from a device or a person goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, `on…` listeners and children; text becomes text nodes. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets the text of an element that nobody else writes, only where it differs: an unchanged page costs no layout. */
export function setText(node, text) {
  const next = text === null || text === undefined ? "" : String(text);
  if (node.medtwinText !== next) {
    node.medtwinText = next;
    node.textContent = next;
  }
}

/** Sets, changes or (null, false) removes an attribute that nobody else writes, only where it differs. */
export function setAttr(node, name, value) {
  const next = value === null || value === undefined || value === false ? null : value === true ? "" : String(value);
  const known = (node.medtwinAttributes ??= {});
  if (known[name] === next) {
    return;
  }
  known[name] = next;
  if (next === null) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, next);
  }
}

/** Shows or hides. */
export function show(node, shown) {
  if (node.hidden === shown) {
    node.hidden = !shown;
  }
}

/**
 * Makes the children of `parent` one for each item, in order: nodes are kept by key, moved only where the order changed, and the focus stays.
 *
 * @param make item → node
 * @param change called with the node, old or new, and its item
 */
export function keyed(parent, items, keyOf, make, change) {
  const keys = items.map(keyOf);
  const before = parent.medtwinKeys;
  if (before !== undefined && before.length === keys.length && before.every((key, i) => key === keys[i])) {
    items.forEach((item, i) => change(parent.medtwinNodes.get(keys[i]), item));
    return;
  }
  const old = parent.medtwinNodes ?? new Map();
  const nodes = new Map();
  items.forEach((item, i) => {
    if (nodes.has(keys[i])) {
      return; // said twice: the first counts
    }
    const node = old.get(keys[i]) ?? make(item);
    nodes.set(keys[i], node);
    change(node, item);
  });
  for (const [key, node] of old) {
    if (!nodes.has(key)) {
      node.remove();
    }
  }
  parent.medtwinNodes = nodes;
  parent.medtwinKeys = [...nodes.keys()];
  arrange(parent, nodes.values());
}

/** Brings nodes that exist into this order under `parent`, moving only those out of place; the focus stays. Others are not removed. */
export function arrange(parent, nodes) {
  const focused = document.activeElement;
  let place = parent.firstElementChild;
  for (const node of nodes) {
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  if (focused !== document.activeElement && focused?.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

/** The first of them, and a button that says how many there are; once it was pressed, all. Long tables cost their layout at each change. */
export function first(items, most, button) {
  const all = button.dataset.all === "yes";
  show(button, !all && items.length > most);
  setText(button, `Show all ${items.length} rows`);
  return all ? items : items.slice(0, most);
}

/** Makes such a button show all. */
export function showsAll(button, draw) {
  button.addEventListener("click", () => {
    button.dataset.all = "yes";
    draw();
  });
}

/** Calls `draw` at most once a frame, however often the result is asked for. */
export function onFrame(draw) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        draw();
      });
    }
  };
}

/** The element of this id, which the page has. */
export function byId(id) {
  return document.getElementById(id);
}
