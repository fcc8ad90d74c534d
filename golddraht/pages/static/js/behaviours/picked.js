import { isPlainKey, isTyping } from "./typing.js";

// Ticking rows of a list: by mouse, with Shift a whole run, with "x" the row in focus. What is ticked stays ticked when the list
// refreshes itself. Acts that have to know more (data-dialog) ask in the dialog named by data-asks, or on a page of their own.
export default function picked(form) {
  const list = form.parentElement;
  const count = form.querySelector("[data-picked-count]");
  const dialog = document.getElementById(form.dataset.asks);
  const ticked = new Set();
  let latest = null;

  const boxes = () => [...list.querySelectorAll(".row-pick")];

  function tell() {
    const whole = form.elements.whole?.checked;
    const { one, many } = count.dataset;
    const words = ticked.size === 1 ? one : many.replace("{count}", ticked.size);
    if (ticked.size > 0 && !whole && count.textContent !== words) count.textContent = words;
    if (ticked.size > 0) list.classList.add("is-picking");
  }

  function tick(box, on) {
    box.checked = on;
    if (on) ticked.add(box.value);
    else ticked.delete(box.value);
  }

  function run(from, to, on) {
    const all = boxes();
    const [a, b] = [all.findIndex((box) => box.value === from), all.indexOf(to)].sort((x, y) => x - y);
    if (a >= 0) all.slice(a, b + 1).forEach((box) => tick(box, on));
  }

  list.addEventListener("click", (event) => {
    const box = event.target.closest?.(".row-pick");
    if (!box) return;
    if (event.shiftKey && latest) run(latest, box, box.checked);
    tick(box, box.checked);
    latest = box.value;
    tell();
  });

  form.addEventListener("reset", () => {
    boxes().forEach((box) => tick(box, false));
    list.classList.remove("is-picking");
    setTimeout(tell);
  });
  form.addEventListener("change", tell);
  form.querySelector("[data-picked-all]").addEventListener("click", () => {
    boxes().forEach((box) => tick(box, true));
    tell();
  });

  document.addEventListener("keydown", (event) => {
    if (!form.isConnected || !isPlainKey(event) || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && list.classList.contains("is-picking") && !isTyping(event)) return form.reset();
    if (event.key.toLowerCase() !== "x" || isTyping(event)) return;
    const here = document.activeElement?.closest?.(".row-line") ?? list.querySelector(".row.is-active")?.closest(".row-line");
    const box = here?.querySelector(".row-pick");
    if (!box) return;
    event.preventDefault();
    if (event.key === "X" && latest) run(latest, box, true);
    else tick(box, !box.checked);
    latest = box.value;
    tell();
  });

  // a refreshed list knows nothing of what was ticked
  new MutationObserver((records) => {
    if (records.every((record) => form.contains(record.target))) return;
    const all = boxes();
    if (all.some((box) => box.checked !== ticked.has(box.value))) {
      for (const box of all) box.checked = ticked.has(box.value);
    }
    const there = new Set(all.map((box) => box.value));
    for (const value of ticked) if (!there.has(value)) ticked.delete(value);
    tell();
  }).observe(list, { childList: true, subtree: true });

  async function ask(submitter) {
    const body = new FormData(form, submitter);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere) return location.assign(elsewhere);
    if (!answer.ok) throw new Error(String(answer.status));
    dialog.innerHTML = await answer.text();
    dialog.showModal();
    dialog.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  }

  form.addEventListener("submit", (event) => {
    form.querySelector("details[open]")?.removeAttribute("open");
    if (!dialog || !event.submitter?.hasAttribute("data-dialog")) return;
    event.preventDefault();
    const { submitter } = event;
    ask(submitter).catch(() => {
      submitter.removeAttribute("data-dialog");
      form.requestSubmit(submitter);
    });
  });
}
