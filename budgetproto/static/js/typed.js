// What stands in a form, as one comparable text, and back.

const OURS = new Set(["csrf_token", "seen", "draft_seen", "submission_seen", "files_seen", "request_key", "act"]);

/** Return everything that was typed and chosen; files are sent by forms of their own. */
export function typed(form) {
  const texts = [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
  return JSON.stringify(texts);
}

/** Put back what `typed` has returned. */
export function fill(form, text) {
  const pairs = JSON.parse(text);
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || field.type === "file") continue;
    const found = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = found.includes(field.value);
    else field.value = found[0] ?? "";
  }
}

/** Return the form as it is sent when the button `act` is pressed. */
export function filled(form, act) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  body.set("act", act);
  return new URLSearchParams(body);
}
