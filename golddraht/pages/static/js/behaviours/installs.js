// Lets a service worker stand between this page and the network; see pages/app/service-worker.js for what it does.
// Whoever has signed in anew goes on hearing notices here, if they switched them on before: told once in each tab.
import { noteSeen } from "./kept.js";

const RENEWED = "golddraht-notices-renewed";

export default function installs(link) {
  noteSeen();
  if (!("serviceWorker" in navigator)) return; // there is none without https
  navigator.serviceWorker.register(link.dataset.worker, { updateViaCache: "none" }).catch(() => {});
  const { renew } = link.dataset;
  if (renew && globalThis.Notification?.permission === "granted") renewed(renew).catch(() => {});
}

async function renewed(url) {
  if (sessionStorage.getItem(RENEWED) === url) return;
  const worker = await navigator.serviceWorker.ready;
  const known = await worker.pushManager.getSubscription();
  if (!known) return;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const options = { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ endpoint: known.endpoint }) };
  if ((await fetch(url, options)).ok) sessionStorage.setItem(RENEWED, url);
}
