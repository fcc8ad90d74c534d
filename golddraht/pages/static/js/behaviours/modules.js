import { isThere, named } from "./acts-here.js";
import { typeInto } from "./types.js";

// What can be called while one writes an answer: text modules, what can be done with the concern, macros and articles, in groups.
// The buttons of the modules send the form without JavaScript; with it the words are fetched and typed where the cursor stands. A
// "/" at the start of a word opens the menu and filters it; arrows choose, Enter types or does it. Acts and macros are those of the
// page, and are pressed there; articles come from data-articles while one types.
const STROKE = /(^|\s)\/([\p{L}\d-]*)$/u;
const QUIET = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters by which articles are looked for
const NO_ACTS = ["answer", "search_field", "undo"];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export default function modules(menu) {
  const field = document.getElementById(menu.dataset.modules);
  const list = menu.querySelector("[role=listbox]");
  let stroke = null; // where the "/" and its word begin and end, while one is being typed
  let chosen = 0;
  let timer = 0;
  let asking = null;

  const entries = () => [...list.querySelectorAll("button")];
  const shown = () => entries().filter((entry) => !entry.hidden);

  function choose(index) {
    const here = shown();
    chosen = Math.max(0, Math.min(here.length - 1, index));
    for (const entry of entries()) entry.setAttribute("aria-selected", String(entry === here[chosen]));
    if (stroke && here[chosen]) field.setAttribute("aria-activedescendant", here[chosen].id);
    else field.removeAttribute("aria-activedescendant");
    here[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function filter(words) {
    for (const entry of entries()) {
      const isOffered = entry.closest("[data-group=articles]") || fold(entry.dataset.words).includes(fold(words));
      entry.hidden = !isOffered;
    }
    for (const group of list.querySelectorAll("[role=group]")) group.hidden = !group.querySelector("button:not([hidden])");
    choose(0);
  }

  function group(name, buttons) {
    const part = list.querySelector(`[data-group=${name}]`);
    part.querySelectorAll("button").forEach((old) => old.remove());
    part.append(...buttons);
  }

  // Acts and macros as the page has them at this moment.
  function collect() {
    const acts = [...document.querySelectorAll("main [data-act]")].filter((one) => !NO_ACTS.includes(one.dataset.act) && isThere(one));
    group("acts", acts.map((one) => press(one, `call-${one.dataset.act}`)));
    group("macros", [...document.querySelectorAll("main button[id^=macro-]")].map((one) => press(one, `call-${one.id}`)));
  }

  function press(element, id) {
    const button = document.createElement("button");
    const text = named(element);
    const key = document.querySelector(`[data-key-act="${element.dataset.act}"]`)?.dataset.keys ?? element.dataset.key;
    Object.assign(button, { id, type: "button", className: "menu-entry" });
    button.setAttribute("role", "option");
    button.dataset.words = text;
    button.append(Object.assign(document.createElement("span"), { className: "grow", textContent: text }));
    if (key) button.append(Object.assign(document.createElement("kbd"), { className: "key-hint", textContent: key }));
    button.addEventListener("click", () => {
      takeStrokeAway();
      element.click();
    });
    return button;
  }

  async function ask(words) {
    asking = new AbortController();
    const { signal } = asking;
    const response = await fetch(menu.dataset.articles + encodeURIComponent(words), { signal, headers: { "HX-Request": "true" } });
    if (!response.ok || response.redirected) return;
    const part = document.createElement("template");
    part.innerHTML = await response.text();
    if (signal.aborted || !stroke) return;
    group("articles", [...part.content.children]);
    open(words);
  }

  function askSoon(words) {
    clearTimeout(timer);
    asking?.abort();
    group("articles", []);
    if (words.length >= SHORTEST) timer = setTimeout(() => ask(words).catch(() => {}), QUIET);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    stroke = null;
    menu.open = false;
    group("articles", []);
    filter("");
  }

  // A stroke that fits nothing is a stroke.
  function open(words) {
    filter(words);
    menu.open = shown().length > 0;
  }

  function look() {
    const end = field.selectionStart;
    const hit = end === field.selectionEnd && STROKE.exec(field.value.slice(0, end));
    if (!hit) return stroke && close();
    if (!stroke) collect();
    stroke = { from: end - hit[2].length - 1, to: end };
    askSoon(hit[2]);
    open(hit[2]);
  }

  function place() {
    return stroke ?? { from: field.selectionStart, to: field.selectionEnd };
  }

  function takeStrokeAway() {
    const { from, to } = place();
    const isTyped = Boolean(stroke);
    close();
    if (isTyped) typeInto(field, "", from, to);
  }

  async function type(entry) {
    const { from, to } = place();
    close();
    if (entry.dataset.put) return typeInto(field, entry.dataset.put, from, to);
    const body = new FormData();
    body.append("module", entry.value);
    body.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(entry.formAction, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    typeInto(field, await answer.text(), from, to);
  }

  list.addEventListener("click", (event) => {
    const entry = event.target.closest("button");
    if (!entry || entry.closest("[data-group=acts], [data-group=macros]")) return;
    event.preventDefault();
    type(entry).catch(() => entry.form.requestSubmit(entry));
  });

  field.addEventListener("input", look);
  field.addEventListener("blur", () => stroke && setTimeout(() => menu.contains(document.activeElement) || close(), 150));
  field.addEventListener("keydown", (event) => {
    if (!stroke || !menu.open || event.isComposing || event.ctrlKey || event.metaKey) return;
    const acts = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => shown()[chosen]?.click(),
      Tab: () => shown()[chosen]?.click(),
      Escape: close,
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[event.key]();
  });

  menu.addEventListener("toggle", () => {
    if (!menu.open) return field.removeAttribute("aria-activedescendant");
    if (stroke) return;
    collect();
    filter("");
    shown()[0]?.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const here = shown();
    here[here.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  });
}
