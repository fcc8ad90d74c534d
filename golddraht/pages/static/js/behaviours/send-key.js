// Ctrl-Enter or ⌘-Enter sends the form the textarea stands in.
export default function sendKey(textarea) {
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    textarea.form?.requestSubmit();
  });
}
