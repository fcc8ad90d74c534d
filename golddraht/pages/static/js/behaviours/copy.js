// Copies data-copy, or the text of the element named by data-copy-from, and says so for a moment.
export default function copy(button) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copyFrom);
    await navigator.clipboard.writeText(button.dataset.copy ?? source?.value ?? source?.textContent.trim() ?? "");
    const label = button.querySelector("[data-copy-label]") ?? button;
    const before = label.textContent;
    label.textContent = button.dataset.copied ?? "✓";
    setTimeout(() => (label.textContent = before), 1800);
  });
}
