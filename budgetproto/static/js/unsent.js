// Text that is typed and not saved yet: kept in this tab alone, for its author alone, until it is saved.

const PREFIX = "unsent:";

/** Keep what a person has typed at a place; a full or forbidden storage is no reason to stop typing. */
export function keep(place, owner, typed) {
  try {
    sessionStorage.setItem(PREFIX + place, JSON.stringify({ owner, ...typed }));
  } catch {
    // The text still stands in the form, and is saved as soon as there is a connection.
  }
}

/** Return what this person has left unsaved at a place, null when there is nothing. */
export function recall(place, owner) {
  const left = read(PREFIX + place);
  return left && left.owner === owner ? left : null;
}

export function forget(place) {
  sessionStorage.removeItem(PREFIX + place);
}

/** Return the id of whoever is logged in on this page. */
export function person() {
  return document.querySelector("form[data-person]")?.dataset.person ?? null;
}

/** On every page: forget what another person has left, what was filed, and everything at log-out. */
export function guard() {
  const owner = person();
  for (const key of keys()) {
    if (owner && read(key)?.owner !== owner) sessionStorage.removeItem(key);
  }
  for (const { dataset } of document.querySelectorAll("[data-filed]")) {
    if (read(PREFIX + dataset.filed)?.sent) forget(dataset.filed);
  }
  document.querySelector("form[data-person]")?.addEventListener("submit", () => {
    for (const key of keys()) sessionStorage.removeItem(key);
  });
}

function keys() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}
