// Ctrl-K or ⌘-K: go anywhere, do what this page can do, find anybody. The acts are collected from the page as it is now, what else
// belongs to it waits in the <template> inside the dialog, places and beginnings come from data-reach when it opens first, and
// people, concerns and articles from data-palette while one types.
const QUIET = 150; // milliseconds without a key before the server is asked

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const STARTS_WORD = 3; // letters from which on words that are not shown are looked through
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

export default function palette(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[data-palette-list]");
  const none = dialog.querySelector("[data-palette-none]");
  const count = dialog.querySelector("[data-palette-count]");
  const extras = [...dialog.querySelector("template").content.querySelectorAll("a")];
  const called = {}; // further words for the acts
  let reach = [];
  let reaching = Promise.resolve();
  let acts = [];
  let found = [];
  let chosen = 0;
  let timer = 0;
  let asking = null;

  const options = () => [...list.querySelectorAll("[role=option]")];

  function keyOf(act) {
    return act ? document.querySelector(`[data-key-act="${act}"]`)?.dataset.keys : "";
  }

  async function collect() {
    const { actsHere, aimOf } = await import("./acts-here.js");
    const known = new Set(reach.flatMap((part) => part.links.map((link) => aimOf(link.getAttribute("href")))));
    acts = actsHere(document.querySelector("main"), known).map(({ text, element }) => option(text, element));
    show();
  }

  async function fetchReach() {
    if (!dialog.dataset.reach || reach.length) return;
    const response = await fetch(dialog.dataset.reach, { headers: { "HX-Request": "true" } });
    if (!response.ok || response.redirected) return;
    const part = document.createElement("template");
    part.innerHTML = await response.text();
    for (const { dataset } of part.content.querySelectorAll("[data-of]")) called[dataset.of] = dataset.called;
    reach = [...part.content.querySelectorAll("[role=group]")].map((one) => ({ title: one.getAttribute("aria-label"), links: [...one.querySelectorAll("a")] }));
  }

  function option(text, element) {
    const link = document.createElement("a");
    link.href = element.href ?? "#";
    link.dataset.called = called[element.dataset.act] ?? "";
    const icon = element.querySelector("svg");
    if (icon) link.append(icon.cloneNode(true));
    link.append(Object.assign(document.createElement("span"), { className: "grow", textContent: text }));
    const key = keyOf(element.dataset.act);
    if (key) link.append(Object.assign(document.createElement("kbd"), { className: "key-hint", textContent: key }));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
      if (element.matches("input, textarea")) element.focus();
      else element.click();
    });
    return link;
  }

  function searchLink(typed) {
    if (!dialog.dataset.search || !typed) return [];
    const link = document.createElement("a");
    link.href = dialog.dataset.search + encodeURIComponent(typed);
    link.textContent = dialog.dataset.searchWords.replace("{words}", typed);
    return [link];
  }

  function group(title, links) {
    if (!links.length) return [];
    const part = document.createElement("div");
    const heading = Object.assign(document.createElement("div"), { className: "palette-title", textContent: title });
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", title);
    heading.setAttribute("aria-hidden", "true");
    part.append(heading, ...links);
    return [part];
  }

  function choose(index) {
    const all = options();
    chosen = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((link, place) => link.setAttribute("aria-selected", String(place === chosen)));
    if (all[chosen]) input.setAttribute("aria-activedescendant", all[chosen].id);
    else input.removeAttribute("aria-activedescendant");
    all[chosen]?.scrollIntoView({ block: "nearest" });
  }

  // Its words hold what was typed, or one of its further names begins with it.
  function isCalled(link, word) {
    if (fold(words(link)).includes(word)) return true;
    const called = word.length < STARTS_WORD ? [] : fold(link.dataset.called ?? "").split(/[\s,.;:]+/);
    return called.some((name) => name.startsWith(word));
  }

  function show() {
    const typed = input.value.trim();
    const sought = fold(typed).split(/\s+/).filter(Boolean);
    const fits = (link) => sought.every((word) => isCalled(link, word));
    const { actsTitle, placesTitle } = dialog.dataset;
    list.replaceChildren(
      ...group(actsTitle, acts.filter(fits)),
      ...group(placesTitle, extras.filter(fits).map((link) => link.cloneNode(true))),
      ...reach.flatMap((part) => group(part.title, part.links.filter(fits).map((link) => link.cloneNode(true)))),
      ...found,
      ...searchLink(typed),
    );
    [...list.querySelectorAll("a")].forEach((link, place) => {
      link.id = `${list.id}-${place}`;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
    });
    none.hidden = options().length > 0;
    count.textContent = count.dataset.text.replace("{count}", options().length);
    choose(0);
  }

  async function ask(typed) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const response = await fetch(dialog.dataset.palette + encodeURIComponent(typed), { signal, headers: { "HX-Request": "true" } });
    if (!response.ok || response.redirected) return;
    const part = document.createElement("template");
    part.innerHTML = await response.text();
    if (signal.aborted) return;
    found = [...part.content.children];
    show();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (typed.length < 2) {
      asking?.abort();
      found = [];
    } else if (dialog.dataset.palette) {
      // without an answer the places and acts are still there
      timer = setTimeout(() => ask(typed).catch(() => {}), QUIET);
    }
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    }
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      reaching.then(() => options()[chosen]?.click());
    }
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    asking?.abort();
    input.value = "";
    found = [];
  });
  new MutationObserver(() => {
    if (!dialog.open) return;
    show();
    collect();
    reaching = fetchReach().catch(() => {}).then(collect); // without it the acts are still there
  }).observe(dialog, { attributeFilter: ["open"] });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) dialog.showModal();
  });
}
