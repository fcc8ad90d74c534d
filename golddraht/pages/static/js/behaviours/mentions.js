import { typeInto } from "./types.js";

// "@" in a note offers the colleagues of data-names (a line each): arrows choose, Enter or Tab types the name.
const STROKE = /(^|\s)@([\p{L}-]*(?: [\p{L}-]+)?)$/u;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export default function mentions(field) {
  const names = (field.dataset.names ?? "").split("\n").filter(Boolean);
  if (!names.length) return;
  const list = document.createElement("div");
  list.className = "mention-list";
  list.setAttribute("role", "listbox");
  list.id = `${field.id}-mentions`;
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  let stroke = null;
  let chosen = 0;

  function close() {
    list.hidden = true;
    stroke = null;
    field.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const entries = [...list.children];
    chosen = (index + entries.length) % entries.length;
    entries.forEach((entry, place) => entry.setAttribute("aria-selected", String(place === chosen)));
    field.setAttribute("aria-activedescendant", entries[chosen].id);
  }

  function type(name) {
    const { from, to } = stroke;
    close();
    typeInto(field, `@${name} `, from, to);
  }

  function entry(name, place) {
    const option = document.createElement("div");
    option.className = "menu-entry";
    option.setAttribute("role", "option");
    option.id = `${list.id}-${place}`;
    option.textContent = name;
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      type(name);
    });
    return option;
  }

  field.addEventListener("input", () => {
    const end = field.selectionStart;
    const hit = STROKE.exec(field.value.slice(0, end));
    const fitting = hit ? names.filter((name) => fold(name).split(" ").some((_, at, parts) => parts.slice(at).join(" ").startsWith(fold(hit[2])))) : [];
    if (!fitting.length) return close();
    stroke = { from: end - hit[2].length - 1, to: end };
    list.replaceChildren(...fitting.slice(0, 6).map(entry));
    list.hidden = false;
    choose(0);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const acts = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => type(list.children[chosen].textContent),
      Tab: () => type(list.children[chosen].textContent),
      Escape: close,
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[event.key]();
  });
}
