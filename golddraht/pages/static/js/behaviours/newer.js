// A newer message has arrived while somebody writes: the answer is held until they have read it.
// Sits on the thread, which is fetched anew with every change: data-newest is the customer's latest message in it.
export default function newer(thread) {
  const form = document.getElementById("reply");
  const seen = form?.elements.seen_message_id;
  const box = form?.querySelector("[data-newer]");
  const newest = Number(thread.dataset.newest || 0);
  if (!box || newest <= Number(seen.value || 0)) return;
  if (!form.elements.text.value.trim()) {
    seen.value = newest; // nothing was written on what is older
    return;
  }

  const message = thread.querySelector(`#message-${newest} .message-body`);
  box.querySelector("[data-newer-words]").textContent = message?.innerText.trim().slice(0, 400) ?? "";
  box.querySelector("[data-newer-link]").href = `#message-${newest}`;
  box.dataset.newest = newest;
  box.hidden = false;
}
