// Unsent text of this tab and a newer text of the server: both are shown, their author chooses.
import { typed } from "./typed.js";

/** Show both texts above the form; `choose.mine` and `choose.saved` are called with the author's choice. */
export function offerBoth(form, mine, blank, choose) {
  const panel = document.getElementById("two-texts").content.firstElementChild.cloneNode(true);
  const list = panel.querySelector("[data-differences]");
  for (const name of names(typed(form), mine)) {
    const [theirs, yours] = [typed(form), mine].map((text) => told(form, text, name) || blank);
    if (theirs !== yours) list.append(difference(label(form, name), theirs, yours));
  }
  for (const button of panel.querySelectorAll("[data-take]")) {
    button.addEventListener("click", () => {
      panel.remove();
      choose[button.dataset.take]();
    });
  }
  document.getElementById("unsent").append(panel);
  panel.querySelector("h2").focus();
}

function difference(words, theirs, yours) {
  const one = document.getElementById("one-difference").content.cloneNode(true);
  one.querySelector("[data-label]").textContent = words;
  one.querySelector("[data-theirs]").textContent = theirs;
  one.querySelector("[data-yours]").textContent = yours;
  return one;
}

function names(...texts) {
  return [...new Set(texts.flatMap((text) => JSON.parse(text).map(([name]) => name)))];
}

/** Return what a text says of one field, choices by their labels. */
function told(form, text, name) {
  const values = JSON.parse(text).filter(([each]) => each === name).map(([, value]) => value);
  return values.map((value) => choice(form, name, value) ?? value).join(", ").trim();
}

function choice(form, name, value) {
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.type === "select-one") return [...field.options].find((each) => each.value === value)?.textContent;
    if (["radio", "checkbox"].includes(field.type) && field.value === value) return field.labels[0]?.textContent;
  }
  return null;
}

function label(form, name) {
  const field = [...form.elements].find((each) => each.name === name);
  const legend = ["radio"].includes(field?.type) ? field.closest("fieldset")?.querySelector("legend") : null;
  return (legend ?? field?.labels?.[0])?.textContent.trim() ?? name;
}
