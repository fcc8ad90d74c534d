// Lets a service worker stand between this page and the network; see pages/app/service-worker.js for what it does.
import { noteSeen } from "./kept.js";

export default function installs(link) {
  noteSeen();
  if (!("serviceWorker" in navigator)) return; // there is none without https
  navigator.serviceWorker.register(link.dataset.worker, { updateViaCache: "none" }).catch(() => {});
}
