"""PURE: the procedure of coordination for one level of initiators: every rule dated, with its source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from budgetproto.coordination.domain import LONGEST_TEXT, Level, check_length
from budgetproto.errors import Refused
from budgetproto.i18n.languages import NO_NAME, Named, Sentence

#: The rules that are said in words, in the order in which they are printed.
WORDED: Final = (
    "definition",
    "rights_of_associations",
    "duties_of_initiator",
    "steps",
    "appeal_to",
    "consequences",
    "breach",
)
#: A stop behind a word that is no shortened one, before a capital letter.
_SENTENCE_END: Final = re.compile(r"(?:(?<=\w{4})|(?<=[\d)»”]))\.\s+(?=[«“]?[A-ZА-ЯЁҢӨҮ])")
#: The terms, in working days.
TIMED: Final = (
    "notice_days",
    "opinion_days",
    "second_opinion_days",
    "answer_days",
    "stand_days",
    "meeting_days",
    "appeal_days",
    "ruling_days",
)
#: How many rounds of opinions there are at most.
COUNTED: Final = ("rounds",)

LONGEST_TERM: Final = 250
MOST_ROUNDS: Final = 5


class RuleMissing(Refused):
    """A procedure lacks one of its rules."""

    message_key = "coordination.rule_missing"


class RuleUnsaid(Refused):
    """A rule in words has them in Kyrgyz and in Russian."""

    message_key = "coordination.rule_unsaid"


class TermUnfit(Refused):
    """A term is a whole number of working days within bounds."""

    message_key = "coordination.term_unfit"


class RuleBothWays(Refused):
    """A rule that an act sets is not one that is only proposed."""

    message_key = "procedures.rule_both_ways"


class RuleSourceMissing(Refused):
    """A rule says where it comes from."""

    message_key = "coordination.rule_source_missing"


@dataclass(frozen=True)
class Rule:
    """One rule: what it says (`text`, or a `number`), since when, where it comes from.

    `by_act` says whether an act in force sets it; where none does, it is the committee's own rule, or only
    `proposed` to the committee, which has not adopted it.
    """

    source: Named
    since: date
    by_act: bool
    text: Named = NO_NAME
    number: int = 0
    proposed: bool = False

    @property
    def basis(self) -> Named | Sentence:
        """What stands beside the rule wherever it applies: the act, or that none sets it and since when."""
        if self.by_act:
            return self.source
        key = "procedures.proposed_only" if self.proposed else "coordination.no_act_sets_this"
        return Sentence(key, (("day", self.since),))


@dataclass(frozen=True)
class Terms:
    """The terms of a procedure in working days, and the rounds of opinions there are at most."""

    notice: int
    opinion: int
    second_opinion: int
    answer: int
    stand: int
    meeting: int
    appeal: int
    ruling: int
    rounds: int


@dataclass(frozen=True)
class Procedure:
    """One version of the procedure for one level; versions count from 1 and none is ever changed."""

    level: Level
    version: int
    since: date
    rules: Mapping[str, Rule]

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", MappingProxyType(dict(self.rules)))

    @property
    def proposed_only(self) -> bool:
        """Tell whether no act and no committee has set any of its rules."""
        return all(rule.proposed for rule in self.rules.values())

    @property
    def addressee(self) -> Named:
        """To whom an appeal goes: the first sentence of the rule, in each language that has it."""
        said = self.rules["appeal_to"].text
        return Named(*(_first_sentence(text) for text in (said.ky, said.ru, said.en)))

    @property
    def terms(self) -> Terms:
        """The terms that the days of the steps are counted by."""
        return Terms(*(self.rules[key].number for key in (*TIMED, *COUNTED)))


def _first_sentence(words: str) -> str:
    """Return the first sentence without its stop; a shortened word ends none.

    >>> _first_sentence("Комитету (ст. 5, г. Бишкек). Решение записывает секретариат.")
    'Комитету (ст. 5, г. Бишкек)'
    """
    return _SENTENCE_END.split(words, maxsplit=1)[0].rstrip(".")


def check_procedure(procedure: Procedure) -> None:
    """Raise unless every rule is there, said in ky and ru or within its bounds, and has a source."""
    for key in (*WORDED, *TIMED, *COUNTED):
        if key not in procedure.rules:
            raise RuleMissing(rule=Sentence(f"coordination.rule.{key}"))
        _check_rule(key, procedure.rules[key])


def changed_rules(before: Procedure, after: Procedure) -> tuple[str, ...]:
    """Return the keys of the rules in which two versions differ, in the order in which they are printed."""
    every = (*WORDED, *TIMED, *COUNTED)
    return tuple(key for key in every if before.rules.get(key) != after.rules.get(key))


def in_force(versions: Mapping[int, Procedure], on: date) -> Procedure | None:
    """Return the version that holds on a day: the latest begun by then; None before the first."""
    begun = [each for each in versions.values() if each.since <= on]
    return max(begun, key=lambda each: (each.since, each.version), default=None)


def judging(versions: Mapping[int, Procedure], on: date) -> Procedure | None:
    """Return the version that a screening of a day goes by: the one in force then.

    A screening of a day before any version began goes by the first one; None where there is no version.
    """
    first = min((each.since for each in versions.values()), default=on)
    return in_force(versions, max(on, first))


def _check_rule(key: str, rule: Rule) -> None:
    named = Sentence(f"coordination.rule.{key}")
    if not (rule.source.ky.strip() and rule.source.ru.strip()):
        raise RuleSourceMissing(rule=named)
    if rule.by_act and rule.proposed:
        raise RuleBothWays(rule=named)
    if key in WORDED:
        if not (rule.text.ky.strip() and rule.text.ru.strip()):
            raise RuleUnsaid(rule=named)
        check_length(LONGEST_TEXT, rule.text.ky, rule.text.ru, rule.text.en)
        return
    most = MOST_ROUNDS if key in COUNTED else LONGEST_TERM
    if not 1 <= rule.number <= most:
        raise TermUnfit(rule=named, most=most)
