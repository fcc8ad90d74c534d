// htmx requests that change something carry the token of the page.
export default function csrf(meta) {
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = event.detail.ctx;
    const isOurs = new URL(request.action || "", document.baseURI).origin === location.origin;
    if (isOurs && !/^(GET|HEAD|OPTIONS)$/.test(request.method)) request.headers["X-CSRFToken"] = meta.content;
  });
}
