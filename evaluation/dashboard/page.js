// Tells the browser the language and the style of the page, and puts the reader's words in place of those that the framework has in
// English only: texts, names read aloud, hints. What people have written is never touched.

const NAMES = ["aria-label", "title", "placeholder"];
const OWN = "[data-testid='stMarkdownContainer'] p, [data-testid='stTable'], textarea, script, style, svg.main-svg";
// What stood there and what stands there now, by node and by the name of its attribute.
const before = new WeakMap();
let words = new Map();
let patterns = [];
let watching = false;
let spoken = "";

export default function ({ data }) {
  // Saying the same again at every rerun would have the browser lay the whole page out anew.
  const told = JSON.stringify(data);
  if (told === spoken && style().textContent === data.rules) return;
  spoken = told;
  document.documentElement.lang = data.lang;
  style().textContent = data.rules;
  words = new Map(Object.entries(data.words));
  patterns = data.patterns.map(([pattern, text]) => [new RegExp(`^${pattern}$`), text]);
  below(document.body);
  if (watching) return;
  watching = true;
  new MutationObserver((changes) => changes.forEach(changed)).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: NAMES,
  });
}

function style() {
  const found = document.getElementById("own-style");
  if (found) return found;
  const made = document.createElement("style");
  made.id = "own-style";
  return document.head.appendChild(made);
}

function changed({ type, target, addedNodes }) {
  if (target instanceof SVGElement) return;
  if (type === "childList") addedNodes.forEach(below);
  else if (type === "attributes") named(target);
  else said(target);
}

/** Put our words into a node and everything below it, drawings left out: their many texts are our own. */
function below(node) {
  if (node instanceof SVGElement) return;
  if (node.nodeType === Node.TEXT_NODE) return said(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  named(node);
  const nodes = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (each) =>
    each instanceof SVGElement ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (nodes.nextNode()) {
    if (nodes.currentNode.nodeType === Node.TEXT_NODE) said(nodes.currentNode);
    else named(nodes.currentNode);
  }
}

function said(node) {
  if (node.parentElement?.closest(OWN) && !node.parentElement.closest("button")) return;
  put(node, "text", node.nodeValue, (text) => { node.nodeValue = text; });
}

function named(element) {
  for (const name of NAMES) {
    const value = element.getAttribute(name);
    if (value) put(element, name, value, (text) => element.setAttribute(name, text));
  }
}

function put(node, name, stands, set) {
  const known = before.get(node) ?? {};
  const english = known[name]?.ours === stands ? known[name].english : stands;
  const ours = translated(english.trim());
  if (ours === undefined) return;
  before.set(node, { ...known, [name]: { english, ours } });
  if (ours !== stands) set(ours);
}

function translated(text) {
  if (words.has(text)) return words.get(text);
  for (const [pattern, ours] of patterns) {
    const found = pattern.exec(text);
    if (found) return ours.replace(/\{(\d)\}/g, (_, number) => found[Number(number)]);
  }
  return undefined;
}
