"""Lines of one kind for many territories: which territories a group means, and the line of each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.disputes.domain import LineText
from budgetproto.disputes.lines.entering import digest
from budgetproto.disputes.lines.many import MOST_LINES, NewLine, TooManyLines, enter_once
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.transfers.domain import Territory
from budgetproto.transfers.storage import find_territories

#: The groups of territories that are chosen by one tick; of each oblast besides, all its aiyl aimaks.
GROUPS: Final = {
    "oblasts": frozenset({"oblast"}),
    "districts": frozenset({"district"}),
    "cities": frozenset({"republican_city", "oblast_city", "district_city"}),
}
#: Before the code of an oblast: all aiyl aimaks in it.
AIYL_AIMAKS: Final = "aiyl-"


@dataclass(frozen=True)
class Planned:
    """A line as it would be entered for one territory."""

    territory: Territory
    text: LineText


def oblasts(session: Session) -> list[Territory]:
    """Return the oblasts, for the choice of their aiyl aimaks."""
    return [each for each in find_territories(session, level=1) if each.kind == "oblast"]


def planned(
    session: Session, sitting_id: str, pattern: LineText, *, groups: Iterable[str], codes: Sequence[str]
) -> list[Planned]:
    """Return the line of each territory that was chosen by group or by code, in the order of the codes.

    `pattern` is the line without its territory. Raise BadInput naming each unknown code, and each territory
    that has a line of this kind and year already, or when no territory was chosen; TooManyLines.
    """
    every = {each.soate: each for each in find_territories(session) if each.valid_to is None}
    problems = [
        Problem("transfers.unknown_code", {"code": code}, form_field="codes")
        for code in codes
        if code not in every
    ]
    chosen = [each for each in every.values() if each.soate in codes or in_groups(each, groups)]
    there = _there(session, sitting_id, pattern)
    problems += [
        Problem(
            "disputes.bulk.already",
            {"territory": each.name, "number": there[each.soate]},
            form_field="codes",
        )
        for each in chosen
        if each.soate in there
    ]
    if not chosen and not problems:
        problems = [Problem("disputes.bulk.nobody", form_field="groups")]
    if problems:
        raise BadInput(*problems)
    if len(chosen) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES, lines=len(chosen))
    return [Planned(each, _of_territory(pattern, each)) for each in sorted(chosen, key=_code)]


def enter(
    database: Database,
    person_id: str,
    sitting_id: str,
    pattern: LineText,
    *,
    groups: Collection[str],
    codes: Sequence[str],
    request: str,
) -> int:
    """Enter the line of each chosen territory, once however often the form is sent; return how many."""

    def plan(session: Session) -> Sequence[NewLine]:
        chosen = planned(session, sitting_id, pattern, groups=groups, codes=codes)
        return [NewLine(each.text) for each in chosen]

    asked = f"{digest(pattern)} {' '.join(sorted(groups))} {' '.join(codes)}"
    return enter_once(database, person_id, sitting_id, plan, how="territories", asked=asked, request=request)


def in_groups(territory: Territory, groups: Iterable[str]) -> bool:
    """Tell whether a territory is in one of the chosen groups."""
    for group in groups:
        oblast = group.removeprefix(AIYL_AIMAKS)
        if territory.kind in GROUPS.get(group, ()):
            return True
        if oblast != group and territory.kind == "aiyl_aimak" and territory.oblast == oblast:
            return True
    return False


def _there(session: Session, sitting_id: str, pattern: LineText) -> dict[str, int]:
    """Return the territories that have a line of this kind and year, each with its number."""
    lines = storage.lines(session, sitting_id)
    same = [line for line in lines if (line.text.kind, line.text.year) == (pattern.kind, pattern.year)]
    return {line.text.territory: line.number for line in same if line.text.territory}


def _of_territory(pattern: LineText, territory: Territory) -> LineText:
    """Return the line of a territory: the common title, then the territory's name."""
    titles = {
        code: f"{title}: {territory.name.text(code)}" if title else ""
        for code, title in ((code, getattr(pattern.title, code)) for code in LANGUAGES)
    }
    return replace(pattern, title=Named(**titles), territory=territory.soate)


def _code(territory: Territory) -> str:
    return territory.soate
