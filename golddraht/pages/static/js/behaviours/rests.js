// While nothing is written the editor is small (composer.css); it wakes as soon as somebody turns to it. Nothing moves between
// the press and the release of a pointer, for a click would be lost: the editor changes only after it has ended.
const AFTER = 120; // milliseconds from a release to what the browser makes of it

export default function rests(form) {
  const over = new AbortController();
  const always = { capture: true, signal: over.signal };
  const text = form.elements.text;
  let isPressed = false;

  const isBusy = () => form.contains(document.activeElement) || form.querySelector("[role=alert]:not([hidden]), [role=status].notice, details[open]");
  const isEmpty = () => !text.value && !form.querySelector("#draft-files li");

  function look() {
    if (!form.isConnected) return over.abort();
    if (!isPressed) form.classList.toggle("is-awake", Boolean(!isEmpty() || isBusy()));
  }

  function released() {
    setTimeout(() => {
      isPressed = false;
      look();
    }, AFTER);
  }

  document.addEventListener("pointerdown", () => (isPressed = true), always);
  document.addEventListener("pointerup", released, always);
  document.addEventListener("pointercancel", released, always);
  form.addEventListener("focusin", look);
  form.addEventListener("focusout", () => setTimeout(look));
  form.addEventListener("input", look);
  look();
}
