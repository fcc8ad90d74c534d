// Gives elements their behaviours: data-behaviour="autosize copy". Elements that arrive later (htmx, live) get theirs too.
// What every page of the workspace needs is at hand, and what a quick hand needs at once; any other is fetched with its first
// element, by its name.
import asks from "./behaviours/asks.js";
import autosize from "./behaviours/autosize.js";
import confirm from "./behaviours/confirm.js";
import csrf from "./behaviours/csrf.js";
import dismiss from "./behaviours/dismiss.js";
import failures from "./behaviours/failures.js";
import keyPress from "./behaviours/key-press.js";
import keys from "./behaviours/keys.js";
import listKeys from "./behaviours/list-keys.js";
import live from "./behaviours/live.js";
import menu from "./behaviours/menu.js";
import offline from "./behaviours/offline.js";
import opens from "./behaviours/opens.js";
import palette from "./behaviours/palette.js";
import picked from "./behaviours/picked.js";
import preloads from "./behaviours/preloads.js";
import sendKey from "./behaviours/send-key.js";
import theme from "./behaviours/theme.js";
import times from "./behaviours/times.js";

const behaviours = {
  asks,
  autosize,
  confirm,
  csrf,
  dismiss,
  failures,
  "key-press": keyPress,
  keys,
  "list-keys": listKeys,
  live,
  menu,
  offline,
  opens,
  palette,
  picked,
  preloads,
  "send-key": sendKey,
  theme,
  times,
};

const attached = new WeakMap();

function attach(element) {
  const done = attached.get(element) ?? new Set();
  attached.set(element, done);
  const names = element.dataset.behaviour.split(/\s+/).filter((name) => name && !done.has(name));
  names.forEach((name) => done.add(name));
  const give = () => names.forEach((name) => behaviours[name](element));
  const absent = names.filter((name) => !behaviours[name]);
  if (absent.length) Promise.all(absent.map(fetched)).then(give);
  else give();
}

async function fetched(name) {
  behaviours[name] = (await import(`./behaviours/${name}.js`)).default;
}

function attachWithin(root) {
  if (root.matches?.("[data-behaviour]")) attach(root);
  for (const element of root.querySelectorAll("[data-behaviour]")) attach(element);
}

function watch(records) {
  for (const record of records) {
    if (record.type === "attributes") attachWithin(record.target);
    for (const node of record.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) attachWithin(node);
  }
}

attachWithin(document);
new MutationObserver(watch).observe(document.documentElement, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["data-behaviour"],
});
