"""Which answers can be taken, what a condition comes to, and what the answers of both sides come to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import (
    Figure,
    FigureMissing,
    FigureOfAnotherKind,
    FigureTooLarge,
    Measure,
)
from budgetproto.disputes.responses import document
from budgetproto.disputes.responses.domain import (
    MOST_CONDITIONS,
    Answer,
    Asked,
    ConditionMissing,
    ConditionOnItself,
    ConditionState,
    ConditionWithoutFigure,
    ConfirmerMissing,
    CounterIsOption,
    CounterUnconfirmed,
    DayMissing,
    DayPassed,
    Kind,
    OptionSaysNothing,
    PartOfAnotherAnswer,
    ReasonMissing,
    Reply,
    Response,
    Settled,
    Standing,
    TooManyConditions,
    check_response,
    condition_state,
    counting,
    of_reply,
    standing,
)
from budgetproto.disputes.responses.rounds import Answered, Question, answers_in_round, changes
from budgetproto.errors import Refused
from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.money.som import LARGEST_TYIYN
from tests.disputes.responses.lines import MAYORS, MINISTRY, PARTIES, UNION, answered, make_question

TODAY = date(2020, 5, 14)
REASON = Words(Named("Каражат жетпейт"))
FIGURES: dict[int, Figure] = {1: Som(600), 2: Som(0), 3: None, 4: Som(50)}
ASKED = Asked(1, Measure.AMOUNT, Som(500), FIGURES)

soms = st.integers(-10_000, 10_000).map(Som)
settlements = st.builds(Settled, st.booleans(), st.one_of(st.none(), soms))
replies = st.one_of(
    st.none(),
    st.builds(Reply, st.sampled_from([each for each in Kind if each is not Kind.CONDITION])),
    st.builds(Reply, st.just(Kind.CONDITION), st.sampled_from(ConditionState)),
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
words = st.builds(Words, st.builds(Named, texts, texts), st.sampled_from(["ky", "ru"]))
responses = st.builds(
    Response,
    kind=st.sampled_from(Kind),
    reason=st.one_of(st.none(), words),
    figure=st.one_of(st.none(), soms, st.integers(-10_000, 10_000), words),
    confirmer=texts,
    until=st.one_of(st.none(), st.dates()),
    lines=st.lists(st.integers(1, 500), unique=True).map(tuple),
)


def check(response: Response, asked: Asked = ASKED, **how: bool) -> None:
    check_response(response, asked, on=TODAY, **how)


def refused(response: Response) -> Refused | None:
    try:
        check(response)
    except Refused as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    "response",
    [
        Response(Kind.ACCEPT),
        Response(Kind.ACCEPT, REASON),
        Response(Kind.SUBJECT, confirmer="Башкармалык", until=TODAY),
        Response(Kind.CONDITION, lines=(2, 4)),
        Response(Kind.COUNTER, REASON, Som(700)),
        Response(Kind.REJECT, REASON),
    ],
    ids=lambda response: response.kind.value,
)
def test_each_kind_of_answer_can_be_given(response: Response) -> None:
    check(response)


@pytest.mark.parametrize(
    ("response", "refusal"),
    [
        (Response(Kind.COUNTER, None, Som(700)), ReasonMissing),
        (Response(Kind.REJECT), ReasonMissing),
        (Response(Kind.SUBJECT, until=TODAY), ConfirmerMissing),
        (Response(Kind.SUBJECT, confirmer="  ", until=TODAY), ConfirmerMissing),
        (Response(Kind.SUBJECT, confirmer="Башкармалык"), DayMissing),
        (Response(Kind.SUBJECT, confirmer="Башкармалык", until=date(2020, 5, 13)), DayPassed),
        (Response(Kind.CONDITION), ConditionMissing),
        (Response(Kind.CONDITION, lines=(1, 2)), ConditionOnItself),
        (Response(Kind.CONDITION, lines=(2, 3)), ConditionWithoutFigure),
        (Response(Kind.CONDITION, lines=(77,)), ConditionWithoutFigure),
        (Response(Kind.CONDITION, lines=tuple(range(2, 3 + MOST_CONDITIONS))), TooManyConditions),
        (Response(Kind.COUNTER, REASON), FigureMissing),
        (Response(Kind.COUNTER, REASON, 700), FigureOfAnotherKind),
        (Response(Kind.COUNTER, REASON, Som(600)), CounterIsOption),
        (Response(Kind.COUNTER, REASON, Som(LARGEST_TYIYN + 1)), FigureTooLarge),
        (Response(Kind.COUNTER, REASON, Som(5_000)), CounterUnconfirmed),
    ],
)
def test_what_cannot_be_answered_is_refused(response: Response, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        check(response)


def test_a_counter_proposal_far_from_the_own_base_is_taken_once_it_is_confirmed() -> None:
    check(Response(Kind.COUNTER, REASON, Som(5_000)), confirmed=True)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("part", "owner"),
    [
        (lambda response: replace(response, figure=Som(7)), Kind.COUNTER),
        (lambda response: replace(response, confirmer="Башкармалык"), Kind.SUBJECT),
        (lambda response: replace(response, until=TODAY), Kind.SUBJECT),
        (lambda response: replace(response, lines=(2,)), Kind.CONDITION),
    ],
    ids=["figure", "confirmer", "until", "lines"],
)
def test_a_part_of_another_answer_is_never_lost_without_a_word(
    kind: Kind, part: Callable[[Response], Response], owner: Kind
) -> None:
    response = part(Response(kind, REASON))
    assert isinstance(refused(response), PartOfAnotherAnswer) is (kind is not owner)


def test_a_question_the_option_says_nothing_of_cannot_be_answered() -> None:
    with pytest.raises(OptionSaysNothing) as refusal:
        check(Response(Kind.ACCEPT), replace(ASKED, number=9))
    assert refusal.value.details == {"number": 9}


def test_a_question_without_a_figure_of_which_the_option_speaks_can_be_answered() -> None:
    for response in (Response(Kind.ACCEPT), Response(Kind.COUNTER, REASON, Som(7))):
        check(response, replace(ASKED, number=3, base=None))


@given(responses)
def test_a_response_comes_back_word_for_word(response: Response) -> None:
    assert document.read(document.written(response)) == response


@given(responses, responses)
def test_two_responses_are_written_the_same_only_if_they_are(one: Response, other: Response) -> None:
    assert (document.written(one) == document.written(other)) == (one == other)


@given(st.dictionaries(st.integers(1, 6), settlements), st.dictionaries(st.integers(1, 6), soms))
def test_a_condition_holds_only_if_every_question_settled_at_the_option(
    settled: dict[int, Settled], figures: dict[int, Som]
) -> None:
    response = Response(Kind.CONDITION, lines=(2, 4, 5))
    state = condition_state(response, figures, settled)
    at_option = [
        number in settled
        and settled[number].agreed
        and number in figures
        and settled[number].figure == figures[number]
        for number in response.lines
    ]
    otherwise = [
        number in settled and not good for number, good in zip(response.lines, at_option, strict=True)
    ]
    assert (state is ConditionState.HOLDS) == all(at_option)
    assert (state is ConditionState.FAILS) == any(otherwise)


@given(st.dictionaries(st.integers(1, 4), settlements), settlements)
def test_a_condition_that_failed_never_holds_again_by_another_decision(
    settled: dict[int, Settled], more: Settled
) -> None:
    response, figures = Response(Kind.CONDITION, lines=(1, 2)), {1: Som(1), 2: Som(2)}
    before = condition_state(response, figures, settled)
    after = condition_state(response, figures, {5: more} | settled | {6: more})
    assert before is after


def test_only_a_conditional_answer_has_a_condition() -> None:
    assert {condition_state(Response(kind), {}, {}) for kind in Kind if kind is not Kind.CONDITION} == {None}


@given(st.lists(replies, min_size=1, max_size=6))
def test_the_answers_come_to_an_agreement_only_if_every_one_accepts_without_reserve(
    said: list[Reply | None],
) -> None:
    plain = [
        each is not None
        and (
            each.kind is Kind.ACCEPT or (each.kind, each.condition) == (Kind.CONDITION, ConditionState.HOLDS)
        )
        for each in said
    ]
    assert (standing(said) is Standing.ACCEPTED) == all(plain)


@given(st.lists(replies, min_size=1, max_size=6), replies)
def test_one_answer_more_never_makes_the_standing_lighter(
    said: list[Reply | None], more: Reply | None
) -> None:
    order = list(Standing)
    assert order.index(standing([*said, more])) >= order.index(standing(said))
    assert standing([*said, more]) == standing([more, *said])


@given(replies)
def test_the_standing_of_one_answer_is_its_own(reply: Reply | None) -> None:
    assert standing([reply]) is of_reply(reply)


def test_nobody_s_answers_are_no_answer() -> None:
    assert standing([]) is Standing.NOT_ANSWERED


def test_of_a_side_with_a_lead_the_lead_alone_counts() -> None:
    question = make_question(1, lead_government=MINISTRY.id, lead_lsg=UNION.id)
    assert counting(question.line.text, PARTIES, {MAYORS.id}) == {MINISTRY.id, UNION.id}


def test_without_a_lead_those_count_who_stated_a_position_else_the_whole_side() -> None:
    question = make_question(1, lead_government=MINISTRY.id)
    assert counting(question.line.text, PARTIES, {MAYORS.id}) == {MINISTRY.id, MAYORS.id}
    assert counting(question.line.text, PARTIES, set()) == {MINISTRY.id, UNION.id, MAYORS.id}


def test_an_answer_to_an_earlier_version_stays_visible_and_counts_no_more() -> None:
    question = make_question(1, lead_government=MINISTRY.id, lead_lsg=UNION.id)
    every = [answered(MINISTRY, Kind.ACCEPT, option=1), answered(UNION, Kind.ACCEPT, option=2)]
    found = in_round([question], every, option=2)[1]
    said = {each.party.id: each for each in found.answers}
    assert said[MINISTRY.id].answer is None
    assert said[MINISTRY.id].earlier == every[0]
    assert said[UNION.id].answer == every[1]
    assert found.standing is Standing.NOT_ANSWERED
    assert in_round([question], every, option=1)[1].standing is Standing.NOT_ANSWERED


def test_the_last_answer_to_a_version_is_the_one_that_counts() -> None:
    question = make_question(1, lead_government=MINISTRY.id, lead_lsg=UNION.id)
    every = [
        answered(MINISTRY, Kind.REJECT),
        answered(MINISTRY, Kind.ACCEPT, number=2),
        answered(UNION, Kind.ACCEPT),
    ]
    assert in_round([question], every)[1].standing is Standing.ACCEPTED


def test_two_rounds_are_compared_figure_by_figure() -> None:
    question = make_question(1, lead_government=MINISTRY.id, lead_lsg=UNION.id)
    every = [answered(MINISTRY, Kind.ACCEPT), answered(UNION, Kind.COUNTER, option=1)]
    before = in_round([question], every, option=1, figures={1: Som(100)})
    after = in_round([question], every, option=2, figures={1: Som(70)})
    (change,) = changes(before, after, [question.line])
    assert change.moved is not None
    assert change.moved.signed == Som(-30)
    assert change.answers_moved
    (same,) = changes(before, before, [question.line])
    assert same.moved is not None
    assert (same.moved.signed, same.answers_moved) == (Som(0), False)
    (gone,) = changes(before, {}, [question.line])
    assert (gone.moved, gone.after) == (None, None)


def test_a_question_without_a_word_of_the_option_is_in_no_round() -> None:
    assert in_round([make_question(2)], [], figures={1: Som(1)}) == {}


def in_round(
    questions: list[Question],
    every: list[Answer],
    *,
    option: int = 1,
    figures: dict[int, Figure] | None = None,
    parties: tuple[Party, ...] = PARTIES,
) -> dict[int, Answered]:
    return answers_in_round(
        questions, parties, every, option=option, figures=figures or {1: Som(100)}, settled={}
    )
