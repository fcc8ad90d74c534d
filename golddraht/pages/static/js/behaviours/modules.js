import { typeInto } from "./types.js";

// The menu of text modules beside an answer. Its buttons send the form without JavaScript; with it the words are fetched and
// typed where the cursor stands. A "/" at the start of a word opens the menu and filters it; arrows choose, Enter types.
const STROKE = /(^|\s)\/([\p{L}\d-]*)$/u;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export default function modules(menu) {
  const field = document.getElementById(menu.dataset.modules);
  const list = menu.querySelector("[role=listbox]");
  const entries = [...list.querySelectorAll("button")];
  const none = menu.querySelector("[data-none]");
  let stroke = null; // where the "/" and its word begin and end, while one is being typed
  let chosen = 0;

  const shown = () => entries.filter((entry) => !entry.hidden);

  function choose(index) {
    const here = shown();
    chosen = Math.max(0, Math.min(here.length - 1, index));
    for (const entry of entries) entry.setAttribute("aria-selected", String(entry === here[chosen]));
    if (stroke && here[chosen]) field.setAttribute("aria-activedescendant", here[chosen].id);
    else field.removeAttribute("aria-activedescendant");
    here[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function filter(words) {
    for (const entry of entries) entry.hidden = !fold(entry.dataset.words).includes(fold(words));
    if (none) none.hidden = shown().length > 0;
    choose(0);
  }

  function close() {
    stroke = null;
    menu.open = false;
    filter("");
  }

  function look() {
    const end = field.selectionStart;
    const hit = end === field.selectionEnd && STROKE.exec(field.value.slice(0, end));
    if (!hit) return stroke && close();
    stroke = { from: end - hit[2].length - 1, to: end };
    filter(hit[2]);
    // a stroke that fits nothing is a stroke
    if (shown().length === 0) return close();
    menu.open = true;
  }

  async function type(entry) {
    const { from, to } = stroke ?? { from: field.selectionStart, to: field.selectionEnd };
    close();
    const body = new FormData();
    body.append("module", entry.value);
    body.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(entry.formAction, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    typeInto(field, await answer.text(), from, to);
  }

  list.addEventListener("click", (event) => {
    const entry = event.target.closest("button");
    if (!entry) return;
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
    if (!menu.open) field.removeAttribute("aria-activedescendant");
    else if (!stroke) shown()[0]?.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const here = shown();
    here[here.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  });
}
