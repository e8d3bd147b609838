"""The SQL of the table: few columns, no objects of the mapper, one statement for all lines of a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, col

from budgetproto.disputes.document import figure_of
from budgetproto.disputes.domain import Figure, Measure
from budgetproto.disputes.storage import LineRow, RevealRow, figure_in
from budgetproto.disputes.table.choice import WHOLE_REPUBLIC, Choice
from budgetproto.disputes.table.domain import Entered
from budgetproto.i18n import LANGUAGES, NO_NAME, Named
from budgetproto.transfers.rows import TerritoryRow

_ALL: Final = 1_000_000


@dataclass(frozen=True)
class Summary:
    """How many lines a sitting has, how many are still closed, and what its lines can be chosen by.

    `oblasts` are the first five digits of codes, None for lines about the whole republic.
    """

    lines: int
    closed: int
    kinds: tuple[str, ...]
    oblasts: tuple[str | None, ...]
    measures: tuple[Measure, ...]


def summary(session: Session, sitting: str) -> Summary:
    """Count the lines of a sitting and collect their kinds, oblasts and measures."""
    rows = session.connection().execute(_SUMMARY, {"sitting": sitting}).all()
    measures = {row[2] for row in rows}
    return Summary(
        lines=sum(row[3] for row in rows),
        closed=sum(row[4] for row in rows),
        kinds=tuple(dict.fromkeys(row[0] for row in rows)),
        oblasts=tuple(dict.fromkeys(row[1] for row in rows)),
        measures=tuple(measure for measure in Measure if measure in measures),
    )


def entered(session: Session, sitting: str, choice: Choice, *, paged: bool) -> tuple[list[Entered], int]:
    """Return the lines chosen by kind, territory and measure, and how many there are on all pages."""
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
    rows = session.connection().execute(statement, asked).all()
    return [_entered(row) for row in rows], rows[0][-1] if rows else 0


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
        sa.func.count().over(),
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
