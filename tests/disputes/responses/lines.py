"""Parties, questions and answers as plain values, for tests of rules that need no database."""

from datetime import UTC, datetime
from typing import Final

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Line
from budgetproto.disputes.responses.domain import Answer, Kind, Response
from budgetproto.disputes.responses.rounds import Question
from budgetproto.i18n import Named
from tests.stated import line_text

MINISTRY: Final = Party("m" * 26, "ministry", "government", Named("Каржы министрлиги"))
UNION: Final = Party("u" * 26, "union", "lsg", Named("ЖӨБ союзу"))
MAYORS: Final = Party("c" * 26, "cities", "lsg", Named("Шаарлар ассоциациясы"))
PARTIES: Final = (MINISTRY, UNION, MAYORS)


def make_question(
    number: int, *, lead_government: str | None = None, lead_lsg: str | None = None
) -> Question:
    """Make a question, led by these parties, on which nobody stated anything."""
    text = line_text(lead_government=lead_government, lead_lsg=lead_lsg)
    return Question(Line(f"line-{number}", "sitting", number, text, None, None, 1), frozenset())


def answered(party: Party, kind: Kind, *, line: int = 1, number: int = 1, option: int = 1) -> Answer:
    """Make an answer of a party."""
    at = datetime(2020, 5, 14, 9, number, tzinfo=UTC)
    return Answer(f"line-{line}", party.id, number, option, Response(kind), "person", at)
