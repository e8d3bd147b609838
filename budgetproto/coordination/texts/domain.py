"""PURE: the texts that were attached to a draft, which of them stand, and what may be attached."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from budgetproto.coordination import refusals as no
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import LONGEST_NAME, Draft, check_length
from budgetproto.coordination.happenings import Adopted, Attached, Served, TextKind, TextLanguage
from budgetproto.coordination.texts import refusals as unfit
from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named

#: Files that one side, the initiator or one association, may attach to one draft; their bytes in all.
MOST_TEXTS: Final = 60
MOST_BYTES: Final = 150 * 2**20
#: What is judged by coordination: a later version is another text than the one that was sent or agreed.
JUDGED: Final = frozenset({TextKind.DRAFT, TextKind.COMPANION, TextKind.EXPLANATION})
#: What an association attaches of its own; all else is the initiator's to attach.
OF_BODIES: Final = (TextKind.LETTER, TextKind.COMPARISON, TextKind.MINUTES, TextKind.OTHER)


@dataclass(frozen=True)
class Text:
    """An attached text: its number, where it stands in the course, and which text came in its place.

    `after_notice` and `after_close` tell that it was recorded when an association had been served in that
    round, or coordination was closed: who looked at the draft before had another text before him.
    """

    number: int
    place: int
    on: date
    recorded: date
    round: int
    said: Attached
    replaced_by: int = 0
    after_notice: bool = False
    after_close: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether no other text came in its place."""
        return not self.replaced_by


@dataclass(frozen=True)
class TextCard:
    """An attached text as pages list it: whose it is by name, which act of the bundle it is of.

    Everybody may read it where the course of the draft is public: nothing belongs here that nobody published.
    """

    number: int
    kind: TextKind
    body: Named
    companion: Named
    language: TextLanguage
    on: date
    recorded: date
    round: int
    name: str
    title: str
    size: int
    digest: str
    replaced_by: int
    after_notice: bool
    after_close: bool


def cards(course: Course, draft: Draft, initiator: Named, names: Mapping[str, Named]) -> tuple[TextCard, ...]:
    """Return every attached text of a draft by number; `names` has the associations by id."""
    return tuple(
        TextCard(
            number=each.number,
            kind=each.said.kind,
            body=names.get(each.said.body, NO_NAME) if each.said.body else initiator,
            companion=draft.related[each.said.companion - 1].title if each.said.companion else NO_NAME,
            language=each.said.language,
            on=each.on,
            recorded=each.recorded,
            round=each.round,
            name=each.said.name,
            title=each.said.title,
            size=each.said.size,
            digest=each.said.digest,
            replaced_by=each.replaced_by,
            after_notice=each.after_notice,
            after_close=each.after_close,
        )
        for each in texts(course)
    )


def texts(course: Course) -> tuple[Text, ...]:
    """Return every text ever attached to a draft, by number: one that is replaced stays."""
    attached = list(course.each(Attached))
    replaced = {what.replaces: number for number, (_, _, what) in enumerate(attached, 1) if what.replaces}
    return tuple(
        Text(
            number,
            place,
            on,
            course.happenings[place].recorded,
            course.rounds[place],
            what,
            replaced.get(number, 0),
            after_notice=what.kind in JUDGED and _served_before(course, place),
            after_close=what.kind in JUDGED and Course(course.happenings[:place]).closed is not None,
        )
        for number, (place, on, what) in enumerate(attached, 1)
    )


def lacking(course: Course) -> Iterator[int]:
    """Yield the rounds in which no text of the draft itself was attached."""
    there = {each.round for each in texts(course) if each.said.kind is TextKind.DRAFT}
    yield from (number for number in range(1, course.round + 1) if number not in there)


def check_text(what: Attached, course: Course, draft: Draft, *, on: date) -> None:
    """Raise the refusal that says why this text cannot be attached to the draft; return when it can.

    Whether this side may attach such a text now is judged by the rules of the course, by `check_kind`.
    """
    check_length(LONGEST_NAME, what.title)
    if what.kind is TextKind.OTHER and not what.title.strip():
        raise unfit.TextUntitled
    if what.kind is TextKind.COMPANION:
        _check_companion(what, draft)
    elif what.companion:
        raise unfit.OfNoCompanion
    own = [each for each in texts(course) if each.said.body == what.body]
    if what.digest in {each.said.digest for each in own}:
        raise unfit.TextTwice
    if what.replaces:
        _check_replaced(what, own, on)
    if len(own) >= MOST_TEXTS:
        raise unfit.TooManyTexts(most=MOST_TEXTS)
    if sum(each.said.size for each in own) + what.size > MOST_BYTES:
        raise unfit.TextsTooLarge(megabytes=MOST_BYTES // 2**20)


def check_kind(what: Attached, course: Course) -> None:
    """Raise unless whose text it is may attach one of this kind now."""
    if what.body and what.body not in course.bodies:
        raise no.NotAsked
    if what.body and what.kind not in OF_BODIES:
        raise unfit.TextOfInitiator
    adopted = course.has(Adopted)
    if what.kind is TextKind.ADOPTED and not adopted:
        raise unfit.NotAdopted
    if what.kind in JUDGED and adopted:
        raise no.IsAdopted


def kinds_for(bodies: Iterable[str], course: Course, draft: Draft) -> Iterator[TextKind]:
    """Yield the kinds that any of these may attach now; an empty one is the initiator.

    A companion has its text attached once one has arrived.
    """
    asked, arrived = tuple(bodies), any(each.present for each in draft.related)
    for kind in TextKind:
        if kind is TextKind.COMPANION and not arrived:
            continue
        probes = (Attached(body, kind, TextLanguage.OTHER, "", 0, "") for body in asked)
        if any(_possible(each, course) for each in probes):
            yield kind


def _possible(what: Attached, course: Course) -> bool:
    try:
        check_kind(what, course)
    except Refused:
        return False
    return True


def _served_before(course: Course, place: int) -> bool:
    served = (at for at, _, _ in course.each(Served) if course.rounds[at] == course.rounds[place])
    return any(at < place for at in served)


def _check_companion(what: Attached, draft: Draft) -> None:
    if not 1 <= what.companion <= len(draft.related):
        raise unfit.CompanionUnnamed
    if not draft.related[what.companion - 1].present:
        # Its arrival has the bundle screened once more: a file is no way around that.
        raise unfit.CompanionNotArrived(number=what.companion)


def _check_replaced(what: Attached, own: list[Text], on: date) -> None:
    found = next((each for each in own if each.number == what.replaces), None)
    if found is None or (found.said.kind, found.said.companion) != (what.kind, what.companion):
        raise unfit.AnotherText(number=what.replaces)
    if found.replaced_by:
        raise unfit.TextReplaced(number=what.replaces, by=found.replaced_by)
    if on < found.on:
        raise no.BeforeItsReason(day=on, earliest=found.on)
