// The list of a session, or the days of an internship, marked on a phone whose network comes and goes. Each tap lies on
// the phone (drafts.js) until the server has said that it has it, and is sent again with the same key: what had arrived
// after all is not written twice. Kept are keys and marks, no names.
//
// A row is `[data-row]`; what belongs to one of its marks (hours, a reason) stands in `.mark-more.for-<mark>`.
import { allKeys, keep, keyOf, read, token } from "./drafts.js";

const AGAIN = 5000; // ms between two attempts

// crypto.randomUUID() is there only where the connection is encrypted.
function newKey() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return bytes.join("");
}

function watch(form) {
  const rows = new Map([...form.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const address = new URL(form.action).pathname;
  const said = document.getElementById("marks-said");
  const words = form.dataset;
  const number = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
  const ofPage = keyOf(words.marks, `${address}#`);
  const refused = new Set();
  let sending = false;
  let away = false;
  let timer = null;
  let stuck = false; // the list was to be saved, and there is no network

  const kept = () => allKeys().filter((key) => key.startsWith(ofPage));
  const waiting = () => kept().filter((key) => !refused.has(key));
  const radio = (row, state) => row.querySelector(`input[type=radio][value="${state}"]`);
  const allBeside = (row) => [...row.querySelectorAll(".mark-more :is(input, select)")];
  const beside = (row, state) => row.querySelector(`.for-${state} :is(input, select)`);
  // "…-hours": what it is, whichever row it belongs to.
  const what = (control) => control.name.split("-").pop();

  const tell = (row, text, kind) => {
    const line = row.querySelector(".mark-said");
    line.className = `mark-said ${kind}`;
    line.textContent = text;
    line.hidden = !text;
    return line;
  };
  const summary = () => {
    const count = waiting().length;
    if (!away && !count) stuck = false;
    const open = count ? `${count} · ${words.some}` : words.all;
    said.textContent = stuck ? words.waiting : open;
    said.classList.toggle("is-kept", stuck || count > 0);
    said.hidden = false;
  };

  // What stands on the server, where it refused what was tapped.
  const show = (row, answer) => {
    for (const each of row.querySelectorAll("input[type=radio]")) each.checked = each.value === answer.state;
    const control = beside(row, answer.state);
    if (control) control.value = what(control) === "hours" ? number.format(Number(answer.hours)) : answer[what(control)];
  };
  const refuse = (key, row, answer) => {
    refused.add(key);
    const line = tell(row, answer.said, "is-refused");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small btn-secondary";
    button.textContent = words.understood;
    button.addEventListener("click", () => {
      localStorage.removeItem(key);
      refused.delete(key);
      tell(row, "", "");
      summary();
    });
    line.append(button);
    show(row, answer);
    // Whoever has read this may mark over it.
    row.dataset.seen = answer.seen;
  };

  // One after the other: of one person the later tap must come later.
  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    away = false;
    for (let key = waiting()[0]; key && !away; key = waiting()[0]) {
      const draft = read(key);
      const row = rows.get(key.slice(ofPage.length));
      let response;
      try {
        response = await fetch(address, {
          method: "POST",
          body: new URLSearchParams(draft.fields),
          headers: { "X-CSRFToken": token(), "Content-Type": "application/x-www-form-urlencoded" },
          signal: AbortSignal.timeout?.(15000),
        });
        if (!response.headers.has("X-Saved")) throw new Error("not the answer of a list");
        const answer = await response.json();
        // Tapped anew meanwhile: that one is still to be sent.
        if (read(key)?.id !== draft.id) continue;
        if (response.headers.get("X-Saved") === "yes") {
          localStorage.removeItem(key);
          if (row) tell(row, words.arrived, "is-sent");
        } else if (row) {
          refuse(key, row, answer);
        } else {
          localStorage.removeItem(key);
        }
      } catch {
        away = true;
      }
    }
    sending = false;
    if (away) timer = setTimeout(send, AGAIN);
    summary();
  }

  const isWhole = (row, state) => {
    const control = beside(row, state);
    if (!control) return true;
    const [begins, ends, at] = [Date.parse(words.starts), Date.parse(words.ends), Date.now()];
    if (!control.value && what(control) === "hours" && begins < at && at < ends) {
      control.value = number.format(Math.max(Math.floor((ends - at) / 900000), 1) / 4);
    }
    if (control.value) return true;
    tell(row, what(control) === "hours" ? words.askHours : words.askReason, "is-kept");
    control.focus();
    return false;
  };
  const tapped = (row) => {
    const chosen = row.querySelector("input[type=radio]:checked");
    const pk = row.dataset.row;
    if (!chosen || !isWhole(row, chosen.value)) return;
    const id = newKey();
    const fields = [
      [words.rowName, pk],
      ["state", chosen.value],
      ...allBeside(row).map((control) => [`state-${what(control)}`, control.value]),
      ["key", id],
      ["tapped", String(Date.now())],
      ["seen", row.dataset.seen || words.seen],
    ];
    refused.delete(ofPage + pk);
    if (!keep(ofPage + pk, { id, fields, at: Date.now() })) return; // the button still saves the list
    tell(row, words.unsent, "is-kept");
    summary();
    send();
  };

  // Hours that were just typed change when a button is pressed. What is said of it then would move the button away from
  // under the finger, and nothing would be saved: it waits until the finger is up.
  let pressing = false;
  let changed = null;
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && pressing) changed = row;
    else if (row) tapped(row);
  });
  form.addEventListener("pointerdown", (event) => {
    pressing = Boolean(event.target.closest("button"));
  });
  const released = () => {
    pressing = false;
    if (changed) tapped(changed);
    changed = null;
  };
  // The click comes after; what it saves carries the change itself.
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => setTimeout(released));
  document.querySelector("[data-all-present]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const row of rows.values()) {
      if (!radio(row, "present") || row.querySelector("input[type=radio]:checked")) continue;
      radio(row, "present").checked = true;
      tapped(row);
    }
    event.target.remove();
  });
  // A page that cannot come would take the one that is here away.
  form.addEventListener(
    "submit",
    (event) => {
      if (!away && navigator.onLine) {
        changed = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      away = true;
      stuck = true;
      summary();
      send();
    },
    true,
  );
  window.addEventListener("online", send);
  window.addEventListener("offline", () => waiting().length && summary());

  // Marked before, and not sent yet.
  for (const key of kept()) {
    const row = rows.get(key.slice(ofPage.length));
    const fields = new Map(read(key)?.fields);
    if (!row || !radio(row, fields.get("state"))) continue;
    radio(row, fields.get("state")).checked = true;
    for (const control of allBeside(row)) control.value = fields.get(`state-${what(control)}`) ?? "";
    tell(row, words.unsent, "is-kept");
  }
  if (kept().length) {
    summary();
    send();
  }
}

export function keepMarks() {
  const form = document.querySelector("form[data-marks]");
  if (form) watch(form);
}
