import sendKey from "./send-key.js";

const withKey = new WeakSet();

// A link to a page with a small form asks in a dialog instead: the form is fetched into the dialog named by data-asks.
// Without JavaScript, or when fetching fails, it stays the link to the page.
export default function asks(link) {
  const dialog = document.getElementById(link.dataset.asks);

  async function open() {
    const response = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    dialog.innerHTML = await response.text();
    if (!withKey.has(dialog)) sendKey(dialog);
    withKey.add(dialog);
    dialog.showModal();
    dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea")?.focus();
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    link.closest("details.menu")?.removeAttribute("open");
    open().catch(() => location.assign(link.href));
  });
}
