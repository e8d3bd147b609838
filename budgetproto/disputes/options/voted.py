"""PURE: a trial that was put to the committee: what was voted, how, and what it rests on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from budgetproto.disputes.positions.document import words_read, words_written
from budgetproto.i18n.languages import NO_NAME, Named, Sentence, Words
from budgetproto.money import Som
from budgetproto.sittings import pinned
from budgetproto.sittings.domain import Source, Terms
from budgetproto.sittings.pinned import Pinned

_PLAIN: Final = ("number", "rule", "for_", "against", "abstained", "present", "quorum", "adopted", "version")


@dataclass(frozen=True)
class VotedTrial:
    """A trial with the vote on it; `version` is that of the option it became, None when it was rejected.

    `ground` says where the money comes from, empty where the envelope is that of the terms. `indicators` are
    what the rule counts, as they stood at the vote: so the trial can be computed again.
    """

    number: int
    rule: str
    envelope: Som | None
    ground: Named
    indicators: tuple[Pinned, ...]
    question: Words
    for_: int
    against: int
    abstained: int
    present: int
    quorum: int
    on: date
    adopted: bool
    reason: Words
    version: int | None

    @property
    def mark(self) -> Sentence:
        """What stands wherever the option does that this trial became."""
        return Sentence("disputes.option.by_decision", (("rule", self.rule), ("on", self.on)))

    def terms(self, terms: Terms) -> Terms:
        """Return the terms with what was voted in place of their rule, envelope and indicators."""
        return replace(terms, rule=self.rule, sources=self._sources(terms), indicators=self.indicators)

    def _sources(self, terms: Terms) -> tuple[Source, ...]:
        if self.envelope == terms.envelope or self.envelope is None:
            return terms.sources
        return (Source(self.ground, self.envelope, self.on.year, NO_NAME, None, illustrative=False),)


@dataclass(frozen=True)
class Basis:
    """What a vote rests on: the newest version of the option, how many trials were voted, and the figures.

    `positions` and `indicators` are marks that change with every change of them.
    """

    version: int
    votes: int
    positions: str
    indicators: str

    def written(self) -> str:
        """Return what a form carries of it."""
        return f"{self.version}.{self.votes}.{self.positions}.{self.indicators}"

    def moved(self, seen: str) -> tuple[Sentence, ...]:
        """Say what has changed since a form was made; nothing when it rests on the same."""
        if seen == self.written():
            return ()
        before = seen.split(".") if seen.count(".") == 3 else ["", "", "", ""]
        after = self.written().split(".")
        names = ("version", "votes", "positions", "indicators")
        changed = (
            Sentence(f"proceedings.trial.moved.{name}", (("before", old or "0"), ("now", new)))
            for name, old, new in zip(names, before, after, strict=True)
            if old != new
        )
        return tuple(changed)


def mark_of(value: object) -> str:
    """Return a short mark of a value whose written form is stable."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def written(voted: VotedTrial) -> dict[str, object]:
    """Write a vote as the option's document holds it."""
    return {name: getattr(voted, name) for name in _PLAIN} | {
        "envelope": voted.envelope.to_json() if voted.envelope is not None else None,
        "ground": vars(voted.ground),
        "indicators": [pinned.written(each) for each in voted.indicators],
        "question": words_written(voted.question),
        "reason": words_written(voted.reason),
        "on": voted.on.isoformat(),
    }


def read(document: Mapping[str, Any]) -> VotedTrial:
    """Read a vote back."""
    envelope = document["envelope"]
    return VotedTrial(
        **{name: document[name] for name in _PLAIN},
        envelope=None if envelope is None else Som.from_json(envelope),
        ground=Named(**document["ground"]),
        indicators=tuple(pinned.read(each) for each in document["indicators"]),
        question=words_read(document["question"]) or Words(NO_NAME),
        reason=words_read(document["reason"]) or Words(NO_NAME),
        on=date.fromisoformat(document["on"]),
    )
