// What was looked for stays in this tab, for this member, and nowhere else: names of customers are among it.
// data-words remembers them; an element with [data-recent] shows what is remembered, [data-forget] forgets it.
const MOST = 8;

export default function recentSearches(element) {
  const key = `golddraht-searches-${element.dataset.member}`;
  const list = element.querySelector("[data-recent]");

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(key)) ?? [];
    } catch {
      return []; // without storage nothing is remembered
    }
  }

  function remember(words) {
    try {
      const others = remembered().filter((one) => one !== words);
      sessionStorage.setItem(key, JSON.stringify([words, ...others].slice(0, MOST)));
    } catch {
      // as above
    }
  }

  function entry(words) {
    const link = document.createElement("a");
    link.className = "chip";
    link.href = `?q=${encodeURIComponent(words)}`;
    link.textContent = words;
    const line = document.createElement("li");
    line.append(link);
    return line;
  }

  if (element.dataset.words) remember(element.dataset.words);
  if (!list) return;
  const found = remembered();
  list.replaceChildren(...found.map(entry));
  element.hidden = found.length === 0;
  element.querySelector("[data-forget]").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    element.hidden = true;
    document.getElementById("search-words").focus();
  });
}
