// Gives elements their behaviours: data-behaviour="autosize copy". Elements that arrive later (htmx, live) get theirs too.
import asks from "./behaviours/asks.js";
import autosaves from "./behaviours/autosaves.js";
import attends from "./behaviours/attends.js";
import autosize from "./behaviours/autosize.js";
import confirm from "./behaviours/confirm.js";
import copy from "./behaviours/copy.js";
import countdown from "./behaviours/countdown.js";
import csrf from "./behaviours/csrf.js";
import dismiss from "./behaviours/dismiss.js";
import draft from "./behaviours/draft.js";
import failures from "./behaviours/failures.js";
import fills from "./behaviours/fills.js";
import held from "./behaviours/held.js";
import installs from "./behaviours/installs.js";
import formats from "./behaviours/formats.js";
import keyPress from "./behaviours/key-press.js";
import keys from "./behaviours/keys.js";
import listKeys from "./behaviours/list-keys.js";
import live from "./behaviours/live.js";
import mentions from "./behaviours/mentions.js";
import menu from "./behaviours/menu.js";
import modules from "./behaviours/modules.js";
import namesFiles from "./behaviours/names-files.js";
import newer from "./behaviours/newer.js";
import newest from "./behaviours/newest.js";
import notices from "./behaviours/notices.js";
import offline from "./behaviours/offline.js";
import opens from "./behaviours/opens.js";
import palette from "./behaviours/palette.js";
import puts from "./behaviours/puts.js";
import recentSearches from "./behaviours/recent-searches.js";
import picked from "./behaviours/picked.js";
import picks from "./behaviours/picks.js";
import presses from "./behaviours/presses.js";
import preloads from "./behaviours/preloads.js";
import rests from "./behaviours/rests.js";
import sendKey from "./behaviours/send-key.js";
import theme from "./behaviours/theme.js";
import times from "./behaviours/times.js";
import types from "./behaviours/types.js";

const behaviours = {
  asks,
  autosaves,
  attends,
  autosize,
  confirm,
  copy,
  countdown,
  csrf,
  dismiss,
  draft,
  failures,
  fills,
  formats,
  held,
  installs,
  "key-press": keyPress,
  keys,
  "list-keys": listKeys,
  live,
  mentions,
  menu,
  modules,
  "names-files": namesFiles,
  newer,
  newest,
  notices,
  offline,
  opens,
  palette,
  puts,
  "recent-searches": recentSearches,
  picked,
  picks,
  presses,
  preloads,
  rests,
  "send-key": sendKey,
  theme,
  times,
  types,
};

const attached = new WeakMap();

function attach(element) {
  const done = attached.get(element) ?? new Set();
  attached.set(element, done);
  for (const name of element.dataset.behaviour.split(/\s+/)) {
    if (!behaviours[name] || done.has(name)) continue;
    done.add(name);
    behaviours[name](element);
  }
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
