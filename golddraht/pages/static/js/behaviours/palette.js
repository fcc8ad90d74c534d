// Ctrl-K or ⌘-K: go anywhere. The links wait in the <template> inside the dialog; data-search is an address that ends in "?q=".
export default function palette(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[data-palette-list]");
  const none = dialog.querySelector("[data-palette-none]");
  const links = [...dialog.querySelector("template").content.querySelectorAll("a")];
  let chosen = 0;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

  function searchLink(words) {
    if (!dialog.dataset.search || !words) return [];
    const link = document.createElement("a");
    link.href = dialog.dataset.search + encodeURIComponent(words);
    link.textContent = dialog.dataset.searchWords.replace("{words}", words);
    return [link];
  }

  function choose(index) {
    chosen = Math.max(0, Math.min(list.children.length - 1, index));
    [...list.children].forEach((link, place) => link.setAttribute("aria-selected", String(place === chosen)));
    const link = list.children[chosen];
    if (link) input.setAttribute("aria-activedescendant", link.id);
    else input.removeAttribute("aria-activedescendant");
    link?.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    const words = input.value.trim();
    const hits = links.filter((link) => fold(link.textContent).includes(fold(words))).map((link) => link.cloneNode(true));
    list.replaceChildren(...hits, ...searchLink(words));
    [...list.children].forEach((link, place) => {
      link.id = `${list.id}-${place}`;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
    });
    none.hidden = list.children.length > 0;
    choose(0);
  }

  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    }
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      list.children[chosen]?.click();
    }
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => (input.value = ""));
  new MutationObserver(() => dialog.open && filter()).observe(dialog, { attributeFilter: ["open"] });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) dialog.showModal();
  });
}
