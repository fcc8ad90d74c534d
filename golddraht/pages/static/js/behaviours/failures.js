// A request of htmx that failed is told to the person. Sits on the region of toasts; the words wait in a <template>.
export default function failures(region) {
  const template = region.querySelector("template");
  const tell = () => {
    if (!region.querySelector("[data-failure]")) region.append(template.content.cloneNode(true));
  };
  document.addEventListener("htmx:response:error", (event) => {
    const { status } = event.detail.ctx.response;
    if (status === 403 || status === 404 || status >= 500) tell();
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx, error } = event.detail;
    if (ctx && error?.name === "TypeError") tell(); // fetch() found no way to the server
  });
}
