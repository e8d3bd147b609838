"""What an association's part in a question is, by the record and as entered, and what keeps it open."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.i18n.languages import NO_NAME, Named, Sentence, Words
from budgetproto.proceedings.domain import AgendaItem, Attendee, Group, Opinion, Speech
from budgetproto.proceedings.participation.domain import (
    AbsenceUnexplained,
    Answer,
    Basis,
    Entered,
    Invitation,
    InvitationTerm,
    Part,
    ParticipationOpen,
    Question,
    check_issue,
    part_of,
)
from budgetproto.sittings.workdays import SpecialDay, working_days

UNION = Named("Союз", "Союз МСУ")
OTHER = Named("Шаарлар", "Города")
WORDS = Words(Named("Сөз"))
GAVE = Opinion("opinion", UNION, "somebody", None, WORDS, datetime(2026, 11, 2, tzinfo=UTC))
SPOKEN = AgendaItem(1, Named("Маселе"), (Speech(False, "Asanov", NO_NAME, WORDS),))
SILENT = AgendaItem(1, Named("Маселе"))
answers = st.fixed_dictionaries({each: st.sampled_from(Answer) for each in Question})


def person(*, present: bool, body: Named = UNION, group: Group = Group.LSG) -> Attendee:
    return Attendee(group, "Asanov", NO_NAME, body, NO_NAME, present, NO_NAME)


def part(
    *people: Attendee,
    item: AgendaItem = SILENT,
    opinions: tuple[Opinion, ...] = (),
    entered: dict[Question, Entered] | None = None,
) -> dict[Question, Answer]:
    found = part_of(UNION, item, invited=Answer.YES, people=people, opinions=opinions, entered=entered or {})
    return dict(found.answers)


def test_the_record_tells_who_came_spoke_and_gave_an_opinion() -> None:
    found = part(person(present=True), item=SPOKEN, opinions=(GAVE,))
    assert found == dict.fromkeys(Question, Answer.YES)


@pytest.mark.parametrize(
    "who", [person(present=True, body=OTHER), person(present=True, group=Group.GOVERNMENT)]
)
def test_nobody_stands_for_an_association_who_is_not_of_it(who: Attendee) -> None:
    found = part(who, item=SPOKEN)
    assert {found[Question.CAME], found[Question.SPOKE]} == {Answer.UNKNOWN}


def test_who_stayed_away_did_not_speak_but_may_have_sent_an_opinion() -> None:
    found = part(person(present=False), item=SPOKEN, opinions=(GAVE,))
    assert [found[each] for each in Question] == [Answer.YES, Answer.NO, Answer.NO, Answer.YES]


def test_nothing_entered_overrules_the_record() -> None:
    entered = {each: Entered(Answer.NO, "Said so") for each in Question}
    assert part(person(present=True), item=SPOKEN, opinions=(GAVE,), entered=entered) == part(
        person(present=True), item=SPOKEN, opinions=(GAVE,)
    )


def test_a_dissent_is_no_opinion_of_an_association() -> None:
    dissent = Opinion("dissent", UNION, "somebody", None, WORDS, GAVE.at)
    assert part(opinions=(dissent,))[Question.OPINION] is Answer.UNKNOWN


def test_a_no_is_entered_with_what_is_known_of_it() -> None:
    with pytest.raises(AbsenceUnexplained):
        Entered(Answer.NO, " ")
    assert part(entered={Question.OPINION: Entered(Answer.NO, "Gave none")})[Question.OPINION] is Answer.NO


@given(answers)
def test_open_is_what_is_unknown_and_an_invitation_not_in_time(known: dict[Question, Answer]) -> None:
    unknown = {each for each in Question if known[each] is Answer.UNKNOWN}
    late = {Question.INVITED} if known[Question.INVITED] is Answer.NO else set()
    assert set(Part(UNION, 1, known).open) == unknown | late


@given(st.lists(answers, max_size=4), st.sampled_from(["", " ", "The chair's reason"]))
def test_the_protocol_waits_for_every_part_or_for_the_reason(
    every: list[dict[Question, Answer]], why: str
) -> None:
    parts = [Part(UNION, number, known) for number, known in enumerate(every, start=1)]
    if why.strip() or not any(each.open for each in parts):
        check_issue(parts, why)
        return
    with pytest.raises(ParticipationOpen):
        check_issue(parts, why)


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    st.integers(0, 15),
)
def test_an_invitation_is_in_time_when_the_whole_term_lies_before_the_sitting(
    on: date, sitting: date, days: int
) -> None:
    found = InvitationTerm(sitting, days, {}).in_time(Invitation(on, "Receipt 1"))
    assert (found is Answer.YES) == (on <= sitting and working_days(on, sitting, {}) >= days)


@pytest.mark.parametrize(
    ("on", "sitting", "free", "found"),
    [
        (date(2026, 11, 27), date(2026, 12, 2), None, Answer.YES),
        (date(2026, 11, 28), date(2026, 12, 2), None, Answer.YES),
        (date(2026, 11, 30), date(2026, 12, 2), None, Answer.NO),
        (date(2026, 11, 27), date(2026, 12, 2), date(2026, 12, 1), Answer.NO),
        (date(2026, 12, 30), date(2027, 1, 4), date(2027, 1, 1), Answer.NO),
    ],
)
def test_weekends_holidays_and_the_year_end_do_not_count(
    on: date, sitting: date, free: date | None, found: Answer
) -> None:
    calendar = {free: SpecialDay(free, False, NO_NAME, "Law")} if free else {}
    assert InvitationTerm(sitting, 3, calendar).in_time(Invitation(on, "Receipt 1")) is found


@pytest.mark.parametrize("invitation", [None, Invitation(date(2026, 1, 5), " ")])
def test_an_invitation_without_proof_is_not_known_to_have_come(invitation: Invitation | None) -> None:
    assert InvitationTerm(date(2026, 12, 2), 3, {}).in_time(invitation) is Answer.UNKNOWN


@pytest.mark.parametrize("question", Question)
def test_an_obligation_names_its_article_or_the_amendment_that_is_missing(question: Question) -> None:
    article = Named("7-берене", "Статья 7")
    assert Basis(question, 3, article).stated == article
    amendment = Basis(question, 3).stated
    assert isinstance(amendment, Sentence)
    assert amendment.key.endswith(question.value)
