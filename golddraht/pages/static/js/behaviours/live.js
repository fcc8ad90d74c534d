// One line to the server for the whole page: body[data-live]. An event says only what changed ("conversation-42");
// it becomes the DOM event live:conversation-42 on body, and elements with hx-trigger="live:conversation-42 from:body"
// fetch themselves again. "inbox-12-7" is a change in a concern of member 12 and team 7, and means inbox-of-12, inbox-in-7
// and inbox; plain "inbox" may be about every list and is for all of them. After "resync", or when the line was lost, everything that listens fetches again.
// What hears of many names (data-hears="inbox-of-12 inbox-in-7") fetches itself once for all of a change with the event live:heard,
// and where much happens once for all that happened within a second: at once for the first, at its end for the rest.
// After "crowded" this page had to make room for a newer one: it comes back when somebody looks at it, or after a minute.
// A line may be dead and look alive: after sleep, or behind a router that forgot it. The server says something every 15 s ("beat");
// where nothing was heard for much longer, the line is laid anew.
import { noteSeen } from "./kept.js";

const pauses = [1, 2, 4, 8, 15, 30, 60]; // seconds
const BREATH = 1000; // milliseconds between two fetches of what hears of many names
const SILENCE = 40000; // milliseconds without a word from the server
const LOOK = 5000;
// Nobody waits for a page that renews itself: it lets those go first for which somebody does (RFC 9218; 3 is usual).
const CAN_WAIT = "u=5";

export default function live(body) {
  let source = null;
  let attempt = 0;
  let timer = 0;
  let wasLost = false;
  let heardAt = 0; // by the clock on the wall, which goes on while a device sleeps
  const woken = new Map();
  const waiting = new Map();

  function tell(...topics) {
    noteSeen();
    for (const topic of topics) body.dispatchEvent(new CustomEvent(`live:${topic}`, { bubbles: true }));
    for (const element of body.querySelectorAll("[data-hears]")) {
      if (namesHeard(element).some((name) => topics.includes(name))) wake(element.id);
    }
  }

  function namesHeard(element) {
    return element.dataset.hears.split(" ");
  }

  // By its id: whoever fetches itself again is another element afterwards.
  function wake(id) {
    if (waiting.has(id)) return;
    const pause = (woken.get(id) ?? -BREATH) + BREATH - performance.now();
    if (pause > 0) waiting.set(id, setTimeout(wakeNow, pause, id));
    else wakeNow(id);
  }

  function wakeNow(id) {
    waiting.delete(id);
    woken.set(id, performance.now());
    document.getElementById(id)?.dispatchEvent(new CustomEvent("live:heard"));
  }

  function listened() {
    const topics = new Set([...body.querySelectorAll("[data-hears]")].flatMap(namesHeard));
    for (const element of body.querySelectorAll("[hx-trigger*='live:']")) {
      for (const [, topic] of element.getAttribute("hx-trigger").matchAll(/live:([\w.-]+)/g)) topics.add(topic);
    }
    topics.delete("heard");
    return [...topics];
  }

  function tellAll() {
    tell("resync", ...listened());
  }

  function beaten() {
    heardAt = Date.now();
    noteSeen();
  }

  function lookAlive() {
    if (source.readyState === EventSource.CLOSED || Date.now() - heardAt < SILENCE) return;
    wasLost = true;
    if (++attempt > 1) body.dataset.connection = "lost";
    open();
  }

  function hear(name) {
    beaten();
    const [, owner, team] = name.match(/^inbox-(\d+)-(\d+)$/) ?? [];
    if (owner) tell("inbox", `inbox-of-${owner}`, `inbox-in-${team}`);
    else if (name === "inbox") tell("inbox", ...listened().filter((topic) => topic.startsWith("inbox-")));
    else tell(name);
  }

  function opened() {
    attempt = 0;
    beaten();
    delete body.dataset.connection;
    if (wasLost) tellAll();
    wasLost = false;
  }

  function lost() {
    clearTimeout(timer);
    if (source.readyState === EventSource.OPEN) noteSeen(); // until this very moment
    source.close();
    wasLost = true;
    const pause = pauses[Math.min(attempt++, pauses.length - 1)] * (0.75 + Math.random() / 2);
    if (attempt > 2 || !navigator.onLine) body.dataset.connection = "lost";
    timer = setTimeout(open, pause * 1000);
  }

  function crowdedOut() {
    source.close();
    wasLost = true;
    if (!document.hidden) timer = setTimeout(open, 60000);
    document.addEventListener("visibilitychange", open, { once: true });
  }

  function open() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", open);
    if (source && source.readyState !== EventSource.CLOSED) source.close();
    heardAt = Date.now();
    // What happened between the writing of this page and now is told again; after a loss everything is asked for anyway.
    const since = source ? "" : `?since=${body.dataset.written}`;
    source = new EventSource(body.dataset.live + since);
    source.addEventListener("open", opened);
    source.addEventListener("message", (event) => hear(event.data.trim()));
    source.addEventListener("beat", beaten);
    source.addEventListener("resync", () => (beaten(), tellAll()));
    source.addEventListener("crowded", crowdedOut);
    source.addEventListener("error", lost);
  }

  if (!body.dataset.live) return;
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceEvent?.type.startsWith("live:")) ctx.request.headers.Priority = CAN_WAIT;
  });
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    source.close();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    wasLost = true;
    open();
  });
  // A line that is cut says nothing for a while: the device knows before it does.
  addEventListener("offline", lost);
  addEventListener("online", open);
  document.addEventListener("visibilitychange", lookAlive);
  setInterval(lookAlive, LOOK);
  open();
}
