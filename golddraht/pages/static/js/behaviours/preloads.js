// The concern that is about to be opened is fetched ahead: the one under the pointer or in focus, and, once one is open, the
// next in the list. Nothing is fetched where somebody saves data, and what something new has happened to is fetched again.
const WAIT = 80; // milliseconds a pointer has to rest
const FRESH = 20000;
const MOST = 4;

export default function preloads(list) {
  if (navigator.connection?.saveData) return;
  const kept = new Map();
  let timer = 0;

  function headers(row) {
    return { "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#main", "HX-Source": `a#${row.id}`, Accept: "text/html" };
  }

  const isFresh = (one) => one && performance.now() < one.until;

  function ahead(row) {
    const url = row?.getAttribute("hx-get");
    if (!url || !row.isConnected || row.getAttribute("aria-current") || isFresh(kept.get(url))) return;
    const answer = fetch(url, { headers: headers(row), credentials: "same-origin" }).then((response) => {
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      return response;
    });
    answer.catch(() => kept.delete(url));
    kept.delete(url);
    kept.set(url, { until: performance.now() + FRESH, answer });
    if (kept.size > MOST) kept.delete(kept.keys().next().value);
  }

  function soon(event) {
    clearTimeout(timer);
    const row = event.target.closest("a.row");
    if (row) timer = setTimeout(ahead, WAIT, row);
  }

  function after(row) {
    const rows = [...list.querySelectorAll("a.row")];
    return rows[rows.indexOf(row) + 1];
  }

  function use(event) {
    if (!list.isConnected) return stop();
    const { ctx } = event.detail;
    const row = ctx.sourceElement;
    if (!list.contains(row)) return;
    const url = row.getAttribute("hx-get");
    const one = kept.get(url);
    kept.delete(url);
    if (isFresh(one)) ctx.fetch = () => one.answer.catch(() => fetch(url, { headers: headers(row) }));
    setTimeout(() => ahead(after(row)), 600);
  }

  const forget = () => kept.clear();
  function stop() {
    document.removeEventListener("htmx:before:request", use);
    document.body.removeEventListener("live:inbox", forget);
  }

  list.addEventListener("pointerover", soon);
  list.addEventListener("focusin", soon);
  document.addEventListener("htmx:before:request", use);
  document.body.addEventListener("live:inbox", forget);
}
