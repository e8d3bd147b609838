"""PURE: the entry of a draft as steps complete it: what stands after each, and what cannot be one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Final

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import LONGEST_TEXT, Draft, Related, check_draft, check_length
from budgetproto.coordination.happenings import Happening
from budgetproto.i18n.languages import Named

#: What completes or corrects an entry.
COMPLETING: Final = (h.Arrived, h.Published, h.Amending, h.Corrected)


def standing(entered: Draft, course: Course) -> tuple[Draft, ...]:
    """Return the draft as it was entered, and as it stood after each thing that happened."""
    return tuple(accumulate(course.happenings, after, initial=entered))


def after(draft: Draft, happening: Happening) -> Draft:
    """Return a draft as it stands once something has happened to it."""
    match happening.what:
        case h.Arrived() as arrived:
            return replace(draft, related=_with(draft.related, arrived))
        case h.Published():
            return replace(draft, published=happening.on)
        case h.Amending(acts=acts):
            return replace(draft, amends=acts)
        case h.Corrected(title=title, reference=reference) as right:
            initiator = draft.initiator if right.initiator is None else right.initiator
            level = right.level or draft.level
            return replace(draft, title=title, reference=reference, initiator=initiator, level=level)
        case _:
            return draft


def arrivals(entered: Draft, course: Course) -> dict[int, date]:
    """Return the day on which each companion arrived after the entry, by its number in the bundle."""
    before = standing(entered, course)
    return {
        what.companion or len(before[place].related) + 1: on for place, on, what in course.each(h.Arrived)
    }


def check_completing(happening: Happening, draft: Draft, *, entered: date) -> None:
    """Raise the refusal that says why this does not fit the entry; return when it does.

    `draft` is as it stands before, `entered` the day of its entry. The course is judged by the rules.
    """
    if isinstance(happening.what, h.Adopted) and draft.published:
        _not_earlier(happening.on, draft.published)
    if not isinstance(happening.what, COMPLETING):
        return
    # A text may have been published long before; what was said of the draft at its entry was true that day.
    if not isinstance(happening.what, h.Published):
        _not_earlier(happening.on, entered)
    _check(happening.what, draft)
    stands = after(draft, happening)
    check_draft(stands)
    if stands == draft and not _moves(happening.what):
        raise no.NothingCompleted


def _moves(what: h.What) -> bool:
    return isinstance(what, h.Corrected) and what.moves


def _check(what: h.Arrived | h.Published | h.Amending | h.Corrected, draft: Draft) -> None:
    match what:
        case h.Arrived(companion=number):
            _missing(draft, number)
        case h.Published(why=why):
            _reasoned(why, needed=draft.published is not None)
        case h.Amending(acts=acts, why=why):
            kept = {each.key for each in acts}
            _reasoned(why, needed=any(each.key not in kept for each in draft.amends))
        case h.Corrected(why=why):
            _reasoned(why, needed=True)


def _missing(draft: Draft, number: int) -> None:
    if not 0 <= number <= len(draft.related):
        raise no.NoSuchCompanion(number=number)
    if number and draft.related[number - 1].present:
        raise no.ArrivedAlready(number=number)


def _reasoned(why: str, *, needed: bool) -> None:
    if needed and not why.strip():
        raise no.CompletionUnreasoned
    check_length(LONGEST_TEXT, why)


def _not_earlier(on: date, earliest: date) -> None:
    if on < earliest:
        raise no.BeforeItsReason(day=on, earliest=earliest)


def _with(related: tuple[Related, ...], arrived: h.Arrived) -> tuple[Related, ...]:
    if not arrived.companion:
        return (*related, Related(arrived.title, present=True))
    return tuple(_each(related, arrived))


def _each(related: tuple[Related, ...], arrived: h.Arrived) -> Iterator[Related]:
    for number, each in enumerate(related, start=1):
        if number == arrived.companion:
            old, new = each.title, arrived.title
            title = Named(new.ky or old.ky, new.ru or old.ru, new.en or old.en)
            yield Related(title, present=True)
        else:
            yield each
