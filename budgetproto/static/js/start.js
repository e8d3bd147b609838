// Improves what already works without a script: focus on the error summary, no double
// sending, time that runs on, and no unsent text left behind for the next person at a shared computer.
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
