import { isPlainKey, isTyping } from "./typing.js";

// Sits on the dialog of the help and does what stands in it: every [data-keys] says which strokes ("g i"), and what they do:
// data-url goes there (data-waiting says that a further stroke is awaited), data-key-act presses (or enters) the element with that data-act, data-key-event tells the page key:<name>.
const PATIENCE = 1500; // milliseconds between the strokes of one key

// The first that is seen; of several that say when they came about (data-at) the latest.
export function elementFor(act) {
  const all = [...document.querySelectorAll(`[data-act="${act}"]`)];
  all.sort((one, other) => (other.dataset.at ?? 0) - (one.dataset.at ?? 0));
  return all.find((one) => one.checkVisibility?.()) ?? all[0];
}

export default function keys(dialog) {
  const table = [...dialog.querySelectorAll("[data-keys]")].map((entry) => ({ ...entry.dataset }));
  let strokes = "";
  let timer = 0;

  function forget() {
    clearTimeout(timer);
    strokes = "";
    delete dialog.dataset.waiting;
  }

  function act(name) {
    const element = elementFor(name);
    if (!element) return false;
    if (element.matches("input, textarea")) element.focus();
    else element.click();
    return true;
  }

  function perform(entry) {
    if (entry.url) location.assign(entry.url);
    else if (entry.keyAct) return act(entry.keyAct) || fallBack(entry);
    else if (entry.keyEvent === "help") dialog.showModal();
    else if (entry.keyEvent) document.dispatchEvent(new CustomEvent(`key:${entry.keyEvent}`));
    else return false;
    return true;
  }

  // "/" searches on the page that has a field for it, and goes to the search from any other.
  function fallBack(entry) {
    if (entry.keyAct !== "search_field") return false;
    const search = table.find((one) => one.keys === "g s");
    if (search) location.assign(search.url);
    return Boolean(search);
  }

  document.addEventListener("keydown", (event) => {
    if (!isPlainKey(event) || isTyping(event) || event.key.length !== 1) return;
    if (document.querySelector("dialog[open]")) return;
    const typed = strokes ? `${strokes} ${event.key}` : event.key;
    forget();
    const entry = table.find((one) => one.keys === typed);
    if (entry && perform(entry)) event.preventDefault();
    else if (table.some((one) => one.keys.startsWith(`${typed} `))) {
      strokes = typed;
      dialog.dataset.waiting = "";
      timer = setTimeout(forget, PATIENCE);
    }
  });
}
