// A button that types data-words into the field named by data-types, where the cursor stands.
export function typeInto(field, words, from = field.selectionStart, to = field.selectionEnd) {
  field.focus();
  field.setRangeText(words, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export default function types(button) {
  button.addEventListener("click", () => typeInto(document.getElementById(button.dataset.types), button.dataset.words));
}
