"""What a draft must have, what an empty note says, when the three questions make coordination mandatory."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from budgetproto.coordination.domain import (
    LONGEST_TITLE,
    MOST_RELATED,
    Amended,
    AmendedUnnumbered,
    Answer,
    Draft,
    GroundNote,
    InitiatorMissing,
    Level,
    NoteFromTheFuture,
    NoteUndated,
    QuestionOpen,
    Related,
    RelatedTwice,
    Screening,
    ScreeningReasonMissing,
    TextTooLong,
    TitleMissing,
    TooManyRelated,
    Touch,
    check_draft,
    check_note,
    check_screening,
)
from budgetproto.errors import Refused
from budgetproto.i18n import Named

DAY = date(2026, 11, 2)
DRAFT = Draft(Named("Бюджеттик резолюциянын долбоору"), Level.MINISTRY, Named("Финансы министрлиги"))


def test_a_draft_with_a_title_and_an_initiator_can_be_entered() -> None:
    check_draft(DRAFT)


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (replace(DRAFT, title=Named(en="Only English")), TitleMissing),
        (replace(DRAFT, initiator=Named(" ")), InitiatorMissing),
        (replace(DRAFT, title=Named("т" * (LONGEST_TITLE + 1))), TextTooLong),
        (replace(DRAFT, related=(Related(Named()),)), TitleMissing),
        (replace(DRAFT, related=(Related(Named("Токтом")), Related(Named("токтом")))), RelatedTwice),
        (
            replace(DRAFT, related=tuple(Related(Named(str(n))) for n in range(MOST_RELATED + 1))),
            TooManyRelated,
        ),
    ],
)
def test_a_draft_that_says_too_little_or_too_much_is_refused(draft: Draft, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        check_draft(draft)


def test_the_companions_that_were_not_handed_in_are_missing() -> None:
    related = (Related(Named("Тартип"), present=True), Related(Named("Тиркеме")))
    assert replace(DRAFT, related=related).missing == (related[1],)


def test_an_empty_note_was_not_studied_and_can_be_kept() -> None:
    check_note(GroundNote(), on=DAY)
    assert not GroundNote().studied
    assert GroundNote(territories=("41702000000000",)).studied


def test_data_of_a_note_are_of_a_day_that_has_come() -> None:
    with pytest.raises(NoteUndated):
        check_note(GroundNote(data="12 айыл аймагы"), on=DAY)
    with pytest.raises(NoteFromTheFuture):
        check_note(GroundNote(data="12 айыл аймагы", data_of=date(2026, 11, 3)), on=DAY)
    check_note(GroundNote(data="12 айыл аймагы", data_of=DAY), on=DAY)


@pytest.mark.parametrize("answers", list(product((True, False), repeat=3)))
def test_one_yes_makes_coordination_mandatory_and_gives_its_reason(answers: tuple[bool, ...]) -> None:
    given = {touch: Answer(yes, f"because {touch}") for touch, yes in zip(Touch, answers, strict=True)}
    found = Screening(given)
    check_screening(found)
    assert found.mandatory is any(answers)
    told = [touch for touch, answer in given.items() if answer.yes] or list(Touch)
    assert found.reasons == tuple((touch, f"because {touch}") for touch in told)


def test_each_question_is_answered_with_a_reason() -> None:
    with pytest.raises(QuestionOpen):
        check_screening(Screening({Touch.FINANCE: Answer(True, "yes")}))
    with pytest.raises(ScreeningReasonMissing):
        check_screening(Screening(dict.fromkeys(Touch, Answer(False, " "))))


@pytest.mark.parametrize(
    ("amends", "refusal"),
    [
        ((Amended(date(2011, 7, 15), "№"),), AmendedUnnumbered),
        ((Amended(date(2011, 7, 15), "№ 101"), Amended(date(2011, 7, 15), "101")), RelatedTwice),
    ],
)
def test_an_act_that_a_draft_changes_has_a_number_and_is_named_once(
    amends: tuple[Amended, ...], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        check_draft(replace(DRAFT, amends=amends))
