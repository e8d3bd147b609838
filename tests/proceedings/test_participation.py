"""What an association's part in a question is, by the record and as entered, and what keeps it open."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.accounts.domain import Party
from budgetproto.i18n.languages import NO_NAME, Named, Sentence, Words
from budgetproto.proceedings.domain import AgendaItem, Attendee, Group, Opinion, Speech
from budgetproto.proceedings.participation.domain import (
    Answer,
    Basis,
    Entered,
    InvitationTerm,
    Known,
    Part,
    Question,
    Unexplained,
    Waiver,
    not_covered,
    part_of,
)
from budgetproto.sittings.workdays import SpecialDay, working_days

UNION = Party("u", "union", "lsg", Named("Союз", "Союз МСУ"))
OTHER = Party("o", "other", "lsg", Named("Союз", "Союз МСУ"))
WORDS = Words(Named("Сөз"))
AT = datetime(2026, 11, 2, tzinfo=UTC)
GAVE = Opinion("opinion", UNION.name, "somebody", None, WORDS, AT, UNION.id)
SPOKEN = AgendaItem(1, Named("Маселе"), (Speech(False, "Asanov", NO_NAME, WORDS),))
SILENT = AgendaItem(1, Named("Маселе"))
DAY = date(2026, 12, 2)
IN_TIME = Entered(Answer.YES, "Receipt 1", date(2026, 11, 2))
answers = st.fixed_dictionaries({each: st.sampled_from(Answer).map(Known) for each in Question})


def person(*, present: bool, party: str = "u", name: str = "Asanov") -> Attendee:
    return Attendee(Group.LSG, name, NO_NAME, UNION.name, NO_NAME, present, NO_NAME, party)


def part(
    *people: Attendee,
    item: AgendaItem = SILENT,
    opinions: tuple[Opinion, ...] = (),
    entered: dict[Question, Entered] | None = None,
) -> dict[Question, Answer]:
    term = InvitationTerm(DAY, 3, {})
    given_ = {Question.INVITED: IN_TIME} | (entered or {})
    found = part_of(UNION, item, term=term, people=people, opinions=opinions, entered=given_)
    return {question: known.answer for question, known in found.known.items()}


def test_the_record_tells_who_came_spoke_and_gave_an_opinion() -> None:
    found = part(person(present=True), item=SPOKEN, opinions=(GAVE,))
    assert found == dict.fromkeys(Question, Answer.YES)


@pytest.mark.parametrize("party", ["o", ""])
def test_a_body_of_the_same_name_stands_for_no_association_but_its_own(party: str) -> None:
    opinion = Opinion("opinion", OTHER.name, "somebody", None, WORDS, AT, party)
    found = part(person(present=True, party=party), item=SPOKEN, opinions=(opinion,))
    assert {found[each] for each in Question} == {Answer.YES, Answer.UNKNOWN}
    assert found[Question.INVITED] is Answer.YES


def test_who_is_listed_twice_under_one_name_spoke_for_nobody_by_his_name() -> None:
    people = (person(present=True), person(present=True, party="o"))
    assert part(*people, item=SPOKEN)[Question.SPOKE] is Answer.UNKNOWN
    said = Speech(False, "Asanov", NO_NAME, WORDS, UNION.id)
    assert part(*people, item=AgendaItem(1, Named("Маселе"), (said,)))[Question.SPOKE] is Answer.YES


def test_a_speech_of_another_party_is_not_ours_though_the_name_is() -> None:
    said = Speech(False, "Asanov", NO_NAME, WORDS, OTHER.id)
    found = part(person(present=True), item=AgendaItem(1, Named("Маселе"), (said,)))
    assert found[Question.SPOKE] is Answer.UNKNOWN


def test_who_stayed_away_did_not_speak_but_may_have_sent_an_opinion() -> None:
    found = part(person(present=False), item=SPOKEN, opinions=(GAVE,))
    assert [found[each] for each in Question] == [Answer.YES, Answer.NO, Answer.NO, Answer.YES]


def test_nothing_entered_overrules_the_record() -> None:
    entered = {each: Entered(Answer.NO, "Said so") for each in list(Question)[1:]}
    assert part(person(present=True), item=SPOKEN, opinions=(GAVE,), entered=entered) == part(
        person(present=True), item=SPOKEN, opinions=(GAVE,)
    )


def test_a_dissent_is_no_opinion_of_an_association() -> None:
    dissent = Opinion("dissent", UNION.name, "somebody", None, WORDS, AT, UNION.id)
    assert part(opinions=(dissent,))[Question.OPINION] is Answer.UNKNOWN


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_an_answer_is_entered_with_how_it_is_known(answer: Answer) -> None:
    with pytest.raises(Unexplained):
        Entered(answer, " ")
    assert part(entered={Question.OPINION: Entered(answer, "Minute 4")})[Question.OPINION] is answer


@given(answers)
def test_open_is_what_is_unknown_and_an_invitation_not_in_time(known: dict[Question, Known]) -> None:
    unknown = {each for each in Question if known[each].answer is Answer.UNKNOWN}
    late = {Question.INVITED} if known[Question.INVITED].answer is Answer.NO else set()
    assert set(Part(UNION, 1, known).open) == unknown | late


@given(st.lists(answers, max_size=4), st.integers(0, 4))
def test_the_protocol_waits_for_every_part_that_no_reason_covers(
    every: list[dict[Question, Known]], covered: int
) -> None:
    parts = [Part(UNION, number, known) for number, known in enumerate(every, start=1)]
    places = frozenset(place for each in parts[:covered] for place in each.open_places)
    waiver = Waiver("chair", AT, WORDS, places)
    assert not_covered(parts, waiver) == [each for each in parts[covered:] if each.open]
    assert not_covered(parts, None) == [each for each in parts if each.open]


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    st.integers(0, 15),
)
def test_an_invitation_is_in_time_when_the_whole_term_lies_before_the_sitting(
    on: date, sitting: date, days: int
) -> None:
    found = InvitationTerm(sitting, days, {}).in_time(Entered(Answer.YES, "Receipt 1", on))
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
    assert InvitationTerm(sitting, 3, calendar).in_time(Entered(Answer.YES, "Receipt 1", on)) is found


@pytest.mark.parametrize(
    ("day", "invited", "found"),
    [
        (DAY, None, Answer.UNKNOWN),
        (DAY, Entered(Answer.YES, "Receipt 1"), Answer.UNKNOWN),
        (None, IN_TIME, Answer.UNKNOWN),
        (DAY, Entered(Answer.NO, "Nobody wrote to it"), Answer.NO),
    ],
)
def test_without_a_day_it_is_unknown_and_who_was_not_invited_was_not(
    day: date | None, invited: Entered | None, found: Answer
) -> None:
    assert InvitationTerm(day, 3, {}).in_time(invited) is found


@pytest.mark.parametrize("question", Question)
def test_an_obligation_names_its_article_or_the_amendment_that_is_missing(question: Question) -> None:
    article = Named("7-берене", "Статья 7")
    assert Basis(question, 3, article).stated == article
    without = Basis(question, 3)
    assert not without.known
    assert without.draft.key.endswith(question.value)
    assert without.stated == Sentence("proceedings.participation.no_article", (("draft", without.draft),))
