"""Filing: in time, by the right people, nothing lost, and a receipt that proves it against the service."""

import pytest

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.domain import (
    FigureMissing,
    FigureOfAnotherKind,
    JumpUnconfirmed,
    OnlyLeadStatesFigure,
    TooLate,
)
from budgetproto.disputes.positions import document, filing, opening, sealing, seat
from budgetproto.disputes.positions.own import OwnPosition, own_position
from budgetproto.disputes.positions.sealing import Place
from budgetproto.disputes.positions.seat import PositionMoved
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.journal import party_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from tests.factories import Scene, end_second_term, file, make_scene, reach_deadline, set_deadline
from tests.stated import GRANTS, MILLION, line_text, make_position


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database)


def own(scene: Scene, person: Person, *, line: int = 0) -> OwnPosition:
    with scene.database.reading() as session:
        party = scene.union if person in (scene.unionist, scene.assistant) else scene.ministry
        return own_position(session, scene.key, person.id, scene.lines[line], party.id)


def save(scene: Scene, person: Person, rationale: str, *, seen: int = 0) -> int:
    return filing.save_draft(
        scene.database,
        scene.key,
        person.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=make_position(figure=None, rationale=rationale),
        seen=seen,
    )


def test_a_filed_position_is_seen_by_its_party_as_it_was_filed(scene: Scene) -> None:
    file(scene, scene.union, rationale="Айыл өкмөттөрү долбоорлорун жазышкан")
    seen = own(scene, scene.assistant)
    assert seen.version == 1
    assert seen.filed == make_position(rationale="Айыл өкмөттөрү долбоорлорун жазышкан")


def test_a_blank_position_is_not_a_zero(scene: Scene) -> None:
    file(scene, scene.union, figure=None, rationale="Сумма азырынча белгисиз", line=0)
    file(scene, scene.union, figure=Som(0), line=1)
    blank, zero = own(scene, scene.unionist).filed, own(scene, scene.unionist, line=1).filed
    assert blank is not None
    assert zero is not None
    assert blank.figure is None
    assert zero.figure == Som(0)


def test_at_the_deadline_a_position_is_refused_and_kept_as_its_authors_draft(scene: Scene) -> None:
    reach_deadline(scene)
    with pytest.raises(TooLate):
        file(scene, scene.union, rationale="Кечигип калды", seen=0)
    seen = own(scene, scene.unionist)
    assert (seen.version, seen.filed) == (0, None)
    assert seen.draft == make_position(rationale="Кечигип калды")


def test_after_the_deadline_too_and_nothing_reaches_the_chain(scene: Scene) -> None:
    set_deadline(scene.database, scene.sitting, seconds=-3600)
    with pytest.raises(TooLate):
        file(scene, scene.union, seen=0)
    with scene.database.reading() as session:
        assert entries(session, party_chain(scene.sitting, scene.union.id)) == []
        assert session.get(PositionRow, (scene.lines[0], scene.union.id, 1)) is None


def test_just_before_the_deadline_a_position_is_taken(scene: Scene) -> None:
    set_deadline(scene.database, scene.sitting, seconds=5)
    assert file(scene, scene.union).version == 1


def test_a_late_text_does_not_take_the_place_of_a_colleagues_draft(scene: Scene) -> None:
    save(scene, scene.assistant, "Жардамчынын долбоору")
    reach_deadline(scene)
    with pytest.raises(TooLate):
        file(scene, scene.union, rationale="Өкүлдүн тексти", seen=0)
    assert own(scene, scene.assistant).draft == make_position(figure=None, rationale="Жардамчынын долбоору")
    assert own(scene, scene.unionist).draft == make_position(rationale="Өкүлдүн тексти")


def test_the_second_author_who_saw_an_old_version_gets_both_texts(scene: Scene) -> None:
    file(scene, scene.union, rationale="Биринчи", seen=0)
    with pytest.raises(PositionMoved) as refusal:
        file(scene, scene.union, rationale="Экинчи", seen=0, person=scene.assistant)
    assert refusal.value.details == {
        "yours": make_position(rationale="Экинчи"),
        "theirs": make_position(rationale="Биринчи"),
    }
    assert file(scene, scene.union, rationale="Экинчи", seen=1, person=scene.assistant).version == 2


def test_a_draft_saved_in_two_windows_shows_both_texts(scene: Scene) -> None:
    number = save(scene, scene.unionist, "Биринчи терезе")
    save(scene, scene.unionist, "Экинчи терезе", seen=number)
    with pytest.raises(PositionMoved) as refusal:
        save(scene, scene.unionist, "Үчүнчү терезе", seen=number)
    assert refusal.value.details["theirs"] == make_position(figure=None, rationale="Экинчи терезе")


def test_filing_drops_the_draft_it_grew_from_and_no_other(scene: Scene) -> None:
    save(scene, scene.unionist, "Өзүмдүкү")
    save(scene, scene.assistant, "Кесиптешимдики")
    file(scene, scene.union)
    assert own(scene, scene.unionist).draft is None
    assert own(scene, scene.assistant).draft is not None


def test_a_thousandfold_figure_asks_for_confirmation_by_the_own_base_alone(scene: Scene) -> None:
    """The ministry's base is 0, the union's 600 million soms: only the union's own base is spoken of."""
    file(scene, scene.ministry, figure=Som(347 * MILLION))
    thousandfold = Som(GRANTS.tyiyn * 1000)
    with pytest.raises(JumpUnconfirmed) as refusal:
        file(scene, scene.union, figure=thousandfold, confirmed=False)
    assert refusal.value.details == {"figure": thousandfold, "base": GRANTS}
    assert file(scene, scene.union, figure=thousandfold, confirmed=True).version == 1


def test_without_a_base_the_own_earlier_version_is_the_measure_never_the_other_side(
    database: Database,
) -> None:
    scene = make_scene(database, texts=(line_text(),))
    file(scene, scene.ministry, figure=Som(MILLION))
    file(scene, scene.union, figure=GRANTS, confirmed=False)  # 600 times the ministry's: no question asked
    with pytest.raises(JumpUnconfirmed) as refusal:
        file(scene, scene.union, figure=Som(6_000 * MILLION), confirmed=False)
    assert refusal.value.details == {"figure": Som(6_000 * MILLION), "base": GRANTS}


def test_what_the_other_side_has_filed_changes_no_answer_to_us(database: Database) -> None:
    """Two worlds that differ only in the ministry's figure: the union gets the same refusals and views."""
    answers = []
    for figure in (Som(0), Som(60 * MILLION)):
        scene = make_scene(database)
        file(scene, scene.ministry, figure=figure)
        refused: list[object] = []
        for stated in (Som(GRANTS.tyiyn * 10), None, 5):
            with pytest.raises((JumpUnconfirmed, FigureMissing, FigureOfAnotherKind)) as refusal:
                file(scene, scene.union, figure=stated, confirmed=False)
            refused.append((refusal.value.key, refusal.value.details))
        receipt = file(scene, scene.union)
        seen = own(scene, scene.unionist)
        answers.append((refused, receipt.version, receipt.sequence, seen.version, seen.filed, seen.draft))
        assert seen.line.version == 1
    assert answers[0] == answers[1]


def test_another_ministry_adds_a_text_and_no_figure(scene: Scene) -> None:
    assert file(scene, scene.health, figure=None, rationale="Ооруканалар үчүн").version == 1
    with pytest.raises(OnlyLeadStatesFigure):
        file(scene, scene.health, figure=Som(0))


def test_neither_figure_nor_text_is_refused(scene: Scene) -> None:
    with pytest.raises(FigureMissing):
        file(scene, scene.union, figure=None)


def test_every_version_is_kept(scene: Scene) -> None:
    for millions in (600, 500, 450):
        file(scene, scene.union, figure=Som(millions * MILLION))
    with scene.database.reading() as session:
        rows = [session.get_one(PositionRow, (scene.lines[0], scene.union.id, n)) for n in (1, 2, 3)]
        data_key = seat.data_key(session, scene.key, scene.sitting)
        for row, millions in zip(rows, (600, 500, 450), strict=True):
            place = Place(scene.sitting, row.line, row.party, row.number)
            unsealed = sealing.unseal(data_key, place, row.ciphertext)
            assert document.read(unsealed.document).figure == Som(millions * MILLION)
            sealing.check(place, unsealed, row.commitment)


class TestSecondTerm:
    """Only the union filed in time: the government's side, and it alone, gets a second term."""

    @pytest.fixture
    def scene(self, database: Database) -> Scene:
        scene = make_scene(database)
        file(scene, scene.union)
        reach_deadline(scene)
        opening.open_positions(database, scene.key, scene.secretary.id, scene.sitting)
        return scene

    def test_the_silent_side_may_file_and_correct_itself(self, scene: Scene) -> None:
        assert file(scene, scene.ministry, figure=Som(0)).version == 1
        assert file(scene, scene.ministry, figure=Som(MILLION)).version == 2

    def test_another_party_of_the_silent_side_may_file_as_well(self, scene: Scene) -> None:
        file(scene, scene.ministry, figure=Som(0))
        assert file(scene, scene.health, figure=None, rationale="Ооруканалар").version == 1

    def test_the_side_that_filed_in_time_may_change_nothing(self, scene: Scene) -> None:
        with pytest.raises(TooLate):
            file(scene, scene.union, figure=Som(700 * MILLION))

    def test_nor_may_another_party_of_that_side(self, scene: Scene) -> None:
        with pytest.raises(TooLate):
            file(scene, scene.cities, figure=Som(700 * MILLION))

    def test_nor_once_the_silent_side_has_filed(self, scene: Scene) -> None:
        file(scene, scene.ministry, figure=Som(0))
        for party in (scene.union, scene.cities):
            with pytest.raises(TooLate):
                file(scene, party, figure=Som(700 * MILLION))

    def test_a_line_that_opened_takes_nothing(self, scene: Scene) -> None:
        with pytest.raises(TooLate):
            file(scene, scene.ministry, line=1, figure=Som(0))

    def test_at_the_end_of_the_second_term_it_is_too_late(self, scene: Scene) -> None:
        end_second_term(scene)
        with pytest.raises(TooLate):
            file(scene, scene.ministry, figure=Som(0))
