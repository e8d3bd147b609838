"""PURE: what of an earlier year's sitting begins the next one, and what never does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetproto.disputes.domain import NO_PARAMETER, Base, Figure, Line, LineText, is_points
from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.proceedings.domain import Decision
from budgetproto.proceedings.following.domain import FollowUp


def rolled_line(line: Line, decided: Base, later: Sequence[FollowUp], *, years: int) -> LineText:
    """Return the text of a line as it begins so many years later.

    Kind, territory, limits, leads, legal basis and history are taken over. Base figures are not: those of
    this year are in this year's draft, and a need is documented anew. What was approved (by law, else as it
    was `decided`) and what was executed come in as last year's figures, each with its source.
    """
    return replace(
        line.text,
        year=line.text.year + years,
        base_government=Base(),
        base_lsg=Base(),
        money_base=None,
        note=NO_NAME,
        approved_last_year=_last(later, "adopted") or decided,
        executed=_last(later, "executed") or Base(),
        documented_need=Base(),
        parameter=NO_PARAMETER,
        prices=None,
    )


def decided_base(decision: Decision | None, base: Base) -> Base:
    """Return `base` (its source and marks) with the decided figure; nothing when nothing was settled."""
    figure = number(decision.decided) if decision and decision.settled else None
    return replace(base, figure=figure) if figure is not None else Base()


def number(figure: Figure) -> Som | int | None:
    """Return a figure that is an amount or a percentage; a yes or a text is no last year's figure."""
    return figure if isinstance(figure, Som) or is_points(figure) else None


def rolled_words(words: str, *, year: int, years: int) -> str:
    """Return words with each mention of a year moved on; a year inside another number is none.

    >>> rolled_words("Бюджет 2020 года, № 2020-1", year=2020, years=1)
    'Бюджет 2021 года, № 2021-1'
    >>> rolled_words("24K-152020", year=2020, years=1)
    '24K-152020'
    """
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + years), words)


def rolled_name(name: Named, *, year: int, years: int) -> Named:
    """Return a name with each mention of a year moved on, in every language."""
    moved = {code: rolled_words(text, year=year, years=years) for code, text in vars(name).items()}
    return Named(**moved)


def _last(later: Sequence[FollowUp], kind: str) -> Base | None:
    """Return the follow-up of a kind that was entered last, as a figure with its source."""
    found = [each for each in later if each.kind == kind and number(each.figure) is not None]
    if not found:
        return None
    last = found[-1]
    return Base(number(last.figure), last.source, illustrative=False, as_of=last.on)
