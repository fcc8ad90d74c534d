// Switches notices on for this browser: asks the person, then the browser for an address and keys, and sends them as the form's
// fields. The page says for itself what cannot be done without this.
export default function notices(form) {
  const show = (name) => (form.querySelector(`[data-${name}]`).hidden = false);
  const hide = (name) => (form.querySelector(`[data-${name}]`).hidden = true);
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;

  async function address() {
    const worker = await navigator.serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.serverKey) };
    const known = await worker.pushManager.getSubscription();
    // An address that was made for another installation's key takes nothing from us.
    if (known && !isSame(known.options.applicationServerKey, wanted.applicationServerKey)) await known.unsubscribe();
    return worker.pushManager.subscribe(wanted);
  }

  async function switchOn() {
    hide("refused");
    hide("failed");
    if ((await Notification.requestPermission()) !== "granted") return show("refused");
    const { endpoint, keys } = (await address()).toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.public_key.value = keys.p256dh;
    form.elements.secret.value = keys.auth;
    form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    form.requestSubmit();
  }

  async function look() {
    hide("cannot");
    const worker = await navigator.serviceWorker.ready;
    const known = await worker.pushManager.getSubscription();
    const isOn = known && [...document.querySelectorAll("[data-endpoint]")].some((one) => one.dataset.endpoint === known.endpoint);
    show(isOn ? "is-on" : "switch-on");
  }

  form.querySelector("[data-switch-on]").addEventListener("click", () => switchOn().catch(() => show("failed")));
  look().catch(() => show("switch-on"));
}

function bytes(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function isSame(one, other) {
  const known = new Uint8Array(one ?? []);
  return known.length === other.length && known.every((byte, place) => byte === other[place]);
}
