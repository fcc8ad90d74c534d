// The keys for next and previous (see pages/keys.py) walk through the rows of a list, Enter opens the one in focus (a row is a link).
export default function listKeys(list) {
  const rows = () => [...list.querySelectorAll("a.row, [data-row]")];

  function step(by) {
    const all = rows();
    const focused = all.indexOf(document.activeElement);
    const from = focused >= 0 ? focused : all.findIndex((row) => row.getAttribute("aria-current"));
    const next = all[from < 0 ? 0 : Math.max(0, Math.min(all.length - 1, from + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  for (const [name, by] of [["next", 1], ["previous", -1]]) {
    document.addEventListener(`key:${name}`, () => list.isConnected && step(by));
  }

  function mark(chosen) {
    for (const row of list.querySelectorAll("a.row")) {
      row.classList.toggle("is-active", row === chosen);
      if (row === chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  // the chosen row shows at once, before the answer of the server arrives
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("a.row");
    if (chosen && !event.ctrlKey && !event.metaKey && !event.shiftKey) mark(chosen);
  });

  // a list that refreshes itself does not know which concern was swapped in beside it meanwhile
  const here = [...list.querySelectorAll("a.row")].find((row) => row.pathname === location.pathname);
  if (here) mark(here);
}
