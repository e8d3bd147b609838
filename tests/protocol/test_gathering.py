"""What a protocol is gathered from: figures that count, dates, history, answers; no id of a row."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from budgetproto.database import Database
from budgetproto.disputes.domain import Base, Vulnerable
from budgetproto.disputes.lines.history import HistoryEntry, HistoryKind
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions import filing
from budgetproto.disputes.service import views
from budgetproto.disputes.storage import LineRow
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.money import Som
from budgetproto.protocol.composition import compose, snapshot_document
from budgetproto.protocol.gathered_lines import same
from budgetproto.protocol.snapshot import Known, Snapshot
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.storage import SittingRow, sitting_row
from tests import sessions
from tests.factories import Scene, file, file_all, make_scene, open_all
from tests.protocol.test_service import snapshot_of
from tests.staged import Staged
from tests.stated import GRANTS, MILLION, line_text, make_position


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database)


@pytest.fixture
def in_session(sqlite_database: Database) -> Scene:
    return sessions.in_session(sqlite_database)


def opened(scene: Scene) -> Snapshot:
    open_all(scene)
    return snapshot_of(scene.database, scene.sitting)


def without_lead(scene: Scene) -> None:
    """Let nobody lead the first line for the associations."""
    with scene.database.writing() as session:
        row = session.get_one(LineRow, scene.lines[0])
        row.lead_lsg = None
        session.add(row)


def test_without_a_lead_the_figure_all_associations_state_counts(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=GRANTS)
    file(scene, scene.union, figure=GRANTS)
    snapshot = opened(scene)
    assert snapshot.lines[0].lead_lsg == scene.union.key
    assert compose(snapshot).lines[0].lsg.figure == GRANTS


def test_without_a_lead_the_only_association_that_states_a_figure_counts(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.union, figure=None, rationale="Каржы керек.")
    file(scene, scene.cities, figure=GRANTS)
    snapshot = opened(scene)
    assert snapshot.lines[0].lead_lsg == scene.cities.key
    assert compose(snapshot).lines[0].lsg.figure == GRANTS


def test_without_a_lead_different_figures_leave_the_side_divided(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=Som(50 * MILLION))
    file(scene, scene.union, figure=GRANTS)
    snapshot = opened(scene)
    assert (snapshot.lines[0].lead_lsg, snapshot.lines[0].lsg_divided) == ("", True)
    assert compose(snapshot).lines[0].lsg.figure is None


def test_a_divided_side_has_the_option_for_the_figure_of_each_association(scene: Scene) -> None:
    without_lead(scene)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=Som(50 * MILLION))
    file(scene, scene.union, figure=GRANTS)
    open_all(scene)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)
    divided = snapshot_of(scene.database, scene.sitting).lines[0]
    assert divided.option is not None
    assert divided.option.reason == "NO_POSITION"
    found = {each.party: each.figure for each in divided.divided_options}
    assert found == {scene.union.key: GRANTS, scene.cities.key: Som(50 * MILLION)}


def test_a_side_that_is_not_divided_has_one_option(in_session: Scene) -> None:
    options.publish_option(in_session.database, in_session.secretary.id, in_session.sitting)
    found = snapshot_of(in_session.database, in_session.sitting)
    assert [line.divided_options for line in found.lines] == [(), ()]


def test_the_composed_figures_are_those_the_option_was_computed_from(scene: Scene) -> None:
    """Composition and the disputes room must never take different figures for a side's."""
    without_lead(scene)
    file_all(scene)
    composed = compose(opened(scene))
    with scene.database.reading() as session:
        stands = [view.stand for view in views(session, scene.sitting)]
    assert [(made.government.figure, made.lsg.figure) for made in composed.lines] == [
        (stand.government, stand.lsg) for stand in stands
    ]


def test_a_lead_that_is_silent_has_no_figure_whatever_others_state(scene: Scene) -> None:
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=GRANTS)
    snapshot = opened(scene)
    assert snapshot.lines[0].lead_lsg == scene.union.key
    assert compose(snapshot).lines[0].lsg.figure is None


def changed(scene: Scene, change: Callable[[SittingRow], None]) -> Sitting:
    with scene.database.writing() as session:
        row = session.get_one(SittingRow, scene.sitting)
        change(row)
        session.add(row)
    with scene.database.reading() as session:
        found = sitting_row(session, scene.sitting)
        assert found is not None
        return found.sitting()


def test_a_sitting_that_began_after_midnight_in_bishkek_was_held_on_the_new_day(in_session: Scene) -> None:
    def change(row: SittingRow) -> None:
        row.held_on, row.started_at = None, datetime(2020, 6, 24, 19, 0, tzinfo=UTC)

    changed(in_session, change)
    held_on = snapshot_of(in_session.database, in_session.sitting).sitting.held_on
    assert str(held_on) == "2020-06-25"


#: An offer of the ministry that left half of the grants, as the secretary enters it.
_OFFER = HistoryEntry(
    kind=HistoryKind.OFFER,
    on=date(2020, 4, 20),
    text=Named("2019-ж. каралган", "рассмотрено в 2019 г.", "considered in 2019"),
    side="government",
    figure=Som(300 * MILLION),
    source="№ 12-1/345",
)


def test_the_history_of_a_line_is_no_unconfirmed_translation(sqlite_database: Database) -> None:
    """The secretary enters it in each language: no party has to confirm a translation of it."""
    text = replace(line_text(), history=(_OFFER,))
    (attempt,) = opened(make_scene(sqlite_database, texts=(text,))).lines[0].history
    assert (attempt.words.text, attempt.words.confirmed) == (_OFFER.text, LANGUAGES)
    assert (attempt.on, attempt.figure, attempt.by.ky) == (_OFFER.on, _OFFER.figure, "Министрлер Кабинети")


def test_last_year_stands_beside_the_positions_and_enters_no_sum(sqlite_database: Database) -> None:
    known = Base(Som(599_699_500_00), "24K-125316", as_of=date(2019, 12, 31))
    text = replace(line_text(), approved_last_year=known, executed=replace(known, figure=Som(1)))
    with_it, without = (opened(make_scene(sqlite_database, texts=(each,))) for each in (text, line_text()))
    line = with_it.lines[0]
    assert line.approved_last_year == Known(known.figure, same(known.source), False, known.as_of)
    assert line.executed is not None
    assert compose(with_it).overall == compose(without).overall


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        ("not_studied", "", None),
        ("none", "", "таасири жок"),
        ("affected", "Пенсионерлер", "Пенсионерлер"),
    ],
)
def test_what_a_party_answers_on_vulnerable_groups_is_gathered(
    scene: Scene, answer: str, text: str, said: str | None
) -> None:
    position = replace(make_position(), vulnerable=Vulnerable(answer), vulnerable_text=text)
    filing.file_position(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[0],
        party_id=scene.union.id,
        position=position,
        seen=0,
        confirmed=True,
    )
    found = opened(scene).lines[0].positions[0].vulnerable_groups
    assert (found.text.ky if found else None) == said


def test_every_setting_of_the_procedure_is_gathered_with_its_source(scene: Scene) -> None:
    found = opened(scene).settings
    names = {rule.name.ky for rule in found}
    assert {text("sittings.setting.quorum_share", "ky"), text("sittings.setting.filing_days", "ky")} <= names
    assert text("sittings.setting.log_in_hours", "ky") not in names
    assert all(rule.source.ky and rule.stated.ky for rule in found)


def test_no_id_of_a_row_but_whose_place_it_is_to_sign_stands_in_the_snapshot(kept: Staged) -> None:
    """Ids are random: one more in the snapshot, and two databases print two protocols for no reason.

    A place to sign is an account's, so that nobody of the same name signs it.
    """
    snapshot = snapshot_of(kept.database, kept.finished)
    places = tuple(replace(each, person="") for each in snapshot.signatories)
    document = json.dumps(snapshot_document(replace(snapshot, signatories=places)))
    assert kept.finished not in document
    assert kept.person("union").id not in document
    assert re.findall(r'"[a-z2-7]{26}"', document) == []
