import { isPlainKey, isTyping } from "./typing.js";

// One plain key presses this button: data-key="a".
export default function keyPress(button) {
  document.addEventListener("keydown", (event) => {
    if (!button.isConnected || event.key !== button.dataset.key || !isPlainKey(event) || isTyping(event)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    button.click();
  });
}
