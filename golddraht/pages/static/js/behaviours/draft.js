// What is being written is kept on the server, a moment after the last key, and whatever is chosen beside it with it.
// One request at a time, so that an older state never comes after a newer one; sending waits for the one under way.
// Where the server cannot be reached the words stay in this tab, and it is tried again; an answer that did not go comes back.
import { kept, notSent } from "./kept.js";

const PAUSE = 700; // milliseconds without a key
const AGAIN = 5000;

export default function draft(form) {
  const { draftUrl, draftKey, filesUrl } = form.dataset;
  const text = form.elements.text;
  const known = form.elements.known_at;
  const line = form.querySelector("[data-draft-line]");
  const movedOn = form.querySelector("[data-moved-on]");
  const unsent = form.querySelector("[data-unsent]");
  const tab = kept(draftKey);
  let running = Promise.resolve();
  let underWay = 0;
  let isWaiting = false;
  let isDirty = false;
  let isOver = false;
  let timer = 0;

  function written() {
    const data = new FormData(form);
    data.delete("attached");
    return data;
  }

  function inTurn(act) {
    underWay += 1;
    running = running.then(act).catch(failed).finally(() => (underWay -= 1));
    return running;
  }

  function failed() {
    isDirty = true;
    tab.keep(text.value);
    line.textContent = line.dataset.here;
    timer = setTimeout(keep, AGAIN);
  }

  function keep() {
    clearTimeout(timer);
    if (!isDirty || isOver || isWaiting) return running;
    isDirty = false;
    const last = written();
    return inTurn(async () => {
      last.set("known_at", known.value);
      const options = { method: "POST", body: last, headers: { Accept: "application/json" }, keepalive: text.value.length < 20000 };
      const response = await fetch(draftUrl, options);
      if (response.status === 409) return stop();
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      const kept = await response.json();
      known.value = kept.known_at;
      line.textContent = kept.words;
      tab.drop();
    });
  }

  function hold(event) {
    event.preventDefault();
    unsent.hidden = false;
    tab.keep(text.value);
  }

  function stop() {
    isOver = true;
    movedOn.hidden = false;
  }

  function changed(event) {
    if (isOver || event.target.type === "file") return;
    begin();
  }

  function begin() {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  function filesArrived(html) {
    const box = form.querySelector("#draft-files");
    box.outerHTML = html;
    const { knownAt } = form.querySelector("#draft-files").dataset;
    if (knownAt) known.value = knownAt;
  }

  function send(url, data) {
    return inTurn(async () => {
      const response = await fetch(url, { method: "POST", body: data, headers: { "HX-Request": "true" } });
      if (!response.ok) throw new Error(String(response.status));
      filesArrived(await response.text());
    });
  }

  // A draft that is kept while its answer is on the way would look like one that somebody changed elsewhere.
  function sendAfter(submitter) {
    isWaiting = true;
    running.then(() => {
      isWaiting = false;
      form.requestSubmit(submitter);
    });
  }

  // other behaviours put files in with this event: pictures that are pasted or dropped
  form.addEventListener("draft:files", (event) => {
    const data = written();
    for (const file of event.detail.files) data.append("attached", file);
    send(filesUrl, data).then(() => event.detail.done?.(form.querySelector("#draft-files")));
  });

  form.elements.attached?.addEventListener("change", (event) => {
    const files = [...event.target.files];
    if (!files.length) return;
    event.target.value = "";
    event.stopImmediatePropagation();
    form.dispatchEvent(new CustomEvent("draft:files", { detail: { files } }));
  }, { capture: true });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-file]");
    if (!button) return;
    event.preventDefault();
    send(button.formAction, written());
  });

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    if (!navigator.onLine) return hold(event);
    if (underWay) {
      event.preventDefault();
      if (!isWaiting) sendAfter(event.submitter);
      return;
    }
    isOver = true;
    tab.send(text.value);
  });
  const flush = () => form.isConnected && keep();
  document.addEventListener("htmx:before:request", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  addEventListener("pagehide", () => {
    if (isDirty && !isOver && form.isConnected) tab.keep(text.value);
    flush();
  });
  addEventListener("online", flush);
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  if (text.value !== text.defaultValue) begin(); // somebody was quicker than this file
  const left = tab.left();
  const didNotGo = location.hash === notSent;
  if (didNotGo) {
    unsent.hidden = false;
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  if (left && (didNotGo || !text.value)) {
    text.value = left;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
