"""Who may answer when, that every answer is kept, and that an answer is to one version of the option."""

from typing import Literal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from budgetproto.database import Database
from budgetproto.disputes.domain import Measure
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.positions.filing import NotApprover
from budgetproto.disputes.positions.repeating import KeyUsed
from budgetproto.disputes.responses import overview, service, storage
from budgetproto.disputes.responses.domain import (
    Kind,
    OptionSaysNothing,
    ReasonMissing,
    Response,
    Standing,
)
from budgetproto.disputes.responses.rounds import Answered
from budgetproto.disputes.responses.service import NoOption, NothingLeft, OptionMoved, ResponseMoved
from budgetproto.disputes.responses.storage import ResponseRow
from budgetproto.errors import Unknown
from budgetproto.i18n import Named, Words
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings.domain import Outcome
from budgetproto.proceedings.settled import settled
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import MandatePart, NotYours, Stage, WrongStage
from budgetproto.sittings.storage import InvitedRow
from tests.disputes.responses.answering import (
    REASON,
    accept,
    decide,
    figure_of,
    in_session,
    newest,
    publish_again,
    reject,
    respond,
    seen,
    subject,
)
from tests.factories import (
    Scene,
    file,
    file_all,
    make_scene,
    open_all,
    set_part,
    start_session,
)
from tests.sessions import seat_members
from tests.stated import line_text


@pytest.fixture
def scene(database: Database) -> Scene:
    return in_session(database)


def counter(scene: Scene, figure: Som | None = None) -> Response:
    computed = figure_of(scene)
    assert isinstance(computed, Som)
    return Response(Kind.COUNTER, REASON, figure or computed + Som(10_000))


def found(scene: Scene, option: int | None = None) -> dict[int, Answered]:
    with scene.database.reading() as session:
        sitting, views, _ = options.option_of(session, scene.secretary.id, scene.sitting)
        row = option_storage.option_version(session, scene.sitting, option or newest(scene))
        assert row is not None
        decided = settled(session, scene.sitting)
        return overview.answered(session, sitting, views, options.opened(row), decided)


def told(scene: Scene) -> list[dict[str, object]]:
    with scene.database.reading() as session:
        chain = entries(session, sitting_chain(scene.sitting))
        return [each.values() for each in chain if each.kind.startswith("responses.")]


def test_every_kind_of_answer_comes_back_word_for_word(scene: Scene) -> None:
    every = [
        Response(Kind.ACCEPT, REASON),
        subject(scene),
        Response(Kind.CONDITION, lines=(2, 3)),
        counter(scene),
        Response(Kind.REJECT, REASON),
    ]
    for number, response in enumerate(every, start=1):
        kept = respond(scene, scene.union, response)
        assert (kept.number, kept.option, kept.response) == (number, 1, response)
    with scene.database.reading() as session:
        history = overview.history(session, scene.minister.id, scene.lines[0])
    assert [each.response for each in history.answers] == every[::-1]


def test_only_the_last_answer_counts_and_the_others_stay_readable(scene: Scene) -> None:
    accept(scene, scene.ministry)
    reject(scene, scene.union)
    assert found(scene)[1].standing is Standing.REJECTED
    accept(scene, scene.union)
    assert found(scene)[1].standing is Standing.ACCEPTED
    with scene.database.reading() as session:
        assert len(storage.answers_on(session, scene.lines[0])) == 3


def test_an_answer_of_a_party_that_does_not_lead_is_shown_and_counts_for_nothing(scene: Scene) -> None:
    accept(scene, scene.ministry)
    accept(scene, scene.union)
    reject(scene, scene.cities)
    answered = found(scene)[1]
    assert answered.standing is Standing.ACCEPTED
    assert {each.party.id: each.counts for each in answered.shown} == {
        scene.ministry.id: True,
        scene.union.id: True,
        scene.cities.id: False,
    }


def test_strangers_others_and_the_committee_answer_for_nobody(scene: Scene) -> None:
    for person in (scene.outsider, scene.minister, scene.mayor):
        with pytest.raises(Unknown):
            accept(scene, scene.union, person=person)
    for person in (scene.secretary, scene.chair):
        with pytest.raises(NotYours):
            accept(scene, scene.union, person=person)
    assert told(scene) == []


def test_an_answer_binds_so_whoever_only_writes_gives_none(scene: Scene) -> None:
    set_part(scene, scene.assistant, MandatePart.AUTHOR)
    with pytest.raises(NotApprover):
        accept(scene, scene.union, person=scene.assistant)
    with scene.database.reading() as session, pytest.raises(NotApprover):
        service.own(session, scene.assistant.id, scene.lines[0], scene.union.id)


def test_with_four_eyes_it_is_the_approver_who_answers(scene: Scene) -> None:
    with scene.database.writing() as session:
        row = session.get_one(InvitedRow, (scene.sitting, scene.union.id))
        row.four_eyes = True
        session.add(row)
    set_part(scene, scene.unionist, MandatePart.AUTHOR)
    set_part(scene, scene.assistant, MandatePart.APPROVER)
    with pytest.raises(NotApprover):
        accept(scene, scene.union)
    assert accept(scene, scene.union, person=scene.assistant).person == scene.assistant.id


@pytest.mark.parametrize("stage", [Stage.OPENED, Stage.DECIDED])
def test_answers_are_given_in_session_alone(database: Database, stage: Stage) -> None:
    scene = in_session(database)
    if stage is Stage.OPENED:
        sittings.take_step(database, scene.secretary.id, scene.sitting, stage, reason="Токтотуу")
    else:
        seat_members(scene)
        for line in range(len(scene.lines)):
            decide(scene, line, Som(0))
        proceedings.close_session(database, scene.secretary.id, scene.sitting)
    with pytest.raises(WrongStage):
        accept(scene, scene.union)


def test_without_an_option_there_is_nothing_to_answer(database: Database) -> None:
    scene = make_scene(database)
    file_all(scene)
    open_all(scene)
    start_session(scene)
    with pytest.raises(NoOption):
        accept(scene, scene.union, option=1)


def test_an_answer_to_a_version_that_is_no_longer_current_is_refused_with_both_texts(scene: Scene) -> None:
    publish_again(scene)
    with pytest.raises(OptionMoved) as refusal:
        accept(scene, scene.union, option=1)
    details = refusal.value.details
    assert (details["answered"], details["newest"]) == (1, 2)
    assert details["yours"] == details["theirs"]
    with pytest.raises(OptionMoved):
        accept(scene, scene.union, option=3)
    assert told(scene) == []


def test_a_new_version_begins_a_new_round_and_the_earlier_one_stays(scene: Scene) -> None:
    accept(scene, scene.ministry)
    first = accept(scene, scene.union)
    publish_again(scene)
    now_ = found(scene)[1]
    assert now_.standing is Standing.NOT_ANSWERED
    assert {each.earlier for each in now_.answers if each.party == scene.union} == {first}
    assert found(scene, option=1)[1].standing is Standing.ACCEPTED
    second = accept(scene, scene.union)
    assert (second.number, second.option) == (2, 2)


def test_two_delegates_answering_the_second_sees_both_answers(scene: Scene) -> None:
    accept(scene, scene.union)
    mine = Response(Kind.REJECT, REASON)
    with pytest.raises(ResponseMoved) as refusal:
        respond(scene, scene.union, mine, person=scene.assistant, seen=0)
    assert refusal.value.details == {"yours": mine, "theirs": Response(Kind.ACCEPT)}
    with pytest.raises(ResponseMoved):
        respond(scene, scene.ministry, mine, seen=4)


def test_the_same_request_is_kept_once(scene: Scene) -> None:
    first = accept(scene, scene.union, request="a", seen=0)
    again = accept(scene, scene.union, request="a", seen=0)
    assert again == first
    with pytest.raises(KeyUsed):
        reject(scene, scene.union, request="a", seen=0)
    assert len(told(scene)) == 1


def test_a_refused_answer_leaves_nothing_behind(scene: Scene) -> None:
    with pytest.raises(ReasonMissing):
        respond(scene, scene.union, Response(Kind.REJECT))
    assert (seen(scene, scene.union), told(scene)) == (0, [])


def test_an_answer_is_told_in_the_chain_by_its_hash(scene: Scene) -> None:
    respond(scene, scene.union, counter(scene))
    (entry,) = told(scene)
    with scene.database.reading() as session:
        row = session.get_one(ResponseRow, (scene.lines[0], scene.union.id, 1))
        assert check(session, sitting_chain(scene.sitting)) is None
    assert (entry["answer"], entry["digest"], entry["option"]) == ("counter", row.digest, 1)


def test_no_counter_proposal_changes_what_is_computed(scene: Scene) -> None:
    with scene.database.reading() as session:
        before = option_storage.latest_option(session, scene.sitting)
    respond(scene, scene.union, counter(scene))
    publish_again(scene)
    with scene.database.reading() as session:
        after = option_storage.latest_option(session, scene.sitting)
    assert before is not None
    assert after is not None
    assert before.document == after.document


def test_all_that_is_not_answered_is_answered_at_once(scene: Scene) -> None:
    reject(scene, scene.union, line=1)
    number = service.answer_rest(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        party_id=scene.union.id,
        kind=Kind.ACCEPT,
        reason=None,
        option=1,
    )
    assert number == 2
    kinds = {
        answered.line.number: each.answer.response.kind
        for answered in found(scene).values()
        for each in answered.answers
        if each.party == scene.union and each.answer
    }
    assert kinds == {1: Kind.ACCEPT, 2: Kind.REJECT, 3: Kind.ACCEPT}
    assert (told(scene)[-1]["numbers"], told(scene)[-1]["lines"]) == ("1, 3", 2)


def rest(
    scene: Scene,
    *,
    kind: Literal[Kind.ACCEPT, Kind.REJECT] = Kind.REJECT,
    reason: Words | None = REASON,
    option: int = 0,
    request: str = "",
) -> int:
    return service.answer_rest(
        scene.database,
        scene.unionist.id,
        scene.sitting,
        party_id=scene.union.id,
        kind=kind,
        reason=reason,
        option=option or newest(scene),
        request=request,
    )


def test_rejecting_the_rest_needs_one_reason_and_is_all_or_nothing(scene: Scene) -> None:
    with pytest.raises(ReasonMissing):
        rest(scene, reason=None)
    assert told(scene) == []
    assert rest(scene) == 3
    with pytest.raises(NothingLeft):
        rest(scene)
    publish_again(scene)
    with pytest.raises(OptionMoved):
        rest(scene, option=1)
    assert rest(scene) == 3


def test_the_rest_is_answered_once_for_one_request(scene: Scene) -> None:
    assert rest(scene, request="a") == rest(scene, request="a") == 3
    assert len(told(scene)) == 1


def test_a_condition_goes_by_what_is_decided(scene: Scene) -> None:
    seat_members(scene)
    accept(scene, scene.ministry)
    respond(scene, scene.union, Response(Kind.CONDITION, lines=(2,)))
    assert found(scene)[1].standing is Standing.RESERVED
    computed = figure_of(scene, line=1)
    assert isinstance(computed, Som)
    decide(scene, 1, computed)
    assert found(scene)[1].standing is Standing.ACCEPTED


def test_a_condition_that_was_decided_otherwise_lapses(scene: Scene) -> None:
    seat_members(scene)
    accept(scene, scene.ministry)
    respond(scene, scene.union, Response(Kind.CONDITION, lines=(2,)))
    decide(scene, 1, Som(10_000), Outcome.NOT_AGREED)
    assert found(scene)[1].standing is Standing.LAPSED


def test_answers_are_read_by_whoever_reads_the_opened_positions(scene: Scene) -> None:
    accept(scene, scene.union)
    for person in (scene.secretary, scene.chair, scene.minister, scene.mayor):
        with scene.database.reading() as session:
            assert len(overview.every_answer(session, person.id, scene.sitting)[2]) == 1
    with scene.database.reading() as session, pytest.raises(Unknown):
        overview.every_answer(session, scene.outsider.id, scene.sitting)


def test_two_versions_are_compared_by_number(scene: Scene) -> None:
    accept(scene, scene.union)
    publish_again(scene)
    with scene.database.reading() as session:
        compared = overview.comparison(session, scene.chair.id, scene.sitting, before=1, after=2)
        assert [change.moved and change.moved.signed for change in compared.changes] == [Som(0)] * 3
        assert compared.versions == (1, 2)
        with pytest.raises(Unknown):
            overview.comparison(session, scene.chair.id, scene.sitting, before=1, after=3)


def test_no_row_of_a_response_can_be_changed_or_deleted(scene: Scene) -> None:
    accept(scene, scene.union)
    for statement in ("UPDATE dispute_response SET person = 'x'", "DELETE FROM dispute_response"):
        with pytest.raises(DBAPIError), scene.database.writing() as session:
            session.connection().execute(sa.text(statement))
    if not scene.database.is_sqlite:
        with pytest.raises(DBAPIError), scene.database.writing() as session:
            session.connection().execute(sa.text("TRUNCATE dispute_response"))
    assert seen(scene, scene.union) == 1


def test_a_question_that_the_option_cannot_compute_is_not_answered(database: Database) -> None:
    scene = make_scene(database, texts=(line_text(), line_text(measure=Measure.TEXT)))
    wording = Words(Named("Мөөнөтү жылдырылсын"))
    file(scene, scene.ministry, figure=Som(0))
    for party in (scene.ministry, scene.union):
        file(scene, party, line=1, figure=wording)
    file(scene, scene.union)
    open_all(scene)
    publish_again(scene)
    start_session(scene)
    with pytest.raises(OptionSaysNothing) as refusal:
        accept(scene, scene.union, line=1)
    assert refusal.value.details == {"number": 2}
    assert rest(scene) == 1
