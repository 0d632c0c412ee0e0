// A young person's next step stays readable without a network: see sw.js. On everybody else's pages it goes.
export async function keepCopy() {
  const mark = document.querySelector("meta[name=copy-for]");
  if (!mark || !("serviceWorker" in navigator)) return;
  const owner = mark.content;
  if (!owner) {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    for (const name of ["migwork-copy", "migwork-files"]) await caches.delete(name);
    return;
  }
  await navigator.serviceWorker.register("/sw.js");
  const registration = await navigator.serviceWorker.ready;
  // The fonts among them are those that this browser chose.
  const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  registration.active.postMessage({
    owner,
    files: files
      .filter((file) => file.origin === location.origin && file.pathname.startsWith("/static/"))
      .map((file) => file.pathname),
  });
}

// Kept words are old words: once the portal answers again, the page itself comes back. Browsers say "online" as soon as
// there is a network, which may not lead anywhere yet.
export function comeBack() {
  if (!document.querySelector("[data-offline]")) return;
  const look = async () => {
    const answer = await fetch("/health/live", { cache: "no-store" });
    if (answer.ok) location.replace("/");
  };
  const tryIt = () => navigator.onLine && look().catch(() => undefined);
  window.addEventListener("online", tryIt);
  setInterval(tryIt, 4000);
}
