"""Lines in a spreadsheet: its columns, its template, and reading it with every fault at its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import Base, FloorAboveCap, LineText, Measure
from budgetproto.disputes.lines.entering import BaseNotWhole, check_text
from budgetproto.disputes.lines.history import KNOWN_FIGURES
from budgetproto.disputes.lines.needs import NeedWithoutSource
from budgetproto.errors import Problem
from budgetproto.exchange import Cell, Column, Kind, Sheet, read_numbered
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.money import Unit
from budgetproto.sittings.fields import labelled
from budgetproto.web.forms import YEARS

_YES: Final = frozenset({"1", "+", *(text("disputes.answer.yes", code).casefold() for code in LANGUAGES)})
_NO: Final = frozenset({"", "0", "-", *(text("disputes.answer.no", code).casefold() for code in LANGUAGES)})
_FIGURES: Final[dict[Measure, Kind]] = {Measure.AMOUNT: "amount", Measure.PERCENTAGE: "percentage"}


@dataclass(frozen=True)
class Known:
    """What the cells of a sheet may name: kinds, territories, the invited parties, the sitting's own year."""

    kinds: frozenset[str]
    territories: frozenset[str]
    parties: tuple[Party, ...]
    year: int


def columns(measure: Measure) -> tuple[Column, ...]:
    """Return the columns of a sheet of lines of one measure; only numbers have figures."""
    return (
        *_in_languages("title", "disputes.title", needed="ky"),
        _column("kind", "disputes.kind", required=True),
        _column("territory", "disputes.territory"),
        _column("year", "disputes.year", "integer"),
        _column("recurring", "disputes.recurring"),
        *_in_languages("legal_basis", "disputes.legal_basis"),
        _column("budget_code", "disputes.budget_code"),
        *_figures(measure),
        _column("protected", "disputes.protected"),
        _column("limit_basis", "disputes.limit_basis"),
        _column("lead_government", "disputes.lead_government"),
        _column("lead_lsg", "disputes.lead_lsg"),
    )


def template(measure: Measure) -> Sheet:
    """Return the empty sheet that people fill in."""
    title = Named(*(text("disputes.lines", code) for code in LANGUAGES))
    return Sheet(title, columns(measure), ())


def read_lines(
    content: bytes, measure: Measure, known: Known, *, unit: Unit, file: str | None = None
) -> tuple[tuple[LineText, ...], tuple[Problem, ...]]:
    """Read lines from a sheet, and all its faults; with any fault no line counts."""
    rows, problems = read_numbered(content, columns(measure), unit=unit, file=file)
    reader = _Reader(measure, known, file, list(problems))
    lines = tuple(reader.line(number, row) for number, row in rows)
    return lines, tuple(sorted(reader.problems, key=lambda each: each.row or 0))


@dataclass(frozen=True)
class _Reader:
    """Turns rows into lines and keeps what is wrong with them."""

    measure: Measure
    known: Known
    file: str | None
    problems: list[Problem]

    def line(self, number: int, row: Mapping[str, Cell]) -> LineText:
        """Return the line of one row."""
        line = LineText(
            title=_named(row, "title"),
            kind=self._one_of(number, row, "kind", self.known.kinds) or "",
            territory=self._one_of(number, row, "territory", self.known.territories),
            group=Named(),
            year=self._year(number, row),
            measure=self.measure,
            recurring=self._yes(number, row, "recurring"),
            legal_basis=_named(row, "legal_basis"),
            budget_code=_words(row, "budget_code"),
            history=(),
            money_base=_figure(row, "money_base"),
            cost_sign=1,
            step=None,
            floor=_figure(row, "floor"),
            cap=_figure(row, "cap"),
            protected=self._yes(number, row, "protected"),
            limit_basis=_words(row, "limit_basis"),
            lead_government=self._party(number, row, "government"),
            lead_lsg=self._party(number, row, "lsg"),
            illustrative=False,
            base_government=self._base(number, row, "base_government"),
            base_lsg=self._base(number, row, "base_lsg"),
            approved_last_year=self._base(number, row, "approved_last_year"),
            executed=self._base(number, row, "executed"),
            documented_need=self._base(number, row, "documented_need"),
        )
        self._check(number, line)
        return line

    def _fault(self, key: str, number: int, column: str, **details: object) -> None:
        self.problems.append(Problem(key, details, self.file, number, column))

    def _check(self, number: int, line: LineText) -> None:
        """Keep what the line itself refuses: limits that contradict each other, a base that is not whole."""
        try:
            check_text(line)
        except FloorAboveCap as refusal:
            self._fault(refusal.key, number, "floor", **refusal.details)
        except NeedWithoutSource:
            pass  # its source is missed in its own column
        except BaseNotWhole as refusal:
            self._fault(refusal.key, number, "money_base", **refusal.details)

    def _one_of(self, number: int, row: Mapping[str, Cell], column: str, codes: frozenset[str]) -> str | None:
        code = _words(row, column)
        if code and code not in codes:
            self._fault("transfers.unknown_code", number, column, code=code)
        return code or None

    def _year(self, number: int, row: Mapping[str, Cell]) -> int:
        year = row.get("year")
        if not isinstance(year, int):
            return self.known.year
        if year not in YEARS:
            years = {"first": str(YEARS[0]), "last": str(YEARS[-1])}
            self._fault("web.year_out_of_range", number, "year", **years)
        return year

    def _yes(self, number: int, row: Mapping[str, Cell], column: str) -> bool:
        answer = _words(row, column).casefold()
        if answer not in _YES | _NO:
            self._fault("disputes.sheet.not_yes_no", number, column, typed=answer)
        return answer in _YES

    def _party(self, number: int, row: Mapping[str, Cell], side: Side) -> str | None:
        """Return the invited party of a side that a cell names by its key or by its name."""
        named = _words(row, f"lead_{side}").casefold()
        for party in self.known.parties:
            names = {party.key.casefold(), *(name.casefold() for name in vars(party.name).values())}
            if named and party.side == side and named in names:
                return party.id
        if named:
            self._fault("disputes.sheet.no_such_party", number, f"lead_{side}", typed=named)
        return None

    def _base(self, number: int, row: Mapping[str, Cell], name: str) -> Base:
        """Return a known figure; a figure without its source is nobody's figure."""
        figure, source = _figure(row, name), _words(row, f"{name}_source")
        if figure is not None and not source:
            self._fault("disputes.sheet.source_missing", number, f"{name}_source")
        return Base(figure, source)


def _figures(measure: Measure) -> tuple[Column, ...]:
    kind = _FIGURES.get(measure)
    if kind is None:
        return ()
    known = [
        column
        for name in KNOWN_FIGURES
        for column in (
            _column(name, f"disputes.{name}", kind),
            _column(f"{name}_source", f"disputes.{name}_source"),
        )
    ]
    money = [_column("money_base", "disputes.money_base", "amount")] if kind == "percentage" else []
    limits = [_column(name, f"disputes.{name}", kind) for name in ("floor", "cap")]
    return (*known, *money, *limits)


def _column(key: str, label: str, kind: Kind = "text", *, required: bool = False) -> Column:
    return Column(key, Named(*(text(label, code) for code in LANGUAGES)), kind, required)


def _in_languages(key: str, label: str, *, needed: str = "") -> tuple[Column, ...]:
    return tuple(
        Column(f"{key}_{code}", labelled(label, code), required=code == needed) for code in LANGUAGES
    )


def _named(row: Mapping[str, Cell], key: str) -> Named:
    return Named(**{code: _words(row, f"{key}_{code}") for code in LANGUAGES})


def _words(row: Mapping[str, Cell], key: str) -> str:
    cell = row.get(key)
    return str(cell).strip() if cell is not None else ""


def _figure(row: Mapping[str, Cell], key: str) -> Any:
    return row.get(key)
