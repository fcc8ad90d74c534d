// What can be done on the page as it is now: everything in its bars and menus, what carries data-act, and every other button
// whose words stand on it once. Each act is there once, told apart by what it does and not by what it is called.
const IN_BARS = "[data-act], .bar-acts a, .bar-acts button, .bar-filters a";
const ELSEWHERE = "a.button, button.button, .menu-entry, .button-link";
const NO_ACTS = ".bar-back, [data-opens=palette], [aria-current], [disabled], [role=option], [formmethod=dialog]";

const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

// The words as they are seen; those only heard where nothing else is there.
export function named(element) {
  if (element.matches("input, textarea")) return element.dataset.actText;
  const copy = element.cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd, .chip-count, .sign")) hint.remove();
  const all = words(copy);
  for (const heard of copy.querySelectorAll(".visually-hidden")) heard.remove();
  return words(copy) || all || element.title;
}

// Where an address leads: of a list of concerns only which one, whatever is open beside it.
export function aimOf(href) {
  const { pathname, search, searchParams } = new URL(href, location);
  const place = searchParams.get("place");
  return pathname + (pathname.endsWith("/inbox/") && place ? `?place=${place}` : search);
}

// In sight, or in a menu that can be opened; buttons that format are found where one writes.
export const isThere = (element) => !element.closest("[role=toolbar]") && (element.closest("details") || element.checkVisibility?.());

function identity(element, text) {
  if (element.dataset.act) return `act ${element.dataset.act}`;
  if (element.href) return element.href;
  const { form, name = "", value = "" } = element;
  return form && element.type === "submit" ? `${element.formAction} ${name} ${value}` : text;
}

export function actsHere(main, known) {
  const found = new Map();
  const offer = (element, isAlone = () => true) => {
    const text = named(element);
    if (!text || element.matches(NO_ACTS) || element.closest("[hidden], dialog")) return;
    if (element.href && known.has(aimOf(element.href))) return;
    const key = identity(element, text);
    if (!found.has(key) && isAlone(text)) found.set(key, { text, element });
  };
  for (const element of main?.querySelectorAll(IN_BARS) ?? []) offer(element);
  const rest = [...(main?.querySelectorAll(ELSEWHERE) ?? [])].filter(isThere);
  const texts = rest.map(named);
  for (const element of rest) offer(element, (text) => texts.indexOf(text) === texts.lastIndexOf(text));
  return [...found.values()];
}
