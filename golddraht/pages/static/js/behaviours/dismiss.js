// A toast goes on a click; one that only confirms goes by itself, unless somebody is reading it with pointer or focus.
export default function dismiss(toast) {
  const go = () => toast.remove();
  toast.querySelector("[data-dismiss]")?.addEventListener("click", go);
  const seconds = Number(toast.dataset.seconds);
  if (!seconds) return;
  let timer = setTimeout(go, seconds * 1000);
  const stay = () => clearTimeout(timer);
  const leave = () => (timer = setTimeout(go, seconds * 1000));
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("pointerleave", leave);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("focusout", leave);
}
