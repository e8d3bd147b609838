"""PURE: what a step of coordination says, as pairs of a label and words, for every page that shows one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from budgetproto.coordination import happenings as h
from budgetproto.coordination.completing import COMPLETING, after
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Amended, Draft, GroundNote
from budgetproto.i18n.languages import LANGUAGES, NO_NAME, Named, Sentence

#: The label of whom an appeal goes to.
_TO: Final = "coordination.fact.to"
#: The label of how many remarks an opinion has.
REMARKS: Final = "coordination.form.remarks"
#: The label of what stood before.
WAS: Final = "coordination.fact.was"
#: The label of a reason.
REASON: Final = "coordination.fact.reason"


@dataclass(frozen=True)
class Fact:
    """A label (a message key) and what stands beside it: somebody's `text`, or a name, a sentence, a day.

    All of them empty means that nothing was said.
    """

    label: str
    text: str = ""
    name: Named | None = None
    said: Sentence | None = None
    day: date | None = None

    @property
    def stated(self) -> bool:
        """Tell whether anything stands beside the label."""
        return bool(self.text.strip() or self.name or self.said or self.day)


def facts(
    course: Course,
    place: int,
    names: Mapping[str, Named],
    before: Draft,
    addressee: Named | None = None,
) -> tuple[Fact, ...]:
    """Return what happened at a place of the course, without what is empty; `names` has the parties by id.

    `before` is the draft as it stood until then: what was changed of it is told beside the change.
    `addressee` is to whom the procedure sends an appeal, in the reader's language.
    """
    what = course.happenings[place].what
    if isinstance(what, COMPLETING):
        told = completion(course.happenings[place], before, names)
        return tuple(fact for fact in told if fact.stated)
    tell: Callable[[Any, Mapping[str, Named]], Iterator[Fact]] = _TELLS[type(what)]
    found = list(tell(what, names))
    if isinstance(what, h.Closed):
        came_to = replace(course, happenings=course.happenings[: place + 1]).conclusion
        if came_to:
            found = [_word("coordination.fact.conclusion", f"coordination.conclusion.{came_to.value}")]
    if isinstance(what, h.Appealed) and addressee and _went_to(what, addressee):
        found = [replace(each, text="", name=addressee) if each.label == _TO else each for each in found]
    return tuple(fact for fact in found if fact.stated)


def note_facts(note: GroundNote) -> tuple[Fact, ...]:
    """Return every part of a ground note; a part that is empty was not studied."""
    return (
        Fact("coordination.note.territories", "\n".join(note.territories)),
        Fact("coordination.note.situation", note.situation),
        Fact("coordination.note.data", note.data),
        Fact("coordination.note.data_of", day=note.data_of),
        Fact("coordination.note.asked", note.asked),
    )


def _noted(what: h.Noted, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield from note_facts(what.note)
    if not what.note.studied:
        yield _word("coordination.note", "coordination.not_studied")


def _screened(what: h.Screened, names: Mapping[str, Named]) -> Iterator[Fact]:
    found = "mandatory" if what.screening.mandatory else "not_mandatory"
    yield _word("coordination.fact.decision", f"coordination.{found}")
    for touch, reason in what.screening.reasons:
        yield Fact(f"coordination.touch.{touch.value}", reason)
    for body in what.bodies:
        yield Fact("coordination.fact.asked", name=names.get(body))


def _served(what: h.Served, names: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.served", name=names.get(what.body))
    yield Fact("coordination.fact.proof", what.proof)


def _consulted(what: h.Consulted, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.whom", what.whom)
    yield Fact("coordination.fact.said", what.said)
    yield Fact("coordination.fact.taken_up", what.taken_up)


def _opined(what: h.Opined, names: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.body", name=names.get(what.body))
    yield _word("coordination.fact.stance", f"coordination.stance.{what.stance.value}")
    yield Fact("coordination.fact.text", what.text)
    if what.remarks:
        yield Fact(REMARKS, str(len(what.remarks)))


def _answered(what: h.Answered, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield _numbered("coordination.fact.remark", what.remark)
    yield _word("coordination.fact.verdict", f"coordination.verdict.{what.verdict.value}")
    yield Fact(REASON, what.reason)
    yield Fact("coordination.fact.changed", what.changed)


def _stood(what: h.Stood, names: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.body", name=names.get(what.body))
    yield _numbered("coordination.fact.remark", what.remark)
    stands = "insists" if what.insists else "lets_go"
    yield _word("coordination.fact.stand", f"coordination.stand.{stands}")
    yield Fact(REASON, what.why)


def _round_begun(what: h.RoundBegun, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.different", what.reason)


def _met(what: h.Met, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.present", what.present)
    yield Fact("coordination.fact.said", what.said)
    for number in what.settled:
        yield _numbered("coordination.fact.settled", number)


def _appealed(what: h.Appealed, names: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.body", name=names.get(what.body))
    yield Fact(_TO, what.to)
    if what.elsewhere is not None:
        said = "other" if what.elsewhere else "named"
        yield _word("coordination.fact.addressee", f"coordination.addressee.{said}")
    yield Fact("coordination.fact.against", what.against)


def _went_to(what: h.Appealed, addressee: Named) -> bool:
    """Tell whether an appeal went to this addressee of a procedure.

    A bundle that is screened anew may go by another version: an appeal of before keeps its own words.
    """
    return what.elsewhere is False and what.to == addressee.text("ky")


def _ruled(what: h.Ruled, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield _numbered("coordination.fact.appeal", what.appeal)
    yield _word("coordination.fact.ruling", f"coordination.ruling.{what.ruling.value}")
    yield Fact(REASON, what.reason)


def _referred(what: h.Referred, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield _numbered("coordination.fact.remark", what.remark)


def _closed(_: h.Closed, __: Mapping[str, Named]) -> Iterator[Fact]:
    return iter(())


def _bypassed(what: h.Bypassed, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.why", what.why)


def _submitted(what: h.Submitted, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.where", what.where)
    yield Fact("sheet.handed_in.hash", what.sheet)


def _adopted(what: h.Adopted, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.number", what.number)


def _withdrawn(what: h.Withdrawn, _: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact(REASON, what.reason)


def _attached(what: h.Attached, names: Mapping[str, Named]) -> Iterator[Fact]:
    yield Fact("coordination.fact.body", name=names.get(what.body))
    yield _word("draft_texts.kind", f"draft_texts.kind.{what.kind.value}")
    if what.companion:
        yield _numbered("coordination.fact.companion", what.companion)
    yield Fact("draft_texts.title", what.title)
    yield _word("draft_texts.language", f"draft_texts.language.{what.language.value}")
    yield Fact("draft_texts.file", what.name)
    yield Fact("draft_texts.digest", what.digest)
    if what.replaces:
        yield _numbered("draft_texts.replaces", what.replaces)


_TELLS: Final[dict[type[Any], Callable[[Any, Mapping[str, Named]], Iterator[Fact]]]] = {
    h.Noted: _noted,
    h.Screened: _screened,
    h.Served: _served,
    h.Consulted: _consulted,
    h.Opined: _opined,
    h.Answered: _answered,
    h.Stood: _stood,
    h.RoundBegun: _round_begun,
    h.Met: _met,
    h.Appealed: _appealed,
    h.Ruled: _ruled,
    h.Referred: _referred,
    h.Closed: _closed,
    h.Bypassed: _bypassed,
    h.Submitted: _submitted,
    h.Adopted: _adopted,
    h.Withdrawn: _withdrawn,
    h.Attached: _attached,
}


def completion(happening: h.Happening, before: Draft, names: Mapping[str, Named]) -> Iterator[Fact]:
    """Tell what a step completed or corrected of an entry, each change with what stood before it."""
    what, stands = happening.what, after(before, happening)
    match what:
        case h.Arrived(companion=number):
            number = number or len(stands.related)
            old = before.related[number - 1].title if number <= len(before.related) else NO_NAME
            yield _numbered("coordination.fact.companion", number)
            yield Fact("coordination.form.companion_title", name=stands.related[number - 1].title)
            if old != NO_NAME:
                yield from _in_languages("title_in", old, stands.related[number - 1].title)
        case h.Published():
            yield Fact("coordination.published", day=stands.published)
            yield Fact(WAS, day=before.published)
        case h.Amending():
            yield from _acts("coordination.amends", stands.amends)
            yield from _acts(WAS, before.amends)
        case h.Corrected(answers=answers):
            yield from _corrected(before, stands)
            if answers:
                yield _party("coordination.form.party", answers.party, names)
                yield _party(WAS, answers.was, names)
    yield Fact(REASON, getattr(what, "why", ""))


def _acts(label: str, acts: tuple[Amended, ...]) -> Iterator[Fact]:
    for each in acts:
        values = (("day", each.on), ("number", each.number))
        yield Fact(label, said=Sentence("coordination.fact.act", values))
    if not acts:
        yield Fact(label, "—")


def _corrected(old: Draft, new: Draft) -> Iterator[Fact]:
    """Tell what is right of the draft itself: titles, initiator, level, the initiator's number."""
    yield from _in_languages("title_in", old.title, new.title)
    yield from _in_languages("initiator_in", old.initiator, new.initiator)
    if new.level is not old.level:
        yield _word("coordination.column.level", f"coordination.level.{new.level.value}")
        yield _word(WAS, f"coordination.level.{old.level.value}")
    if new.reference != old.reference:
        yield Fact("coordination.reference", new.reference or "—")
        yield Fact(WAS, old.reference or "—")


def _in_languages(label: str, old: Named, new: Named) -> Iterator[Fact]:
    """Tell each language in which a title or a name was changed."""
    for code in LANGUAGES:
        if getattr(old, code) != getattr(new, code):
            yield Fact(f"coordination.{label}.{code}", getattr(new, code) or "—")
            yield Fact(WAS, getattr(old, code) or "—")


def _party(label: str, party: str, names: Mapping[str, Named]) -> Fact:
    """Tell which party answers for a draft; none of the house is told as the form names it."""
    return Fact(label, name=names.get(party)) if party else _word(label, "coordination.form.no_party")


def _word(label: str, key: str) -> Fact:
    return Fact(label, said=Sentence(key))


def _numbered(label: str, number: int) -> Fact:
    return Fact(label, text=f"№ {number}")
