// The notice of a call that opens the page of whoever calls (data-url): once for each call (data-call), in the window that is looked
// at, and never over something that is being written. Then the notice alone tells of it, and its link and key lead there.
const fields = "textarea, input:not([type=hidden], [type=search], [type=checkbox], [type=radio], [type=submit], [type=button])";

function isWriting() {
  if (document.querySelector("dialog[open]")) return true;
  return [...document.querySelectorAll(fields)].some((one) => one.value !== one.defaultValue || (one.matches("textarea") && one.value));
}

export default function caller(toast) {
  const { call, url } = toast.dataset;
  const name = `golddraht-call-${call}`;
  if (document.hidden || isWriting() || sessionStorage.getItem(name)) return;
  sessionStorage.setItem(name, "opened");
  if (location.pathname !== url) location.assign(url);
}
