"""`budgetproto balance`: the balanced option of a file of contested lines, on the command line."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from budgetproto.balancing import (
    Award,
    Line,
    Option,
    Reason,
    Sentence,
    Status,
    Unbalanceable,
    balance,
    midpoint,
    sentences,
    summary,
    to_document,
)
from budgetproto.balancing.errors import UnknownRule
from budgetproto.balancing.rules import RULES
from budgetproto.commands.lines_file import read_lines
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Language, as_language, shown, text
from budgetproto.money.som import UnreadableNumber, parse_decimal

BAD_INPUT, INFEASIBLE = 2, 3
_COLUMNS = ("line", "government", "lsg", "claim", "granted", "amount", "rate", "reason")
_LEFT = {"line", "reason", "tier"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.command("balance")
@click.argument("lines_file", metavar="LINES.csv", type=click.Path(path_type=Path))
@click.option(
    "--envelope", metavar="N", help="The extra money to share; without it only the midpoint is shown."
)
@click.option("--rule", default="A", show_default=True, help="A: equal gap-closing. M: the midpoint.")
@click.option("--quantum", metavar="Q", default="1", show_default=True, help="Figures are multiples of Q.")
@click.option(
    "--kappa", metavar="K", default="0", show_default=True, help="Weight of priorities, basis points."
)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.pass_context
def balance_command(  # noqa: PLR0917  # click passes one argument per option
    context: click.Context,
    lines_file: Path,
    envelope: str | None,
    rule: str,
    quantum: str,
    kappa: str,
    form: str,
    language: str,
) -> None:
    """Compute the balanced option of the contested lines in LINES.csv.

    All money is in one unit. Exit status 2: the input has faults, each named with row and column, and
    nothing was computed. Exit status 3: the floors exceed the envelope; the shortfall and an emergency table
    are printed, no option.
    """
    chosen = as_language(language)
    try:
        lines, option = _compute(lines_file, envelope, rule=rule, quantum=quantum, kappa=kappa)
    except BadInput as refusal:
        for problem in refusal.problems:
            click.echo(_fault(problem, chosen), err=True)
        context.exit(BAD_INPUT)
    click.echo(_WRITERS[form](lines, option, chosen), nl=False)
    if option.status is Status.INFEASIBLE:
        if form != "table":
            click.echo(_said(summary(option)[0], chosen), err=True)
        context.exit(INFEASIBLE)


def _compute(
    lines_file: Path, envelope: str | None, *, rule: str, quantum: str, kappa: str
) -> tuple[Sequence[Line], Option]:
    """Read everything, list all faults, then balance."""
    typed = {"--envelope": envelope, "--quantum": quantum, "--kappa": kappa}
    problems = list(_option_problems(typed, rule))
    try:
        lines = read_lines(lines_file)
    except BadInput as refusal:
        problems += refusal.problems
    if problems:
        raise BadInput(*problems)
    numbers = {name: parse_decimal(value, 0)[0] for name, value in typed.items() if value is not None}
    try:
        return lines, balance(
            lines,
            numbers.get("--envelope"),
            rule=rule,
            quantum=numbers["--quantum"],
            kappa=numbers["--kappa"],
        )
    except Unbalanceable as refusal:
        raise BadInput(Problem(refusal.key, details=refusal.details)) from refusal


def _option_problems(typed: dict[str, str | None], rule: str) -> Iterable[Problem]:
    if rule not in RULES:
        yield Problem(UnknownRule.key, column="--rule", details={"rule": rule})
    for name, value in typed.items():
        try:
            if value is not None:
                parse_decimal(value, 0)
        except UnreadableNumber as refusal:
            yield Problem(refusal.key, column=name, details=refusal.details)


def _fault(problem: Problem, language: Language) -> str:
    """Return one sentence for one fault, with the row and column it stands in."""
    fault = text(problem.key, language, **problem.details)
    if problem.column is not None and problem.row is not None:
        return text("balancing.file.at", language, row=problem.row, column=problem.column, fault=fault)
    if problem.row is not None:
        return text("balancing.file.at_row", language, row=problem.row, fault=fault)
    fault = f"{problem.column}: {fault}" if problem.column else fault
    return text("balancing.file.whole", language, fault=fault)


def _as_json(lines: Sequence[Line], option: Option, _: Language) -> str:
    """Return the option as JSON; without an envelope the midpoint stands beside it."""
    document = to_document(option)
    if option.status is Status.NO_ENVELOPE:
        document["midpoint"] = to_document(midpoint(lines, quantum=option.quantum))
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _as_csv(_: Sequence[Line], option: Option, __: Language) -> str:
    """Return one row per line; text that a spreadsheet would run as a formula is quoted."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for award in to_document(option)["lines"]:
        writer.writerow([_harmless(award[name]) for name in _COLUMNS])
    return target.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _as_table(lines: Sequence[Line], option: Option, language: Language) -> str:
    """Return the aligned table, its sums, and what has to be said about the whole and about single lines."""
    table = midpoint(lines, quantum=option.quantum) if option.status is Status.NO_ENVELOPE else option
    parts = [_option_table(table, language), *(_said(sentence, language) for sentence in summary(option))]
    if option.envelope is not None and option.effective_envelope is not None:
        values = {"envelope": option.envelope, "effective": option.effective_envelope}
        parts.insert(1, text("balancing.table.envelope", language, **values))
    parts += _explained(table, language)
    if option.emergency is not None:
        parts += ["", text("balancing.table.emergency", language), _emergency_table(option, language)]
    return "\n".join(parts) + "\n"


def _option_table(option: Option, language: Language) -> str:
    rows = [_cells(award, language) for award in option.lines]
    sums = {"line": text("balancing.table.total", language), "claim": option.totals.claims}
    total = [shown(sums.get(name, ""), language) for name in _COLUMNS]
    total[_COLUMNS.index("granted")] = shown(option.totals.granted, language)
    return _aligned(_COLUMNS, [*rows, total], language)


def _cells(award: Award, language: Language) -> list[str]:
    values = [award.line, award.government, award.lsg, award.claim, award.granted, award.amount, award.rate]
    reasons = [] if award.reason is Reason.FREE and award.granted is None else [award.reason]
    named = [text(f"balancing.reason.{each.value.lower()}", language) for each in (*reasons, *award.flags)]
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
    return _aligned(("line", "tier", "need", "granted"), rows, language)


def _aligned(columns: Sequence[str], rows: list[list[str]], language: Language) -> str:
    """Set columns one below the other: text to the left, figures to the right."""
    head = [text(f"balancing.table.{name}", language) for name in columns]
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
        f"{award.line}: {_said(sentence, language)}"
        for award, found in zip(option.lines, sentences(option), strict=True)
        for sentence in found
        if not sentence.key.endswith(".pair")
    ]


def _said(sentence: Sentence, language: Language) -> str:
    return text(sentence.key, language, **sentence.shown_as(money=int, raw=int))


_WRITERS = {"table": _as_table, "csv": _as_csv, "json": _as_json}
