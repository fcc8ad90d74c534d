// "r" gives the focused line back to those that need an answer: the same as its button.
const isWriting = (element) => element.closest?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "r" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const line = document.activeElement?.closest("[data-quiet-keys] [data-row]");
  const button = line?.querySelector("[data-wake]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
