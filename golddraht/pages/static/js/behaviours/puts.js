import { typeInto } from "./types.js";

// Puts the words of data-words into the field named by data-puts, where the cursor stands. Without JavaScript the button
// sends the form, and the server puts them behind what was typed.
export default function puts(button) {
  button.addEventListener("click", (event) => {
    const field = document.getElementById(button.dataset.puts);
    if (!field) return;
    event.preventDefault();
    button.closest("details")?.removeAttribute("open");
    typeInto(field, button.dataset.words, field.selectionStart, field.selectionEnd);
  });
}
