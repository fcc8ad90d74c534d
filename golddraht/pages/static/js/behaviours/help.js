import { isPlainKey, isTyping } from "./typing.js";

// The list of keys opens with "?".
export default function help(dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || !isPlainKey(event) || isTyping(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    dialog.showModal();
  });
}
