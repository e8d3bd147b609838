"""PURE: the duties of a draft with who owes each, and the rule that its last day is counted by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from budgetproto.coordination.clock import Due, Duty, duties
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.procedure_values import Procedure, Rule
from budgetproto.coordination.undone import OF_BODY, OF_INITIATOR
from budgetproto.i18n.languages import NO_NAME, Named

#: The rule that sets the term of each duty; that of an opinion on what was heard before is one of its own.
_RULES: Final[Mapping[Due, str]] = {
    Due.NOTICE: "notice_days",
    Due.OPINION: "opinion_days",
    Due.ANSWER: "answer_days",
    Due.STAND: "stand_days",
    Due.MEETING: "meeting_days",
    Due.APPEAL: "appeal_days",
    Due.RULING: "ruling_days",
}


@dataclass(frozen=True)
class Term:
    """A duty with who owes it, and the rule that its last day is counted by."""

    duty: Duty
    by: Named
    rule: Rule
    round: int


def rule_of(what: Due, *, again: bool) -> str:
    """Return the key of the rule that sets the term of a duty; `again` in a round on what was heard before.

    >>> rule_of(Due.OPINION, again=False), rule_of(Due.OPINION, again=True), rule_of(Due.NOTICE, again=True)
    ('opinion_days', 'second_opinion_days', 'notice_days')
    """
    return "second_opinion_days" if what is Due.OPINION and again else _RULES[what]


def terms_of(
    running: Deadlines, procedure: Procedure, initiator: Named, names: Mapping[str, Named], day: date
) -> Iterator[Term]:
    """Yield every duty of a draft as it stands on a day; `names` has the associations by id."""
    for duty in duties(running, day):
        by_body = duty.what in OF_BODY or duty.what is Due.APPEAL
        by = initiator if duty.what in OF_INITIATOR else names.get(duty.body, NO_NAME) if by_body else NO_NAME
        rule = rule_of(duty.what, again=running.course.heard_before(duty.round))
        yield Term(duty, by, procedure.rules[rule], duty.round)
