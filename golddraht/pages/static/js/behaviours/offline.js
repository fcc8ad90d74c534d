// The page that stands in for another one without a network: says what is known, and gives way as soon as it can.
import { isWritten, lastSeen, notSent } from "./kept.js";

const EVERY = 10000;

export default function offline(box) {
  const kept = box.querySelector("[data-kept]");
  const seen = box.querySelector("[data-seen]");
  const reachable = () => fetch("/healthz", { cache: "no-store" }).then((answer) => answer.ok, () => false);
  const again = () => reachable().then((is) => is && location.reload());

  if (location.hash === notSent) box.querySelector("[data-not-sent]").hidden = false;
  const count = Object.keys(sessionStorage).filter(isWritten).length;
  const words = count > 1 ? kept.dataset.many : count ? kept.dataset.one : kept.dataset.none;
  kept.textContent = words.replace("{count}", count);

  const at = lastSeen();
  if (at) {
    const style = { weekday: "short", hour: "2-digit", minute: "2-digit" };
    seen.querySelector("time").textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(at);
    seen.hidden = false;
  }

  box.querySelector("[data-again]").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  addEventListener("online", again);
  setInterval(again, EVERY);
}
