// Improves what already works without a script: focus on the error summary, no double sending, time that runs
// on, no unsent text left behind for the next person at a shared computer, the language changed with one press
// beside a form, a word of warning above tables wider than the screen.
import {
  Button,
  ErrorSummary,
  SkipLink,
  createAll,
} from "../vendor/govuk-frontend-6.6.0/govuk-frontend.min.js";
import { startCountdowns } from "./countdown.js";
import { guard } from "./unsent.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ErrorSummary);
createAll(SkipLink);
createAll(Button, { preventDoubleClick: true });
startCountdowns();
guard();

for (const link of document.querySelectorAll("[data-presses]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(link.hash).click();
  });
}

function showHints() {
  for (const frame of document.querySelectorAll("[data-wide-table]")) {
    const table = frame.querySelector("table");
    frame.querySelector(".bp-table-hint").hidden = table.offsetWidth <= frame.clientWidth;
  }
}

showHints();
window.addEventListener("resize", showHints);
