// Ctrl-Enter or ⌘-Enter sends the form in which one writes. Sits on a field, a form or a dialog; what is sent is what its chief
// button sends.
export default function sendKey(element) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.form ?? event.target.closest("form");
    if (!form || form.method === "dialog") return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".form-acts .button-primary:not([type=button])"));
  });
}
