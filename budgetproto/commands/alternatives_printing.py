"""All rules side by side on the command line: as JSON, as CSV, as an aligned table."""

import csv
import io
import json

from budgetproto.balancing import Alternatives, Status, summary, to_document
from budgetproto.commands.option_printing import aligned, harmless, said
from budgetproto.i18n import Language, shown, text


def all_as_json(found: Alternatives, _: Language) -> str:
    """Return every option, the refusals, and the span of each line."""
    document = {
        "rules": {rule: to_document(option) for rule, option in found.options.items()},
        "refused": {
            rule: {"error": refusal.key, **refusal.details} for rule, refusal in found.refused.items()
        },
        "spans": [vars(span) for span in found.spans],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def all_as_csv(found: Alternatives, _: Language) -> str:
    """Return one row per line: its claim, what each rule grants, and the least and most of them."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["line", "claim", *found.options, "least", "most"])
    for place, span in enumerate(found.spans):
        granted = [option.lines[place].granted for option in found.options.values()]
        writer.writerow([harmless(each) for each in (span.line, span.claim, *granted, span.least, span.most)])
    return target.getvalue()


def all_as_table(found: Alternatives, language: Language) -> str:
    """Return the aligned table of what each rule grants, with its headline below."""
    names = {"line": "", "claim": "", **{rule: rule for rule in found.options}, "least": "", "most": ""}
    rows = [
        [
            span.line,
            *(
                shown(each, language)
                for each in (
                    span.claim,
                    *(option.lines[place].granted for option in found.options.values()),
                    span.least,
                    span.most,
                )
            ),
        ]
        for place, span in enumerate(found.spans)
    ]
    total = [
        text("balancing.table.total", language),
        *(shown(each, language) for each in _sums(found)),
        "",
        "",
    ]
    told = [
        _told(rule, said(summary(option)[0], language), language) for rule, option in found.options.items()
    ]
    told += [
        _told(rule, text(refusal.key, language, **refusal.details), language)
        for rule, refusal in found.refused.items()
    ]
    return "\n".join([aligned(names, [*rows, total], language), *told]) + "\n"


def _told(rule: str, sentence: str, language: Language) -> str:
    return f"{rule} — {text(f'balancing.rule.{rule.lower()}', language)}. {sentence}"


def _sums(found: Alternatives) -> list[int | None]:
    """Return the sum of the claims, and of what each rule grants."""
    options = list(found.options.values())
    granted = [option.totals.granted for option in options if option.status is not Status.NO_ENVELOPE]
    return [options[0].totals.claims, *granted]
