// The notice that holds an answer back. Sending while it shows does not send but leads to it; its button says that the new
// message was read and sends, its link only shows the message.
export default function held(box) {
  const { form } = box.querySelector("[data-newer-send]");
  const read = () => {
    form.elements.seen_message_id.value = box.dataset.newest;
    box.hidden = true;
  };

  form.addEventListener("submit", (event) => {
    const isSending = !event.submitter?.hasAttribute("formaction");
    if (box.hidden || !isSending || event.submitter === box.querySelector("[data-newer-send]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.classList.add("is-asked");
    box.querySelector("[data-newer-send]").focus();
  }, { capture: true });

  box.querySelector("[data-newer-send]").addEventListener("click", read);
  box.querySelector("[data-newer-link]").addEventListener("click", () => {
    read();
    form.elements.text.focus({ preventScroll: true });
  });
}
