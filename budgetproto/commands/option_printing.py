"""One option on the command line: as JSON, as CSV, as an aligned table with its sentences."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from budgetproto.balancing import (
    Award,
    Line,
    Option,
    Reason,
    Sentence,
    Status,
    midpoint,
    sentences,
    summary,
    to_document,
    told_reason,
)
from budgetproto.i18n import Language, shown, text

_COLUMNS = ("line", "government", "lsg", "claim", "granted", "amount", "rate", "reason")
#: Columns that are named otherwise in a cut.
_OF_CUT = {"claim": "can_be_cut", "granted": "cut"}
_LEFT = {"line", "reason", "tier"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(lines: Sequence[Line], option: Option, _: Language) -> str:
    """Return the option as JSON; without an envelope the midpoint stands beside it."""
    document = to_document(option)
    if option.status is Status.NO_ENVELOPE:
        document["midpoint"] = to_document(midpoint(lines, quantum=option.quantum))
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(_: Sequence[Line], option: Option, __: Language) -> str:
    """Return one row per line; text that a spreadsheet would run as a formula is quoted."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for award in to_document(option)["lines"]:
        writer.writerow([harmless(award[name]) for name in _COLUMNS])
    return target.getvalue()


def harmless(value: object) -> object:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_table(lines: Sequence[Line], option: Option, language: Language) -> str:
    """Return the aligned table, its sums, and what has to be said about the whole and about single lines."""
    table = midpoint(lines, quantum=option.quantum) if option.status is Status.NO_ENVELOPE else option
    parts = [_option_table(table, language), *(said(sentence, language) for sentence in summary(option))]
    if option.envelope is not None and option.effective_envelope is not None:
        values = {"envelope": option.envelope, "effective": option.effective_envelope}
        parts.insert(
            1,
            text("balancing.table.to_cut" if option.cut else "balancing.table.envelope", language, **values),
        )
    parts += _explained(table, language)
    if option.emergency is not None:
        parts += ["", text("balancing.table.emergency", language), _emergency_table(option, language)]
    return "\n".join(parts) + "\n"


def _option_table(option: Option, language: Language) -> str:
    rows = [_cells(award, option.rule, language) for award in option.lines]
    sums = {"line": text("balancing.table.total", language), "claim": option.totals.claims}
    total = [shown(sums.get(name, ""), language) for name in _COLUMNS]
    total[_COLUMNS.index("granted")] = shown(option.totals.granted, language)
    names = _OF_CUT if option.cut else {}
    head = {
        name: text(f"balancing.table.{names[name]}", language) if name in names else "" for name in _COLUMNS
    }
    return aligned(head, [*rows, total], language)


def _cells(award: Award, rule: str, language: Language) -> list[str]:
    values = [award.line, award.government, award.lsg, award.claim, award.granted, award.amount, award.rate]
    reasons = [] if award.reason is Reason.FREE and award.granted is None else [award.reason]
    told = [told_reason(each, rule).lower() for each in (*reasons, *award.flags)]
    named = [text(f"balancing.reason.{each}", language) for each in told]
    return [*(shown(value, language) for value in values), ", ".join(dict.fromkeys(named))]


def _emergency_table(option: Option, language: Language) -> str:
    rows = [
        [
            row.line,
            text(f"balancing.table.tier_{row.tier.value}", language),
            shown(row.need, language),
            shown(row.granted, language),
        ]
        for row in option.emergency or ()
    ]
    return aligned(dict.fromkeys(("line", "tier", "need", "granted"), ""), rows, language)


def aligned(columns: Mapping[str, str], rows: Sequence[Sequence[str]], language: Language) -> str:
    """Set columns one below the other, text to the left, figures to the right.

    A column is headed by its given name, or where that is blank by the word of the catalogue.
    """
    head = [given or text(f"balancing.table.{name}", language) for name, given in columns.items()]
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(columns))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if name in _LEFT else cell.rjust(width)
            for name, cell, width in zip(columns, row, widths, strict=True)
        ).rstrip()
        for row in [head, ["-" * width for width in widths], *rows]
    )


def _explained(option: Option, language: Language) -> list[str]:
    """Return what the table itself does not say of single lines."""
    return [
        f"{award.line}: {said(sentence, language)}"
        for award, found in zip(option.lines, sentences(option), strict=True)
        for sentence in found
        if not sentence.key.endswith("pair")
    ]


def said(sentence: Sentence, language: Language) -> str:
    """Return a sentence with plain figures."""
    return text(sentence.key, language, **sentence.shown_as(money=int, raw=int))
