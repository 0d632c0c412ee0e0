// All that the pages need beyond HTML. Every page works without this file.
import htmx from "htmx.org";
import { comeBack, keepCopy } from "./copy.js";
import { keepDrafts } from "./drafts.js";
import { keepMarks } from "./marks.js";

window.htmx = htmx;
const root = document.documentElement;
root.classList.add("js");

// The CSRF token sits once in the page (in the language form): htmx sends it along.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

// Browsers without ::details-content: open on a wide screen what is a disclosure on a phone.
function openOnWideScreens() {
  if (CSS.supports("selector(::details-content)")) return;
  for (const details of document.querySelectorAll(".menu, .filters")) {
    const wide = details.matches(".menu") ? "(min-width: 48rem)" : "(min-width: 62rem)";
    if (matchMedia(wide).matches) details.open = true;
  }
}

// After a refused form, and after a part of the page was exchanged for one: the summary is read first.
function focusErrors(within) {
  within.querySelector?.(".error-summary")?.focus();
}

// Links of the error summary put the cursor into the field, also into the first of a group.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".error-summary a");
  if (link) {
    const field = document.querySelector(link.hash);
    const control = field?.matches("input, select, textarea") ? field : field?.querySelector("input, select, textarea");
    if (control) {
      event.preventDefault();
      control.focus();
      control.closest(".field")?.scrollIntoView({ block: "center" });
    }
  }
  for (const menu of document.querySelectorAll(".user-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A note: opened, one writes at once; Ctrl+Enter sends it.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.open) event.target.querySelector?.("[data-quick]")?.focus();
  },
  true,
);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (event.target.matches?.("[data-quick]")) event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".user-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A second tap on "send" must not send twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  // A form that answers with a file leaves its page where it is.
  setTimeout(() => delete form.dataset.sent, 5000);
});
// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

keepDrafts();
keepMarks();
openOnWideScreens();
focusErrors(document);
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));

// What needs a passkey shows where the device knows them.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
}

// A passkey that the device refused or its owner stopped: say so on the page, and do not call it a fault.
document.addEventListener("allauth.error", (event) => {
  const note = document.getElementById("passkey-failed");
  if (note) {
    event.preventDefault();
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
  }
});

// A browser that keeps nothing (a private window, no room left) shows its pages all the same.
window.addEventListener("load", () => keepCopy().catch(() => undefined));
comeBack();
