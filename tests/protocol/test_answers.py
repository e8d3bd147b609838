"""Answers to the option on paper: printed in three languages, also that there is none, and compared."""

from dataclasses import replace
from datetime import date

import pytest

from budgetproto.database import Database
from budgetproto.disputes.responses import settling
from budgetproto.disputes.responses.domain import Kind, Response
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.money import Som
from budgetproto.protocol.answers import ANSWER_KINDS, Answer, AnswerKind, come_to
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.delivery.public import for_the_public
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing import written as written_module
from budgetproto.protocol.drawing.answers import answer_word
from budgetproto.protocol.drawing.equality import compared
from budgetproto.protocol.drawing.foot import begun
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.gathering import gather
from budgetproto.protocol.snapshot import Snapshot
from budgetproto.sittings.storage import sitting_row
from tests.disputes.responses.answering import (
    REASON,
    accept,
    decide,
    figure_of,
    in_session,
    publish_again,
    respond,
)
from tests.factories import Scene, file_all, make_scene, open_all
from tests.protocol.reading import plain_text
from tests.protocol.samples import MINISTRY, UNION, make_line, make_snapshot, million, words
from tests.sessions import seat_members

COUNTER = Answer(UNION, "counter", figure=million(77), reason=words("7 айыл", "7 сёл", "7 villages"))
SUBJECT = Answer(MINISTRY, "subject", confirmer="Кабинет", until=date(2020, 6, 1))


def sitting_with(*answers: Answer) -> Snapshot:
    return make_snapshot(make_line(1, million(1), million(2), answers=answers), make_line(2, million(1)))


def printed(snapshot: Snapshot, language: Language) -> str:
    return " ".join(plain_text(draw(compose(snapshot), language)).replace("\u00a0", " ").split())


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_party_s_answer_is_printed_with_all_that_belongs_to_it(language: Language) -> None:
    found = printed(sitting_with(SUBJECT, COUNTER), language)
    for key in ("answers.subject", "answers.counter", "answers.title"):
        assert text(f"protocol.{key}", language, version=1) in found
    assert text("responses.standing.countered", language) in found
    assert {"ky": "7 айыл", "ru": "7 сёл", "en": "7 villages"}[language] in found
    assert "Кабинет" in found


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nobody_answered_is_printed_plainly(language: Language) -> None:
    silent = sitting_with(Answer(MINISTRY, "none"), Answer(UNION, "none"))
    assert text("responses.standing.not_answered", language) in printed(silent, language)
    one = sitting_with(Answer(MINISTRY, "accept"), Answer(UNION, "none"))
    assert text("protocol.answers.none", language) in printed(one, language)


@pytest.mark.poppler
def test_a_snapshot_from_before_there_were_answers_says_nothing_of_them() -> None:
    old = make_snapshot(make_line(1, million(1), million(2)))
    assert "answers" not in str(snapshot_document(old))
    for language in LANGUAGES:
        assert text("responses.standing.not_answered", language) not in printed(old, language)
    assert compose(old).lines[0].answered == ""


def test_a_snapshot_with_answers_is_read_back_and_has_another_fingerprint() -> None:
    snapshot = sitting_with(SUBJECT, COUNTER)
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    assert fingerprint(compose(snapshot)) != fingerprint(compose(sitting_with()))


def test_the_texts_say_the_same_of_every_answer() -> None:
    kinds: list[Answer] = [Answer(MINISTRY, kind) for kind in ANSWER_KINDS]
    for answer in (*kinds, SUBJECT, COUNTER, Answer(UNION, "condition", lines=(2,), condition="open")):
        assert compared(begun(compose(sitting_with(answer)), "ky", "")).differing == ()


def test_an_answer_told_otherwise_in_one_language_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = answer_word

    def wrong(writer: Writer, answer: Answer) -> str:
        return right(writer, replace(answer, kind="reject") if writer.language == "ru" else answer)

    monkeypatch.setattr(written_module, "answer_word", wrong)
    found = compared(begun(compose(sitting_with(Answer(UNION, "accept"))), "ky", "")).differing
    assert {(each.part, each.number) for each in found} == {("lines.title", "1")}


def test_a_figure_of_a_reason_that_differs_in_one_language_is_found() -> None:
    wrong = replace(COUNTER, reason=words("7 айыл", "8 сёл", "7 villages"))
    found = compared(begun(compose(sitting_with(wrong)), "ky", "")).differing
    assert {(each.part, each.number) for each in found} == {("lines.title", "1")}


def test_what_the_answers_come_to_goes_by_those_that_count() -> None:
    said: list[tuple[list[tuple[AnswerKind, bool]], str]] = [
        ([("accept", True), ("accept", True), ("reject", False)], "accepted"),
        ([("accept", True), ("subject", True)], "reserved"),
        ([("accept", True), ("none", True)], "not_answered"),
        ([("none", True), ("reject", True)], "rejected"),
    ]
    for answers, standing in said:
        assert come_to(Answer(f"p{place}", *each) for place, each in enumerate(answers)) == standing


def test_the_published_version_names_nobody_who_confirms() -> None:
    public = for_the_public(sitting_with(SUBJECT), "all")
    assert public.lines[0].answers == (replace(SUBJECT, confirmer=""),)
    assert for_the_public(sitting_with(SUBJECT), "totals").lines[0].answers == ()


def gathered(scene: Scene) -> Snapshot:
    with scene.database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        return gather(session, row.sitting())


def test_the_answers_to_the_last_version_are_gathered(database: Database) -> None:
    scene = in_session(database)
    accept(scene, scene.union, line=1)
    publish_again(scene)
    accept(scene, scene.ministry)
    respond(scene, scene.union, Response(Kind.CONDITION, REASON, lines=(2,)))
    respond(scene, scene.cities, Response(Kind.REJECT, REASON))
    first, second, _ = gathered(scene).lines
    assert [(each.kind, each.counts, each.condition) for each in first.answers] == [
        ("accept", True, ""),
        ("condition", True, "open"),
        ("reject", False, ""),
    ]
    assert [each.kind for each in second.answers] == ["none", "none"]
    assert figure_of(scene) == (first.option.figure if first.option else None)


def test_what_became_of_a_condition_is_printed_whoever_issues(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command line issues without the application, which tells pages what was decided."""
    monkeypatch.setattr(settling, "_FINDERS", [])
    scene = in_session(database)
    respond(scene, scene.union, Response(Kind.CONDITION, REASON, lines=(2,)))
    seat_members(scene)
    figure = figure_of(scene, 1)
    assert isinstance(figure, Som)
    decide(scene, 1, figure)
    first, *_ = gathered(scene).lines
    assert [each.condition for each in first.answers if each.kind == "condition"] == ["holds"]


def test_before_the_session_nothing_is_said_of_answers(database: Database) -> None:
    scene = make_scene(database)
    file_all(scene)
    open_all(scene)
    publish_again(scene)
    assert [line.answers for line in gathered(scene).lines] == [(), ()]
