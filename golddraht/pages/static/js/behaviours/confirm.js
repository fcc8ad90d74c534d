// Asks before what cannot be taken back: data-confirm="Question?" on a form, a submit button, a link or an hx-button,
// with data-confirm-word="Delete" for the button. Sits on the dialog; without it the browser's own question appears.
export default function confirm(dialog) {
  const text = dialog.querySelector("[data-confirm-text]");
  const yes = dialog.querySelector("[data-confirm-yes]");
  const usual = yes.textContent;
  const granted = new WeakSet();

  function ask(question, word) {
    text.textContent = question;
    yes.textContent = word || usual;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  }

  async function holdBack(event, element, again) {
    if (granted.delete(element)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(element.dataset.confirm, element.dataset.confirmWord))) return;
    granted.add(element);
    again();
  }

  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      const asking = submitter?.dataset.confirm ? submitter : form;
      if (asking.dataset.confirm) holdBack(event, asking, () => form.requestSubmit(submitter));
    },
    { capture: true },
  );

  document.addEventListener(
    "click",
    (event) => {
      const element = event.target.closest?.("a[data-confirm], button[data-confirm]:not([form], form *)");
      if (element) holdBack(event, element, () => element.click());
    },
    { capture: true },
  );

  document.addEventListener("htmx:confirm", (event) => {
    event.preventDefault();
    const { ctx, issueRequest, dropRequest } = event.detail;
    ask(ctx.confirm, "").then((agreed) => (agreed ? issueRequest() : dropRequest()));
  });
}
