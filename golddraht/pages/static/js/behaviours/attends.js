// Tells colleagues that this page is open and whether its person writes, in whichever form of the concern; data-url takes state=reading, typing or gone.
const BEAT = 10000; // milliseconds; the server forgets whoever was not heard of for 25 seconds
const STOPPED_TYPING = 5000;

export default function attends(box) {
  const { url } = box.dataset;
  const concern = url.replace(/attendance\/$/, "");
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  let typedAt = -Infinity;
  let told = "gone";
  let toldAt = -Infinity;

  function tell(state) {
    told = state;
    toldAt = performance.now();
    const options = { method: "POST", body: new URLSearchParams({ state }), headers: { "X-CSRFToken": token }, keepalive: true };
    fetch(url, options).catch(() => {}); // said again with the next beat
  }

  function look() {
    const now = performance.now();
    const state = !box.isConnected || document.hidden ? "gone" : now - typedAt < STOPPED_TYPING ? "typing" : "reading";
    if (state !== told || (state !== "gone" && now - toldAt > BEAT)) tell(state);
    if (!box.isConnected) stop();
  }

  function typed(event) {
    const { form } = event.target;
    if (!form || !(form.closest("#ask-dialog") || form.getAttribute("action")?.startsWith(concern))) return;
    typedAt = performance.now();
    look();
  }

  function gone() {
    if (told !== "gone") tell("gone");
  }

  function stop() {
    clearInterval(timer);
    document.removeEventListener("input", typed);
    document.removeEventListener("visibilitychange", look);
    removeEventListener("pagehide", gone);
  }

  const timer = setInterval(look, 1000);
  document.addEventListener("input", typed);
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", gone);
  look();
}
