// The service worker of young people: without a network it shows the one page of theirs that this phone keeps, to be
// read, not written. Others' phones have none. Phones are shared: whatever is not surely of the same person goes.
//
// The server says on each answer whose it is (the header Copy-For, empty for nobody): see portal/middleware.py.
const PAGE = "/senza-rete/";
const FILES_BELOW = "/static/";
const SIGN_OUT = "/account/logout/";
const WHOSE = "Copy-For";
const KEPT_AT = "Kept-At";
const COPY = "migwork-copy";
const FILES = "migwork-files";
const FRESH = 5 * 60 * 1000;
const LONGEST = 7 * 24 * 3600 * 1000;

// Grows whenever all is forgotten: what was asked for before must not be kept after.
let forgotten = 0;
// Something was sent since the page was kept: it may say other things now.
let changed = false;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

function forget() {
  forgotten += 1;
  return Promise.all([caches.delete(COPY), caches.delete(FILES)]);
}

async function kept() {
  const copy = await caches.match(PAGE, { cacheName: COPY });
  if (!copy) return undefined;
  if (Date.now() - Number(copy.headers.get(KEPT_AT)) < LONGEST) return copy;
  await forget();
  return undefined;
}

async function keep(owner, files) {
  const copy = await kept();
  const same = copy?.headers.get(WHOSE) === owner;
  if (copy && !same) await forget();
  if (same && !changed && Date.now() - Number(copy.headers.get(KEPT_AT)) < FRESH) return;
  const began = forgotten;
  changed = false;
  const answer = await fetch(PAGE, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  if (answer.status >= 500) return;
  if (!answer.ok || answer.headers.get(WHOSE) !== owner) {
    await forget();
    return;
  }
  const words = await answer.text();
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(KEPT_AT, String(Date.now()));
  if (began !== forgotten) return;
  await (await caches.open(COPY)).put(PAGE, new Response(words, { headers }));
  const inside = [...words.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  const cache = await caches.open(FILES);
  await Promise.allSettled([...new Set([...files, ...inside])].map((file) => cache.add(file)));
  // Signed out meanwhile: what was just written goes, too.
  if (began !== forgotten) await Promise.all([caches.delete(COPY), caches.delete(FILES)]);
}

async function page(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await kept()) ?? Response.error();
  }
  // A redirect cannot be read, and a server in trouble says nothing about who asks; the next answer will.
  if (answer.type === "basic" && answer.status < 500) {
    const copy = await caches.match(PAGE, { cacheName: COPY });
    if (copy && copy.headers.get(WHOSE) !== answer.headers.get(WHOSE)) await forget();
  }
  return answer;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: FILES, ignoreVary: true })) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST") {
    changed = true;
    if (pathname === SIGN_OUT) event.waitUntil(forget());
  } else if (request.method === "GET") {
    if (pathname.startsWith(FILES_BELOW)) event.respondWith(file(request));
    else if (request.mode === "navigate") event.respondWith(page(request));
  }
});

self.addEventListener("message", (event) => {
  const { owner, files } = event.data;
  // Without a network, what is kept stays as it is.
  event.waitUntil(keep(owner, files).catch(() => undefined));
});
