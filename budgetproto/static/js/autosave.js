// Saves a position while it is written, and files it over a bad line: whatever happens, no text is lost and
// nothing is filed twice. Without this script the two buttons of the form do the same, page by page.
import { answer } from "./sending.js";
import { fill, filled, typed } from "./typed.js";
import { offerBoth } from "./two_texts.js";
import { forget, keep, person, recall } from "./unsent.js";

const PAUSE = 3_000;
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;

const form = document.querySelector("form[data-autosave]");
if (form && person()) begin(form);

function begin(form) {
  const place = form.dataset.autosave;
  const words = document.getElementById("saving-words").dataset;
  let saved = "typed" in form.dataset ? null : typed(form);
  let last = typed(form);
  let held = "held" in form.dataset;
  let [timer, retry, busy, sending, native] = [0, FIRST_RETRY, false, false, false];

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", submitted);
  window.addEventListener("online", () => (sending ? sending() : save()));
  restore();

  function changed() {
    const text = typed(form);
    // Leaving a field is no change: the words below must not move while somebody presses a button.
    if (text === last) return;
    last = text;
    remember();
    tell(words.unsaved);
    notSent(document.getElementById("sent"));
    later(PAUSE);
  }

  function notSent(state) {
    const tag = state.querySelector("strong");
    tag.textContent = state.dataset.changed;
    tag.className = "bp-tag bp-tag--attention";
  }

  function remember() {
    keep(place, person(), { text: typed(form), seen: form.elements.draft_seen.value });
  }

  function restore() {
    const left = recall(place, person());
    if (saved === null) return remember();
    if (!left || left.text === saved) return forget(place);
    const take = () => {
      fill(form, left.text);
      changed();
      tell(words.restored);
    };
    if (left.seen === form.elements.draft_seen.value) return take();
    offerBoth(form, left.text, words.blank, { mine: take, saved: () => forget(place) });
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    clearTimeout(timer);
    const text = typed(form);
    if (held || sending || text === saved) return;
    if (busy) return later(PAUSE);
    busy = true;
    const got = await answer(form.action, filled(form, "draft"));
    busy = false;
    if (got.data?.draft !== undefined) return wasSaved(text, got.data);
    if (got.lost) return again(save, words.offline);
    held = got.status === 409;
    tell(held ? words.moved : got.fault ? words.faulty.replace("{fault}", () => got.fault) : words.over);
  }

  function wasSaved(text, { draft, at }) {
    [saved, retry] = [text, FIRST_RETRY];
    form.elements.draft_seen.value = draft;
    if (typed(form) !== saved) {
      remember();
      return later(PAUSE);
    }
    forget(place);
    tell(words.saved.replace("{at}", at));
  }

  function again(act, told) {
    tell(told);
    clearTimeout(timer);
    timer = setTimeout(act, retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  }

  function submitted(event) {
    if (!["file", "submit"].includes(event.submitter?.value)) return;
    if (native) return keep(place, person(), { text: typed(form), seen: form.elements.draft_seen.value, sent: true });
    event.preventDefault();
    if (sending) return;
    const [text, body, button] = [typed(form), filled(form, event.submitter.value), event.submitter];
    remember();
    sending = () => send(text, body, button);
    sending();
  }

  /** Send what stood in the form when the button was pressed, until an answer comes: its key files it once. */
  async function send(text, body, button) {
    clearTimeout(timer);
    tell(words.sending);
    const got = await answer(form.action, body, { "Idempotency-Key": form.elements.request_key.value });
    if (got.lost) return again(() => sending(), words.unsent);
    if (got.data?.address) {
      if (typed(form) !== text) return location.assign(location.href);
      forget(place);
      return location.assign(got.data.address);
    }
    // A refusal is told by the page itself, beside the fields: the form is sent the plain way.
    native = true;
    form.requestSubmit(button);
  }

  function tell(told) {
    const saving = document.getElementById("saving");
    if (saving.textContent !== told) saving.textContent = told;
  }
}
