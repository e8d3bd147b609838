// Keys for the table of lines: "/" searches, j and k walk through the rows, n and p turn the page, "?" helps.
// Everything they do can be done without them: they only move the focus to links that are there.
const help = document.querySelector("[data-keys-help]");
const rows = [...document.querySelectorAll("#lines tbody tr")];
let here = -1;

function step(by) {
  const next = Math.min(Math.max(here + by, 0), rows.length - 1);
  if (next < 0) return;
  rows[here]?.classList.remove("bp-here");
  here = next;
  rows[here].classList.add("bp-here");
  rows[here].querySelector("th a").focus({ preventScroll: true });
  rows[here].scrollIntoView({ block: "center" });
}

const acts = {
  "/": () => document.getElementById("words").focus(),
  j: () => step(1),
  k: () => step(-1),
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
  "?": () => {
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};

if (help) {
  help.hidden = false;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
}

// "Choose all shown" and "Choose none" tick in place, so that nothing chosen by hand is lost on the way.
for (const link of document.querySelectorAll("[data-tick]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of document.querySelectorAll(".bp-tick__box")) box.checked = link.dataset.tick === "all";
  });
}
