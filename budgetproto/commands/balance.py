"""`budgetproto balance`: the balanced option of a file of contested lines, on the command line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from budgetproto.balancing import (
    Alternatives,
    Line,
    Option,
    Status,
    Unbalanceable,
    alternatives,
    balance,
    findings,
    sensitivity,
    summary,
)
from budgetproto.balancing.errors import UnknownRule
from budgetproto.balancing.sharing.rules import RULES
from budgetproto.commands.alternatives_printing import all_as_csv, all_as_json, all_as_table
from budgetproto.commands.findings_printing import findings_block, with_findings
from budgetproto.commands.limits_file import read_limits
from budgetproto.commands.lines_file import read_lines
from budgetproto.commands.option_printing import as_csv, as_json, as_table, said
from budgetproto.commands.sensitivity_printing import sensitivity_block, with_sensitivity
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Language, as_language, text
from budgetproto.money.som import UnreadableNumber, parse_decimal

BAD_INPUT, INFEASIBLE = 2, 3
ALL: Final = "all"
Read = TypeVar("Read")


@click.command("balance")
@click.argument("lines_file", metavar="LINES.csv", type=click.Path(path_type=Path))
@click.option(
    "--envelope", metavar="N", help="The extra money to share; without it only the midpoint is shown."
)
@click.option(
    "--rule",
    default="A",
    show_default=True,
    help="A: equal gap-closing. B: equal gain per resident. C: equal shortfall per resident. "
    "D: half and half. E: the poorest first. F: the package of priorities. M: the midpoint. "
    "all: every rule side by side.",
)
@click.option("--quantum", metavar="Q", default="1", show_default=True, help="Figures are multiples of Q.")
@click.option(
    "--kappa", metavar="K", default="0", show_default=True, help="Weight of priorities, basis points."
)
@click.option(
    "--limits",
    metavar="LIMITS.csv",
    type=click.Path(path_type=Path),
    help="Floors and caps of regions and kinds.",
)
@click.option("--sensitivity", "sensitive", is_flag=True, help="Also what would change the option, and how.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.pass_context
def balance_command(
    context: click.Context, /, form: str, language: str, *, sensitive: bool, **typed: Any
) -> None:
    """Compute the balanced option of the contested lines in LINES.csv.

    All money is in one unit. LIMITS.csv has the columns scope (region or kind), name, floor and cap: what the
    lines of that region or kind get together. Exit status 2: the input has faults, each named with row and
    column, and nothing was computed. Exit status 3: the floors exceed the envelope; the shortfall and an
    emergency table are printed, no option.
    """
    chosen = as_language(language)
    try:
        asked = _asked(**typed)
        if sensitive and (form == "csv" or asked.rule == ALL):
            raise BadInput(Problem("balancing.file.sensitivity", column="--sensitivity"))
        if asked.rule == ALL:
            context.exit(_print_all(asked, form, chosen))
        status = _print_one(asked, form, chosen, sensitive=sensitive)
        context.exit(status)
    except BadInput as refusal:
        for problem in refusal.problems:
            click.echo(_fault(problem, chosen), err=True)
        context.exit(BAD_INPUT)


@dataclass(frozen=True)
class _Asked:
    """What was asked for, all of it read."""

    rule: str
    lines: Sequence[Line]
    envelope: int | None
    settings: dict[str, Any]


def _asked(  # noqa: PLR0917  # one argument per option
    lines_file: Path, limits: Path | None, rule: str, envelope: str | None, quantum: str, kappa: str
) -> _Asked:
    """Read everything, and list all faults at once."""
    problems: list[Problem] = []
    if rule not in {*RULES, ALL}:
        problems.append(Problem(UnknownRule.key, column="--rule", details={"rule": rule}))
    typed = {"--envelope": envelope, "--quantum": quantum, "--kappa": kappa}
    problems += _unreadable(typed)
    lines = _read(lambda: read_lines(lines_file), problems)
    bounds = _read(lambda: read_limits(limits), problems) if limits else []
    if problems:
        raise BadInput(*problems)
    numbers = {name: parse_decimal(value, 0)[0] for name, value in typed.items() if value is not None}
    settings = {"quantum": numbers["--quantum"], "kappa": numbers["--kappa"], "limits": bounds}
    return _Asked(rule, lines, numbers.get("--envelope"), settings)


def _read(read: Callable[[], list[Read]], problems: list[Problem]) -> list[Read]:
    try:
        return read()
    except BadInput as refusal:
        problems += refusal.problems
        return []


def _unreadable(typed: dict[str, str | None]) -> Iterator[Problem]:
    for name, value in typed.items():
        try:
            if value is not None:
                parse_decimal(value, 0)
        except UnreadableNumber as refusal:
            yield Problem(refusal.key, column=name, details=refusal.details)


def _print_one(asked: _Asked, form: str, language: Language, *, sensitive: bool) -> int:
    option: Option = _computed(balance, asked, rule=asked.rule)
    written = _explained(_WRITERS[form](asked.lines, option, language), asked, option, form, language)
    if sensitive:
        found = _computed(sensitivity, asked, rule=asked.rule)
        json_asked = form == "json"
        written = (
            with_sensitivity(written, found) if json_asked else written + sensitivity_block(found, language)
        )
    click.echo(written, nl=False)
    if option.status is not Status.INFEASIBLE:
        return 0
    if form != "table":
        click.echo(said(summary(option)[0], language), err=True)
    return INFEASIBLE


def _explained(written: str, asked: _Asked, option: Option, form: str, language: Language) -> str:
    """Return what was written with what it means for the sides and the regions; a CSV is lines alone."""
    found = findings(option, asked.lines)
    if form == "json":
        return with_findings(written, found)
    return written + findings_block(option, found, language) if form == "table" else written


def _print_all(asked: _Asked, form: str, language: Language) -> int:
    found: Alternatives = _computed(alternatives, asked)
    click.echo(_WRITERS_OF_ALL[form](found, language), nl=False)
    return INFEASIBLE if any(each.status is Status.INFEASIBLE for each in found.options.values()) else 0


def _computed(compute: Callable[..., Any], asked: _Asked, **more: str) -> Any:
    """Compute; what cannot be computed is a fault of the input."""
    try:
        return compute(asked.lines, asked.envelope, **asked.settings, **more)
    except Unbalanceable as refusal:
        raise BadInput(Problem(refusal.key, details=refusal.details)) from refusal


def _fault(problem: Problem, language: Language) -> str:
    """Return one sentence for one fault, with the row and column it stands in."""
    fault = text(problem.key, language, **problem.details)
    if problem.column is not None and problem.row is not None:
        return text("balancing.file.at", language, row=problem.row, column=problem.column, fault=fault)
    if problem.row is not None:
        return text("balancing.file.at_row", language, row=problem.row, fault=fault)
    fault = f"{problem.column}: {fault}" if problem.column else fault
    return text("balancing.file.whole", language, fault=fault)


_WRITERS: Final = {"table": as_table, "csv": as_csv, "json": as_json}
_WRITERS_OF_ALL: Final = {"table": all_as_table, "csv": all_as_csv, "json": all_as_json}
