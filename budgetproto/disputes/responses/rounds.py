"""PURE: the answers to one version of the option, question by question, and how two versions compare."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Figure, Line
from budgetproto.disputes.figures.stands import Difference, difference
from budgetproto.disputes.responses.domain import (
    Answer,
    ConditionState,
    Reply,
    Settled,
    Standing,
    condition_state,
    counting,
    standing,
)


@dataclass(frozen=True)
class Question:
    """A question of the sitting, and the ids of the parties that stated a position on it."""

    line: Line
    stated: frozenset[str]


@dataclass(frozen=True)
class PartyAnswer:
    """What one party answers on a question in one round.

    `answer` is its last to this version of the option, None when there is none: `earlier` is then its last to
    a version before. `counts` tells whether its answer counts for its side.
    """

    party: Party
    counts: bool
    answer: Answer | None
    earlier: Answer | None
    condition: ConditionState | None


@dataclass(frozen=True)
class Answered:
    """One question in one round: the option's figure, each party's answer, and what they come to."""

    line: Line
    figure: Figure
    answers: tuple[PartyAnswer, ...]
    standing: Standing

    @property
    def shown(self) -> tuple[PartyAnswer, ...]:
        """The answers to show: those that count, be they missing, and whatever others have said."""
        return tuple(each for each in self.answers if each.counts or each.answer or each.earlier)


@dataclass(frozen=True)
class Change:
    """One question in two rounds; `moved` is by how much the figure changed, None where it is no number."""

    line: Line
    before: Answered | None
    after: Answered | None
    moved: Difference | None

    @property
    def answers_moved(self) -> bool:
        """Tell whether the answers come to something else."""
        return self.before is None or self.after is None or self.before.standing != self.after.standing


def answers_in_round(
    questions: Sequence[Question],
    parties: Sequence[Party],
    answers: Iterable[Answer],
    *,
    option: int,
    figures: Mapping[int, Figure],
    settled: Mapping[int, Settled],
) -> dict[int, Answered]:
    """Return, by number, the questions that a version of the option speaks of, with the answers to it.

    `answers` are all there are, of any version, those of one party on one question in their order; `figures`
    are what the version says; `settled` is what has been decided so far.
    """
    given: dict[tuple[str, str], Answer] = {}
    earlier: dict[tuple[str, str], Answer] = {}
    for each in answers:
        if each.option <= option:
            (given if each.option == option else earlier)[each.line, each.party] = each
    found = {}
    for question in (each for each in questions if each.line.number in figures):
        counted = counting(question.line.text, parties, question.stated)
        places = [(party, (question.line.id, party.id)) for party in parties]
        said = tuple(
            _of_party(
                party,
                given.get(place),
                earlier.get(place),
                counts=party.id in counted,
                figures=figures,
                settled=settled,
            )
            for party, place in places
        )
        found[question.line.number] = Answered(
            question.line, figures[question.line.number], said, _standing(said)
        )
    return found


def changes(
    before: Mapping[int, Answered], after: Mapping[int, Answered], lines: Iterable[Line]
) -> list[Change]:
    """Return what became of each question from one round to another."""
    pairs = ((line, before.get(line.number), after.get(line.number)) for line in lines)
    return [
        Change(line, one, other, difference(one.figure if one else None, other.figure if other else None))
        for line, one, other in pairs
        if one or other
    ]


def _of_party(
    party: Party,
    given: Answer | None,
    earlier: Answer | None,
    *,
    counts: bool,
    figures: Mapping[int, Figure],
    settled: Mapping[int, Settled],
) -> PartyAnswer:
    condition = condition_state(given.response, figures, settled) if given else None
    return PartyAnswer(party, counts, given, None if given else earlier, condition)


def _standing(said: Iterable[PartyAnswer]) -> Standing:
    return standing(
        Reply(each.answer.response.kind, each.condition) if each.answer else None
        for each in said
        if each.counts
    )
