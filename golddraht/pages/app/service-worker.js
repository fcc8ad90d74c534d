// Stands between the pages and the network. Keeps styles, scripts and one page that says that there is no network: nothing
// personal is ever kept. HOUSE (version, addresses) is written in front of this by the view.
const SHELL = `golddraht-${HOUSE.version}`;
const MEMORY = "golddraht-memory"; // the language of the last page, and nothing else
const LANGUAGE = "/app/language";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate" && request.destination === "document") event.respondWith(page(event));
  else if (isFile(request)) event.respondWith(file(request));
});

function isFile({ method, url }) {
  return method === "GET" && HOUSE.static && url.startsWith(location.origin + HOUSE.static); // nothing is kept while developing
}

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll([...HOUSE.shell, ...Object.values(HOUSE.offline)]);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name !== SHELL && name !== MEMORY) await caches.delete(name);
  // Pages are asked for while the worker still wakes up, so that it costs nobody any time.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function page(event) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    event.waitUntil(remember(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    return event.request.method === "GET" ? withoutNetwork() : didNotGo(event.request);
  }
}

// What was sent did not arrive: back to the page where it was written, which takes it up again.
function didNotGo({ referrer }) {
  if (!referrer.startsWith(location.origin)) return withoutNetwork();
  return Response.redirect(`${referrer.split("#")[0]}#not-sent`, 303);
}

async function withoutNetwork() {
  const known = await caches.match(LANGUAGE);
  const language = known ? await known.text() : HOUSE.language;
  return caches.match(HOUSE.offline[language] ?? HOUSE.offline[HOUSE.language]);
}

let remembered = "";
async function remember(language) {
  if (!language || language === remembered || !HOUSE.offline[language]) return;
  remembered = language;
  await (await caches.open(MEMORY)).put(LANGUAGE, new Response(language));
}

// The address of a file changes with its content: what is kept is right.
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic" && !answer.redirected) (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

// A notice says that something waits and how much, and leads to the place. A newer one takes the place of an older one.
self.addEventListener("push", (event) => {
  const said = event.data?.json();
  if (!said) return;
  const { title, body, url, tag, lang } = said;
  const icon = `${HOUSE.files}app/icon-any-192.png`;
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, icon, renotify: true, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(new URL(event.notification.data.url, location.origin)));
});

async function lead(url) {
  if (url.origin !== location.origin) return;
  const windows = await self.clients.matchAll({ type: "window" });
  // Only a page that shows the place already is taken to the front: in any other one somebody may be writing.
  const open = windows.find((one) => new URL(one.url).pathname === url.pathname);
  await (open ? open.focus() : self.clients.openWindow(url));
}
