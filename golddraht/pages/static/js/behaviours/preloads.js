// The concern that is about to be opened is fetched ahead: the one under the pointer or in focus, and, once one is open, the
// next in the list. Nothing is fetched where somebody saves data. What news comes of is forgotten, and the next fetched
// anew; other people's news leave it alone, and so does the list, which is drawn again with every one of them.
const WAIT = 80; // milliseconds a pointer has to rest
const FRESH = 60000;
const MOST = 4;
const BREATH = 600;

const kept = new Map(); // by address, whichever list fetched it
let around = null; // the list that is on the page now
let again = 0;

const isFresh = (one) => one && performance.now() < one.until;

const concernOf = (row) => row.parentElement.querySelector(".row-pick")?.value;

function headers(row) {
  return { "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#main", "HX-Source": `a#${row.id}`, Accept: "text/html" };
}

function ahead(row) {
  const url = row?.getAttribute("hx-get");
  if (!url || !row.isConnected || row.getAttribute("aria-current") || isFresh(kept.get(url))) return;
  const answer = fetch(url, { headers: headers(row), credentials: "same-origin" }).then((response) => {
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    return response;
  });
  const one = { until: performance.now() + FRESH, answer, hears: `live:conversation-${concernOf(row)}` };
  answer.catch(() => kept.get(url) === one && forget(url));
  forget(url);
  kept.set(url, one);
  document.body.addEventListener(one.hears, changed);
  if (kept.size > MOST) forget(kept.keys().next().value);
}

function forget(url) {
  const one = kept.get(url);
  kept.delete(url);
  if (one && ![...kept.values()].some((other) => other.hears === one.hears)) document.body.removeEventListener(one.hears, changed);
}

function changed(event) {
  for (const [url, one] of kept) if (one.hears === event.type) forget(url);
  nextAgain();
}

function missed() {
  for (const url of [...kept.keys()]) forget(url);
  nextAgain();
}

function after(row) {
  const rows = [...(around?.querySelectorAll("a.row") ?? [])];
  return row && rows[rows.indexOf(row) + 1];
}

// Once for all that happens in a moment, and as the list stands when it is over.
function nextAgain() {
  clearTimeout(again);
  again = setTimeout(() => ahead(after(around?.querySelector("a.row[aria-current]"))), BREATH);
}

function use(event) {
  const { ctx } = event.detail;
  const row = ctx.sourceElement;
  if (!around?.contains(row)) return;
  const url = row.getAttribute("hx-get");
  const one = kept.get(url);
  forget(url);
  if (isFresh(one)) ctx.fetch = () => one.answer.catch(() => fetch(url, { headers: headers(row) }));
  setTimeout(() => ahead(after(row)), BREATH);
}

export default function preloads(list) {
  if (navigator.connection?.saveData) return;
  let timer = 0;

  function soon(event) {
    clearTimeout(timer);
    const row = event.target.closest("a.row");
    if (row) timer = setTimeout(ahead, WAIT, row);
  }

  if (!around) {
    document.addEventListener("htmx:before:request", use);
    document.body.addEventListener("live:resync", missed);
  }
  around = list;
  list.addEventListener("pointerover", soon);
  list.addEventListener("focusin", soon);
  nextAgain();
}
