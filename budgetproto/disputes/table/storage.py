"""The SQL of the table: few columns, no objects of the mapper, one statement for all lines of a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from budgetproto.disputes.domain import Figure, Measure
from budgetproto.disputes.positions.document import figure_of
from budgetproto.disputes.positions.storage import RevealRow
from budgetproto.disputes.storage import LineRow, figure_in
from budgetproto.disputes.table.choice import WHOLE_REPUBLIC, Choice
from budgetproto.disputes.table.domain import Entered
from budgetproto.i18n import LANGUAGES, NO_NAME, Named
from budgetproto.transfers.rows import TerritoryRow

_ALL: Final = 1_000_000


class Group(NamedTuple):
    """The lines of one kind, oblast and measure: how many there are, and how many are still closed.

    An oblast is the first five digits of codes, None for lines about the whole republic.
    """

    kind: str
    oblast: str | None
    measure: Measure
    lines: int
    closed: int

    def is_in(self, choice: Choice) -> bool:
        """Tell whether lines like these are chosen by kind, territory and measure."""
        oblast = None if choice.territory == WHOLE_REPUBLIC else choice.territory[:5]
        return (
            choice.kind in ("", self.kind)
            and choice.measure in ("", self.measure)
            and oblast in ("", self.oblast)
        )


@dataclass(frozen=True)
class Summary:
    """How many lines a sitting has, how many are still closed, and what its lines can be chosen by."""

    groups: tuple[Group, ...]

    @cached_property
    def lines(self) -> int:
        """How many there are."""
        return sum(group.lines for group in self.groups)

    @cached_property
    def closed(self) -> int:
        """How many are still closed."""
        return sum(group.closed for group in self.groups)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds there are."""
        return tuple(dict.fromkeys(group.kind for group in self.groups))

    @cached_property
    def oblasts(self) -> tuple[str | None, ...]:
        """The oblasts there are."""
        return tuple(dict.fromkeys(group.oblast for group in self.groups))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures there are."""
        present = {group.measure for group in self.groups}
        return tuple(measure for measure in Measure if measure in present)

    def found(self, choice: Choice) -> int:
        """Count the lines chosen by kind, territory and measure."""
        return sum(group.lines for group in self.groups if group.is_in(choice))


def summary(session: Session, sitting: str) -> Summary:
    """Count the lines of a sitting by kind, oblast and measure."""
    rows = session.connection().execute(_SUMMARY, {"sitting": sitting})
    return Summary(tuple(Group(row[0], row[1], _MEASURES[row[2]], row[3], row[4]) for row in rows))


def entered(session: Session, sitting: str, choice: Choice, *, paged: bool) -> list[Entered]:
    """Return the lines chosen by kind, territory and measure; those of one page, or all."""
    asked = {
        "sitting": sitting,
        "kind": choice.kind,
        "oblast": choice.territory[:5] if choice.territory != WHOLE_REPUBLIC else "",
        "republic": choice.territory == WHOLE_REPUBLIC,
        "measure": choice.measure,
        "limit": choice.size if paged else _ALL,
        "offset": choice.first if paged else 0,
    }
    statement = _LAST_FIRST if paged and choice.descending else _FIRST_FIRST
    return [_entered(row) for row in session.connection().execute(statement, asked)]


def figures(session: Session, sitting: str, lines: Sequence[Entered]) -> dict[str, dict[str, Figure]]:
    """Return the opened figures on these lines of a sitting, by line and party."""
    found: dict[str, dict[str, Figure]] = {line.id: {} for line in lines}
    numbers = [line.number for line in lines]
    asked = {"sitting": sitting, "low": min(numbers, default=0), "high": max(numbers, default=0)}
    for line, party, document in session.connection().execute(_OPENED, asked):
        if line in found:
            found[line][party] = figure_of(document)
    return found


def _entered(row: Any) -> Entered:
    id_, number, kind, territory, year, written, *answers, version, government, lsg = row[: len(_COLUMNS)]
    title, group, place = (Named(*row[start : start + 3]) for start in _NAMES)
    recurring, budget_code, protected, lead_government, lead_lsg, illustrative, opened_at, until = answers
    measure = _MEASURES[written]
    return Entered(
        id=id_,
        number=number,
        title=title,
        kind=kind,
        territory=territory,
        place=place if place.ky is not None else NO_NAME,
        group=group,
        year=year,
        measure=measure,
        recurring=recurring,
        budget_code=budget_code,
        base_government=figure_in(measure, government),
        base_lsg=figure_in(measure, lsg),
        protected=protected,
        lead_government=lead_government,
        lead_lsg=lead_lsg,
        illustrative=illustrative,
        opened_at=opened_at,
        second_term_until=until,
        version=version,
    )


_MEASURES: Final = {measure.value: measure for measure in Measure}
_LINE: Final[sa.Table] = LineRow.__table__  # type: ignore[attr-defined]  # SQLModel tells no type
_TERRITORY: Final[sa.Table] = TerritoryRow.__table__  # type: ignore[attr-defined]
_COLUMNS: Final = (
    *("id", "number", "kind", "territory", "year", "measure", "recurring", "budget_code", "protected"),
    *("lead_government", "lead_lsg", "illustrative", "opened_at", "second_term_until", "version"),
    *("base_government", "base_lsg"),
)
#: Where the names begin that follow the columns: title, group, the territory's name.
_NAMES: Final = (len(_COLUMNS), len(_COLUMNS) + 3, len(_COLUMNS) + 6)
_OBLAST: Final = sa.func.substr(_LINE.c.territory, 1, 5)
_OF_SITTING: Final = sa.and_(
    _LINE.c.sitting == sa.bindparam("sitting", type_=sa.String), _LINE.c.withdrawn_at.is_(None)
)


def _asked(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(name, type_=sa.String)


_CHOSEN: Final = (
    sa.select(
        *(_LINE.c[name] for name in _COLUMNS),
        *(_LINE.c[f"{name}_{language}"] for name in ("title", "group") for language in LANGUAGES),
        *(_TERRITORY.c[f"name_{language}"] for language in LANGUAGES),
    )
    .select_from(_LINE.outerjoin(_TERRITORY, _TERRITORY.c.soate == _LINE.c.territory))
    .where(
        _OF_SITTING,
        sa.or_(_asked("kind") == "", _LINE.c.kind == _asked("kind")),
        sa.or_(_asked("measure") == "", _LINE.c.measure == _asked("measure")),
        sa.or_(_asked("oblast") == "", _asked("oblast") == _OBLAST),
        sa.or_(sa.not_(sa.bindparam("republic", type_=sa.Boolean)), _LINE.c.territory.is_(None)),
    )
    .limit(sa.bindparam("limit", type_=sa.Integer))
    .offset(sa.bindparam("offset", type_=sa.Integer))
)
_FIRST_FIRST: Final = _CHOSEN.order_by(_LINE.c.number)
_LAST_FIRST: Final = _CHOSEN.order_by(_LINE.c.number.desc())
_SUMMARY: Final = (
    sa.select(
        _LINE.c.kind,
        _OBLAST,
        _LINE.c.measure,
        sa.func.count(),
        sa.func.sum(sa.case((_LINE.c.opened_at.is_(None), 1), else_=0)),
    )
    .where(_OF_SITTING)
    .group_by(_LINE.c.kind, _OBLAST, _LINE.c.measure)
    .order_by(_LINE.c.kind, _OBLAST)
)
_OPENED: Final = (
    sa.select(col(RevealRow.line), col(RevealRow.party), col(RevealRow.document))
    .join(_LINE, _LINE.c.id == col(RevealRow.line))
    .where(_OF_SITTING, _LINE.c.number.between(sa.bindparam("low"), sa.bindparam("high")))
)
