// A request that failed is told to the person. Sits on the region of toasts; the words wait in a <template>.
// A dialog lies above everything, so what fails in it is told in it.
export default function failures(region) {
  const template = region.querySelector("template");
  const tell = () => {
    const place = document.querySelector("dialog[open] form.dialog-body") ?? region;
    if (!place.querySelector("[data-failure]")) place.append(template.content.cloneNode(true));
  };
  document.addEventListener("htmx:response:error", (event) => {
    const { status } = event.detail.ctx.response;
    if (status === 403 || status === 404 || status >= 500) tell();
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx, error } = event.detail;
    if (ctx && error?.name === "TypeError") tell(); // fetch() found no way to the server
  });
  // Without a connection a form would take its page away, and what was written with it.
  document.addEventListener("submit", (event) => {
    if (navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    tell();
  });
}
