"""A disputed point of a draft as a contested line begins with it: its source, and what was tried before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course, Remark
from budgetproto.coordination.domain import Draft
from budgetproto.disputes.lines.history import Acting, HistoryEntry, HistoryKind
from budgetproto.i18n import Named, Sentence, every_language


@dataclass(frozen=True)
class Point:
    """A remark on a draft of the register with the course of the draft; bodies are ids of parties."""

    number: int
    draft: Draft
    entered: date
    initiator: str | None
    course: Course
    remark: Remark

    @property
    def source(self) -> Named:
        """What the line rests on: the draft with its number in the register and the initiator's own."""
        draft = self.draft
        own = f", {draft.reference}" if draft.reference else ""
        return every_language("referral.source", number=str(self.number), title=draft.title, reference=own)

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """Everything that was said of the point, in the order in which it happened."""
        begins = self.draft.published or self.entered
        entered = HistoryEntry(HistoryKind.OTHER, begins, self.source, source=self.draft.address)
        told = (each for place in range(len(self.course.happenings)) for each in self._told(place))
        return (entered, *told)

    def _told(self, place: int) -> Iterator[HistoryEntry]:
        happening = self.course.happenings[place]
        on, body, number = happening.on, self.remark.body, self.remark.number
        match happening.what:
            case h.Opined(body=of) as opined if of == body:
                yield self._by_body(on, "opinion", stance=_word(opined.stance), text=opined.text)
                if self.course.rounds[place] == self.remark.round:
                    where, said = self.remark.place, self.remark.text
                    yield self._by_body(on, "remark", number=str(number), place=where, text=said)
            case h.Answered(remark=of) as answered if of == number:
                yield self._answer(on, answered)
            case h.Stood(remark=of) as stood if of == number:
                yield self._by_body(on, "insists" if stood.insists else "lets_go", text=stood.why)
            # Who was served, spoken with or there stays in the register: the line may be published, names of
            # persons may not.
            case h.Served(body=of) if of == body:
                yield _entry(HistoryKind.LETTER, on, "served", "government", self.initiator)
            case h.Consulted(said=said, taken_up=taken_up):
                yield _entry(HistoryKind.TALKS, on, "consulted", "both", None, text=said, taken_up=taken_up)
            case h.Met(said=said):
                yield _entry(HistoryKind.TALKS, on, "met", "both", None, text=said)
            case h.Appealed(body=of) as appealed if of == body:
                yield self._by_body(on, "appealed", to=appealed.to, text=appealed.against)
            case h.Ruled(appeal=appeal) as ruled if self.course.appeals[appeal - 1][1].body == body:
                word = _word(ruled.ruling)
                yield _entry(HistoryKind.OTHER, on, "ruled", None, None, ruling=word, text=ruled.reason)
            case what:
                yield from self._of_draft(on, what)

    def _of_draft(self, on: date, what: h.What) -> Iterator[HistoryEntry]:
        """Tell what became of the whole draft, whoever's point it is."""
        match what:
            case h.Screened(screening=screening) if screening.mandatory:
                why = "; ".join(reason for _, reason in screening.reasons)
                yield _entry(HistoryKind.OTHER, on, "screened", None, None, text=why)
            case h.Arrived(companion=companion, title=title):
                stands = self.draft.related[companion - 1].title if companion else title
                yield _entry(HistoryKind.OTHER, on, "arrived", None, None, title=stands)
            case h.RoundBegun(reason=reason):
                yield _entry(HistoryKind.OTHER, on, "round", None, None, text=reason)
            case h.Bypassed(why=why):
                yield _entry(HistoryKind.OTHER, on, "bypassed", None, None, text=why)
            case h.Closed():
                yield _entry(HistoryKind.OTHER, on, "closed", None, None)

    def _answer(self, on: date, answered: h.Answered) -> HistoryEntry:
        values = {"verdict": _word(answered.verdict), "text": answered.reason}
        if answered.changed:
            values["changed"] = answered.changed
        key = "answered_anew" if answered.changed else "answered"
        return _entry(HistoryKind.LETTER, on, key, "government", self.initiator, **values)

    def _by_body(self, on: date, key: str, **values: object) -> HistoryEntry:
        return _entry(HistoryKind.LETTER, on, key, "lsg", self.remark.body, **values)


def _entry(
    kind: HistoryKind, on: date, key: str, side: Acting | None, party: str | None, /, **values: object
) -> HistoryEntry:
    return HistoryEntry(kind, on, every_language(f"referral.history.{key}", **values), side, party)


def _word(value: h.Stance | h.Verdict | h.Ruling) -> Sentence:
    return Sentence(f"referral.{type(value).__name__.lower()}.{value.value}")
