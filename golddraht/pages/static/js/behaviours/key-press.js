import { isPlainKey, isTyping } from "./typing.js";

// One plain key presses this button: data-key="a". A stroke that ends a longer key ("g 1", see keys.js) is none of its own.
export default function keyPress(button) {
  document.addEventListener("keydown", (event) => {
    if (!button.isConnected || event.key !== button.dataset.key || !isPlainKey(event) || isTyping(event)) return;
    if (event.defaultPrevented || document.querySelector("dialog[open], dialog[data-waiting]")) return;
    event.preventDefault();
    button.click();
  });
}
