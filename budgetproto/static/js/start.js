// Improves what already works without a script: focus on the error summary, no double sending.
import {
  Button,
  ErrorSummary,
  SkipLink,
  createAll,
} from "../vendor/govuk-frontend-6.6.0/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ErrorSummary);
createAll(SkipLink);
createAll(Button, { preventDoubleClick: true });
