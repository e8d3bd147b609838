"""Opening: not too early, everything together, and only what the parties committed to."""

import hashlib

import pytest

from budgetproto.database import Database
from budgetproto.disputes import service
from budgetproto.disputes.domain import NotYetTime, Opened
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.positions import filing, opening
from budgetproto.disputes.positions import storage as position_storage
from budgetproto.disputes.positions.opening import NothingToOpen, TermsNotFixed
from budgetproto.errors import Unknown
from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.domain import length_prefixed
from budgetproto.journal.storage import check, entries, head
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import NotYours, Stage, WrongStage
from tests.factories import (
    Scene,
    declare_all_final,
    end_second_term,
    file,
    file_all,
    make_scene,
    open_all,
    reach_deadline,
    settle_terms,
)
from tests.sessions import filed
from tests.stated import GRANTS, MILLION


@pytest.fixture
def scene(database: Database) -> Scene:
    return filed(database)


def open_now(scene: Scene) -> int:
    return opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)


def stage(scene: Scene) -> Stage:
    with scene.database.reading() as session:
        return sittings.admitted(session, scene.secretary.id, scene.sitting)[0].stage


def views(scene: Scene) -> list[LineView]:
    with scene.database.reading() as session:
        return service.opened_lines(session, scene.minister.id, scene.sitting)[1]


def revealed(scene: Scene) -> list[Opened]:
    with scene.database.reading() as session:
        return position_storage.opened(session, scene.sitting)


def test_positions_do_not_open_before_the_deadline(scene: Scene) -> None:
    with pytest.raises(NotYetTime):
        open_now(scene)
    assert stage(scene) is Stage.COLLECTING
    assert revealed(scene) == []


def test_positions_open_at_the_deadline(scene: Scene) -> None:
    reach_deadline(scene)
    assert open_now(scene) == 2
    assert stage(scene) is Stage.OPENED


def test_positions_open_earlier_when_every_party_is_final(scene: Scene) -> None:
    declare_all_final(scene)
    assert open_now(scene) == 2


@pytest.mark.parametrize("hesitant", range(4))
def test_one_party_that_is_not_final_keeps_all_closed(scene: Scene, hesitant: int) -> None:
    for party in (each for place, each in enumerate(scene.parties) if place != hesitant):
        filing.declare_final(scene.database, scene.speaker(party).id, scene.sitting, party_id=party.id)
    with pytest.raises(NotYetTime):
        open_now(scene)


def test_a_new_version_takes_back_finality_and_keeps_all_closed(scene: Scene) -> None:
    declare_all_final(scene)
    file(scene, scene.union, figure=Som(500 * MILLION))
    with pytest.raises(NotYetTime):
        open_now(scene)


def test_nothing_opens_before_the_terms_are_fixed(database: Database) -> None:
    scene = make_scene(database, terms=False)
    file_all(scene)
    declare_all_final(scene)
    reach_deadline(scene)
    with pytest.raises(TermsNotFixed):
        open_now(scene)
    assert revealed(scene) == []
    settle_terms(scene)
    assert open_now(scene) == 2


def test_only_the_secretary_opens(scene: Scene) -> None:
    reach_deadline(scene)
    for person in (scene.minister, scene.unionist, scene.chair):
        with pytest.raises(NotYours):
            opening.open_positions(scene.database, scene.key, person.id, scene.sitting)
    with pytest.raises(Unknown):
        opening.open_positions(scene.database, scene.key, scene.outsider.id, scene.sitting)
    assert revealed(scene) == []


def test_before_the_opening_nobody_reads_positions_the_secretary_included(scene: Scene) -> None:
    with scene.database.reading() as session:
        for person in (scene.secretary, scene.minister, scene.unionist, scene.chair):
            with pytest.raises(WrongStage):
                service.opened_lines(session, person.id, scene.sitting)


def test_the_last_versions_open_with_their_difference(scene: Scene) -> None:
    file(scene, scene.union, figure=Som(70_000 * MILLION))
    file(scene, scene.union, figure=GRANTS)
    open_all(scene)
    first = views(scene)[0]
    assert {party: each.position.figure for party, each in first.positions.items()} == {
        scene.ministry.id: Som(0),
        scene.union.id: GRANTS,
    }
    assert first.positions[scene.union.id].version == 3
    assert first.difference is not None
    assert (first.difference.signed, first.difference.share) == (GRANTS, None)


def test_everything_opens_at_one_instant(scene: Scene) -> None:
    open_all(scene)
    assert len({view.line.opened_at for view in views(scene)}) == 1
    assert not any(each.late_round for each in revealed(scene))


@pytest.mark.parametrize("failing", range(4))
def test_a_failure_in_the_middle_opens_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    reach_deadline(scene)
    before = chains(scene)
    made: list[object] = []
    reveal = opening._revealed

    def failing_once(*args: object, **values: object) -> position_storage.RevealRow:
        if len(made) == failing:
            raise OSError("the disk is full")
        made.append(args)
        return reveal(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "_revealed", failing_once)
    with pytest.raises(OSError, match="disk"):
        open_now(scene)
    monkeypatch.undo()
    assert (stage(scene), revealed(scene), chains(scene)) == (Stage.COLLECTING, [], before)
    assert open_now(scene) == 2


def chains(scene: Scene) -> list[object]:
    with scene.database.reading() as session:
        names = [party_chain(scene.sitting, party.id) for party in scene.parties]
        return [head(session, name) for name in (sitting_chain(scene.sitting), *names)]


def test_the_heads_of_the_parties_enter_the_sittings_chain_in_their_order(scene: Scene) -> None:
    open_all(scene)
    with scene.database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))
        heads = [each.values() for each in told if each.kind == "disputes.party_head_entered"]
        assert [each["party"] for each in heads] == [party.id for party in scene.parties]
        for party, entered in zip(scene.parties, heads, strict=True):
            end = head(session, party_chain(scene.sitting, party.id))
            assert (entered["length"], entered["head"]) == (end.length, end.hash)
        kinds = [each.kind for each in told][-6:]
        assert kinds == ["disputes.party_head_entered"] * 4 + [
            "disputes.positions_opened",
            "sittings.stage_reached",
        ]
        assert check(session, sitting_chain(scene.sitting)) is None


def test_the_event_of_the_opening_covers_every_reveal(scene: Scene) -> None:
    open_all(scene)
    with scene.database.reading() as session:
        event = next(
            each.values()
            for each in entries(session, sitting_chain(scene.sitting))
            if each.kind == "disputes.positions_opened"
        )
        rows = session.connection().exec_driver_sql(
            "SELECT line, party, number, document, nonce FROM dispute_reveal ORDER BY line, party"
        )
        covered = b"".join(length_prefixed(*(str(value).encode() for value in row)) for row in rows)
    assert event["digest"] == hashlib.sha256(covered).hexdigest()
    assert (event["lines"], event["positions"]) == (2, 4)


def test_a_line_nobody_filed_on_opens_as_no_position(database: Database) -> None:
    scene = make_scene(database)
    reach_deadline(scene)
    assert open_now(scene) == 2
    assert all(view.positions == {} and view.difference is None for view in views(scene))


def test_when_everything_is_open_there_is_nothing_to_open(scene: Scene) -> None:
    open_all(scene)
    with pytest.raises(NothingToOpen):
        open_now(scene)


def test_a_sitting_in_preparation_opens_nothing(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    with pytest.raises(WrongStage):
        open_now(scene)


def test_sealed_versions_stay_sealed_rows_after_the_opening(scene: Scene) -> None:
    open_all(scene)
    with scene.database.reading() as session:
        assert len(position_storage.latest_positions(session, scene.sitting)) == 4


class TestSecondTerm:
    """On line 1 only the union filed; on line 2 both sides."""

    @pytest.fixture
    def scene(self, database: Database) -> Scene:
        scene = make_scene(database)
        file(scene, scene.union)
        file(scene, scene.union, line=1)
        file(scene, scene.ministry, line=1, figure=Som(0))
        reach_deadline(scene)
        assert open_now(scene) == 1
        return scene

    def test_the_one_sided_line_stays_closed_and_no_view_shows_it(self, scene: Scene) -> None:
        first, second = views(scene)
        assert first.line.opened_at is None
        assert first.line.second_term_until is not None
        assert (first.positions, first.stand.lsg, first.difference) == ({}, None, None)
        assert len(second.positions) == 2

    def test_it_does_not_open_while_the_silent_side_may_still_file(self, scene: Scene) -> None:
        with pytest.raises(NothingToOpen):
            open_now(scene)

    def test_it_does_not_open_before_its_term_is_over_though_the_silent_side_has_filed(
        self, scene: Scene
    ) -> None:
        file(scene, scene.ministry, figure=Som(MILLION))
        with pytest.raises(NothingToOpen):
            open_now(scene)
        file(scene, scene.ministry, figure=Som(2 * MILLION))
        end_second_term(scene)
        assert open_now(scene) == 1
        assert views(scene)[0].positions[scene.ministry.id].position.figure == Som(2 * MILLION)

    def test_at_the_end_of_its_second_term_it_opens_as_no_position(self, scene: Scene) -> None:
        end_second_term(scene)
        assert open_now(scene) == 1
        first = views(scene)[0]
        assert list(first.positions) == [scene.union.id]
        assert (first.stand.government, first.difference) == (None, None)

    def test_what_the_silent_side_files_is_marked_as_a_late_round_and_nothing_else_is(
        self, scene: Scene
    ) -> None:
        file(scene, scene.ministry, figure=Som(MILLION))
        end_second_term(scene)
        assert open_now(scene) == 1
        late = {(each.line, each.party) for each in revealed(scene) if each.late_round}
        assert late == {(scene.lines[0], scene.ministry.id)}
        assert views(scene)[0].difference is not None

    def test_the_second_term_is_told_once(self, scene: Scene) -> None:
        with pytest.raises(NothingToOpen):
            open_now(scene)
        with scene.database.reading() as session:
            kinds = [each.kind for each in entries(session, sitting_chain(scene.sitting))]
        assert kinds.count("disputes.second_term_given") == 1

    def test_the_heads_of_the_parties_enter_again_with_the_second_opening(self, scene: Scene) -> None:
        file(scene, scene.ministry, figure=Som(MILLION))
        end_second_term(scene)
        open_now(scene)
        with scene.database.reading() as session:
            told = entries(session, sitting_chain(scene.sitting))
            last = [each.values() for each in told if each.kind == "disputes.party_head_entered"][-4]
            end = head(session, party_chain(scene.sitting, scene.ministry.id))
            assert (last["party"], last["head"]) == (scene.ministry.id, end.hash)


def test_when_all_are_final_a_silent_side_has_had_its_say(database: Database) -> None:
    scene = make_scene(database)
    file(scene, scene.union)
    assert open_all(scene) == 2
    assert views(scene)[0].line.second_term_until is None
