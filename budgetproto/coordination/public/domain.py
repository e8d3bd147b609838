"""PURE: how much of a draft everybody may read, and what that is: no person, no notice, no talk by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, get_args

from budgetproto.coordination.completing import COMPLETING, standing
from budgetproto.coordination.course import Course, Stage
from budgetproto.coordination.document import kind_of
from budgetproto.coordination.domain import Draft, Level
from budgetproto.coordination.happenings import (
    Amending,
    Corrected,
    Happening,
    Published,
    Ruling,
    Stance,
    TextKind,
    Verdict,
)
from budgetproto.coordination.telling import REASON, Fact, completion
from budgetproto.coordination.texts.domain import TextCard, cards
from budgetproto.i18n.languages import NO_NAME, Named

#: Nothing; the course without anybody's texts; the texts of opinions, remarks and answers too; files as well.
Scope = Literal["nothing", "course", "all", "files"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
#: Texts that name who was served or spoken with: never public.
_OF_PERSONS: Final = frozenset({TextKind.PROOF, TextKind.MINUTES})


@dataclass(frozen=True)
class Publication:
    """One decision on how much of a draft is public from a day on; made on the day `decided`."""

    scope: Scope
    since: date
    decided: date

    @property
    def worded(self) -> bool:
        """Tell whether what sides wrote is public."""
        return self.scope in {"all", "files"}


@dataclass(frozen=True)
class Opinion:
    """What a body said of the draft in one round; `text` is empty where only the course is public."""

    body: Named
    round: int
    on: date
    stance: Stance
    text: str = ""


@dataclass(frozen=True)
class Remark:
    """A remark with its last answer; None is not answered yet. Texts are empty where they are not public."""

    number: int
    body: Named
    on: date
    verdict: Verdict | None
    referred: bool
    place: str = ""
    text: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Appeal:
    """An appeal of a body, and how it ended; None where nobody has decided it."""

    body: Named
    on: date
    to: str
    #: Whether it went to somebody else than the procedure names.
    elsewhere: bool = False
    ruling: Ruling | None = None
    ruled_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Completion:
    """A step that completed or corrected the entry: what stands since, and what stood before."""

    kind: str
    on: date
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class PublicAct:
    """A draft as everybody reads it."""

    number: int
    scope: Scope
    since: date
    title: Named
    level: Level
    initiator: Named
    published: date | None
    address: str
    source: Named
    illustrative: bool
    stage: Stage
    mandatory: bool | None
    opinions: tuple[Opinion, ...]
    remarks: tuple[Remark, ...]
    appeals: tuple[Appeal, ...]
    completions: tuple[Completion, ...] = ()
    texts: tuple[TextCard, ...] = ()

    @property
    def worded(self) -> bool:
        """Tell whether what sides wrote is public."""
        return self.scope in {"all", "files"}


def scope_on(decisions: "tuple[Publication, ...]", day: date) -> Publication | None:
    """Return what holds on a day; `decisions` are in the order of their making.

    A decision for a later day leaves what stands in force until then; what was still to come when a new
    decision was made is given up for it.
    """
    standing: Publication | None = None
    coming: Publication | None = None
    for each in decisions:
        if coming is not None and coming.since <= each.decided:
            standing = coming
        coming = each
    return coming if coming is not None and coming.since <= day else standing


def public_act(
    number: int, entered: Draft, course: Course, names: Mapping[str, Named], published: Publication
) -> PublicAct:
    """Return what everybody may read; whoever recorded, was served or was spoken with is left out.

    `entered` is the draft as it was entered: it is shown as it stands, with what completed or corrected it.
    The value is built anew from what is meant to be public: a fact that is added to a course later stays
    out until somebody names it here.
    """
    screened, draft = course.screened, standing(entered, course)[-1]
    return PublicAct(
        number=number,
        scope=published.scope,
        since=published.since,
        title=draft.title,
        level=draft.level,
        initiator=draft.initiator,
        published=draft.published,
        address=draft.address,
        source=draft.source,
        illustrative=draft.illustrative,
        stage=course.stage,
        mandatory=screened.screening.mandatory if screened else None,
        opinions=_opinions(course, names, whole=published.worded),
        remarks=_remarks(course, names, whole=published.worded),
        appeals=_appeals(course, names, whole=published.worded),
        completions=tuple(_completions(entered, course, names, whole=published.worded)),
        texts=tuple(_texts(draft, course, names, whole=published.worded)),
    )


def _completions(
    entered: Draft, course: Course, names: Mapping[str, Named], *, whole: bool
) -> Iterator[Completion]:
    drafts = standing(entered, course)
    for each, before in zip(course.happenings, drafts, strict=False):
        if isinstance(each.what, COMPLETING):
            told = completion(_open(each, before, whole=whole), before, names)
            found = tuple(fact for fact in told if fact.stated)
            if any(fact.label != REASON for fact in found):
                yield Completion(kind_of(each.what), each.on, found)


def _open(happening: Happening, before: Draft, *, whole: bool) -> Happening:
    """Return a step without the number of the letter, and without a reason where texts are not public."""
    what = happening.what
    if isinstance(what, Corrected):
        what = replace(what, reference=before.reference)
    if isinstance(what, Published | Amending | Corrected) and not whole:
        what = replace(what, why="")
    return replace(happening, what=what)


def _texts(draft: Draft, course: Course, names: Mapping[str, Named], *, whole: bool) -> Iterator[TextCard]:
    """Yield the attached texts by their hashes; what their authors call them only where texts are public.

    What tells who was served and who came to a meeting is nobody else's, as it is in the course.
    """
    shown = (each for each in cards(course, draft, draft.initiator, names) if each.kind not in _OF_PERSONS)
    for each in shown:
        yield each if whole else replace(each, name="", title="")


def _opinions(course: Course, names: Mapping[str, Named], *, whole: bool) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(names.get(body, NO_NAME), number, on, said.stance, said.text if whole else "")
        for (number, body), (on, said) in course.opinions.items()
    )


def _remarks(course: Course, names: Mapping[str, Named], *, whole: bool) -> tuple[Remark, ...]:
    found = []
    for each in course.remarks:
        answers = course.answers.get(each.number, [])
        last = answers[-1][2] if answers else None
        texts = (each.place, each.text, last.reason if last else "") if whole else ("", "", "")
        verdict, referred = last.verdict if last else None, each.number in course.referred
        body = names.get(each.body, NO_NAME)
        found.append(Remark(each.number, body, each.on, verdict, referred, *texts))
    return tuple(found)


def _appeals(course: Course, names: Mapping[str, Named], *, whole: bool) -> tuple[Appeal, ...]:
    found = []
    for number, (on, said) in enumerate(course.appeals, start=1):
        body, to = names.get(said.body, NO_NAME), said.to if whole else ""
        ruled = course.rulings.get(number)
        if ruled is None:
            found.append(Appeal(body, on, to, bool(said.elsewhere)))
        else:
            day, ruling = ruled
            reason = ruling.reason if whole else ""
            found.append(Appeal(body, on, to, bool(said.elsewhere), ruling.ruling, day, reason))
    return tuple(found)
