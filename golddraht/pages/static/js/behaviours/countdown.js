// Seconds that run down: data-seconds="12" writes them into the element, data-gone-after="12" takes the element away.
export default function countdown(element) {
  const isShown = element.dataset.seconds !== undefined;
  const end = performance.now() + Number(isShown ? element.dataset.seconds : element.dataset.goneAfter) * 1000;
  const timer = setInterval(tick, 250);

  function tick() {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (isShown) element.textContent = `${left} s`;
    if (left > 0 && element.isConnected) return;
    clearInterval(timer);
    if (!isShown) element.remove();
  }
}
