// What is typed in an interview lies in the browser until the server has said that it has it: a network that goes
// away, a server that dies or a closed lid lose nothing. Unsent words are sent when the page, the network or the
// person comes back, with the version they were begun from: what somebody else wrote meanwhile is not overwritten.
import htmx from "htmx.org";

const PREFIX = "migwork:draft:";
const AGAIN = 5000; // ms between two attempts
const FORGOTTEN = 3 * 24 * 3600 * 1000; // ms after which words that nobody came back for are erased: a weekend

export const keyOf = (owner, path) => `${PREFIX}${owner}:${path}`;

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // a browser without storage: the page works as without this file
  }
}

export function keep(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function allKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function contents(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return [...data.entries()].filter(([, value]) => typeof value === "string");
}

function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
  for (const control of form.elements) {
    if (!control.name || control.name === "csrfmiddlewaretoken" || control.type === "submit") continue;
    const kept = values.get(control.name) || [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = kept.includes(control.value);
    else control.value = kept[0] ?? "";
  }
}

// What other sections of this operator left behind is sent in the background. The same words again are no
// conflict for the server: sending what had arrived after all harms nothing.
async function sendOthers(form, owner) {
  for (const key of allKeys()) {
    if (!key.startsWith(keyOf(owner, ""))) continue;
    const path = key.slice(keyOf(owner, "").length);
    // The marks of a list have their person behind the "#".
    if (form && path.split("#")[0] === location.pathname) continue;
    const draft = read(key);
    if (!draft) continue;
    if (await send(path, draft.fields)) localStorage.removeItem(key);
    else remind(path);
  }
}

export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value;

async function send(path, fields) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "HX-Request": "true", "X-CSRFToken": token(), "Content-Type": "application/x-www-form-urlencoded" },
    });
    return answer.headers.get("X-Saved") === "yes";
  } catch {
    return false;
  }
}

// A link to the section whose words could not be sent: there they stand in the form, beside what is saved.
function remind(path) {
  const note = document.getElementById("unsent");
  const open = path.split("#")[0];
  if (!note || note.querySelector(`a[href^="${open}"]`)) return;
  const link = document.createElement("a");
  link.href = path;
  link.textContent = note.dataset.open;
  const item = document.createElement("li");
  item.append(link);
  note.querySelector("ul").append(item);
  note.hidden = false;
}

function watch(form) {
  const owner = form.dataset.draft;
  const key = keyOf(owner, location.pathname);
  const said = document.getElementById("saved");
  let typed = 0;
  let sent = 0;
  let away = false;
  let timer = null;
  let why = form.dataset.kept;

  const tell = (text) => {
    said.textContent = text;
    said.classList.add("is-kept");
  };
  const again = () => {
    if (away) htmx.trigger(form, "again");
  };
  const lost = () => {
    away = true;
    tell(why);
    clearTimeout(timer);
    timer = setTimeout(again, AGAIN);
  };
  const note = () => {
    typed += 1;
    why = form.dataset.kept;
    if (!keep(key, { fields: contents(form), at: Date.now() })) return;
    if (!navigator.onLine) lost();
  };

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) sent = typed;
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) form.addEventListener(name, lost);
  form.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) lost();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form || !event.detail.successful) return;
    away = false;
    said.classList.remove("is-kept");
    // What was typed while this was on its way is not there yet.
    if (event.detail.xhr.getResponseHeader("X-Saved") === "yes" && sent === typed) localStorage.removeItem(key);
  });
  window.addEventListener("online", again);
  window.addEventListener("offline", () => read(key) && lost());

  // A page that cannot come would take the one that is here away.
  const stay = (event) => {
    if (!away && navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    why = form.dataset.waiting;
    tell(why);
    again();
  };
  form.addEventListener("submit", stay, true);
  for (const link of document.querySelectorAll(".interview-sections a")) link.addEventListener("click", stay);

  // Something lies here from before: unless the server shows a conflict, where the form holds it already.
  const draft = read(key);
  if (draft && !form.querySelector(".has-error") && !document.querySelector(".interview [role=alert]")) {
    const here = JSON.stringify(contents(form).filter(([name]) => name !== "version"));
    if (here === JSON.stringify(draft.fields.filter(([name]) => name !== "version"))) {
      localStorage.removeItem(key);
    } else {
      fill(form, draft.fields);
      typed += 1;
      away = true;
      tell(form.dataset.sending);
      setTimeout(again, 100);
    }
  }
}

function forgetOld() {
  for (const key of allKeys()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > FORGOTTEN) localStorage.removeItem(key);
  }
}

// Signing out leaves nothing of anybody on the device; what could not be sent is asked about first.
function clearAtSignOut(event) {
  const form = event.target;
  if (!form.matches?.('form[action$="/logout/"]') || form.dataset.cleared) return;
  const keys = allKeys();
  if (keys.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  Promise.all(
    keys.map(async (key) => {
      const path = key.slice(key.indexOf("/", PREFIX.length));
      if (await send(path, read(key)?.fields || [])) localStorage.removeItem(key);
    }),
  ).then(() => {
    if (allKeys().length && form.dataset.unsent && !window.confirm(form.dataset.unsent)) return;
    for (const key of allKeys()) localStorage.removeItem(key);
    form.dataset.cleared = "1";
    form.requestSubmit();
  });
}

export function keepDrafts() {
  document.addEventListener("submit", clearAtSignOut, true);
  forgetOld();
  const form = document.querySelector("form[data-draft]");
  if (form) watch(form);
  const list = document.querySelector("form[data-marks]");
  const owner = document.querySelector("[data-draft]")?.dataset.draft || list?.dataset.marks;
  if (owner) sendOthers(form || list, owner);
}
