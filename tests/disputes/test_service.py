"""Lines, their limits in the terms, and the start of collecting."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from budgetproto.database import Database
from budgetproto.disputes import service, storage
from budgetproto.disputes.domain import Base, FloorAboveCap, LineText, Measure
from budgetproto.disputes.lines import entering
from budgetproto.disputes.lines.entering import BaseNotWhole, LineMoved
from budgetproto.disputes.lines.history import HistoryEntry, HistoryKind
from budgetproto.disputes.service import NoLines
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.proposing import QuantumNotPositive
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Limit, NotYours, Stage, StepNotAllowed, WrongStage
from budgetproto.sittings.service import DeadlinePassed
from budgetproto.sittings.settling import TermsAlreadyFixed, TermsMoved
from tests.factories import SEAL_KEY, Scene, make_scene, set_deadline, settle_terms
from tests.stated import GRANTS, MILLION, line_text, new_terms


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


def texts(scene: Scene) -> list[str]:
    with scene.database.reading() as session:
        return [
            line.text.title.ru for line in service.lines_of(session, scene.secretary.id, scene.sitting)[2]
        ]


def test_a_line_comes_back_word_for_word(scene: Scene) -> None:
    text = replace(
        line_text(government=Som(0), lsg=GRANTS, floor=Som(MILLION), cap=GRANTS, protected=True),
        legal_basis=Named("Бюджет кодекси", "Бюджетный кодекс", "Budget Code"),
        limit_basis="Мыйзам",
        lead_lsg=scene.cities.id,
    )
    line = entering.add_line(scene.database, scene.secretary.id, scene.sitting, text)
    with scene.database.reading() as session:
        _, _, found = service.line_of(session, scene.mayor.id, line)
    assert (found.number, found.text) == (3, text)


def test_a_percentage_line_comes_back_in_hundredths_of_a_point(scene: Scene) -> None:
    text = line_text(
        measure=Measure.PERCENTAGE, government=1200, lsg=2500, cap=3500, money_base=Som(1_542_000 * MILLION)
    )
    line = entering.add_line(scene.database, scene.secretary.id, scene.sitting, text)
    with scene.database.reading() as session:
        assert service.line_of(session, scene.secretary.id, line)[2].text == text


def test_only_the_secretary_enters_lines(scene: Scene) -> None:
    for person in (scene.minister, scene.chair):
        with pytest.raises(NotYours):
            entering.add_line(scene.database, person.id, scene.sitting, line_text())
    with pytest.raises(Unknown):
        entering.add_line(scene.database, scene.outsider.id, scene.sitting, line_text())


def test_two_people_saving_one_line_the_second_sees_both_texts(scene: Scene) -> None:
    first, second = line_text(title=Named(ru="Первый")), line_text(title=Named(ru="Второй"))
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], first, version=1)
    with pytest.raises(LineMoved) as refusal:
        entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], second, version=1)
    assert refusal.value.details == {"yours": second, "theirs": first}
    assert texts(scene)[0] == "Первый"
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], second, version=2)
    assert texts(scene)[0] == "Второй"


def test_a_changed_line_is_told_with_both_hashes(scene: Scene) -> None:
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], line_text(), version=1)
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], line_text(cap=GRANTS), version=2)
    with scene.database.reading() as session:
        told = [
            each.values()
            for each in entries(session, sitting_chain(scene.sitting))
            if each.kind == "disputes.line_changed"
        ]
    assert told[0]["after"] == told[1]["before"]
    assert len({told[0]["before"], told[0]["after"], told[1]["after"]}) == 3


def test_a_floor_above_the_cap_enters_nothing(scene: Scene) -> None:
    contradictory = line_text(floor=GRANTS, cap=Som(MILLION))
    with pytest.raises(FloorAboveCap):
        entering.add_line(scene.database, scene.secretary.id, scene.sitting, contradictory)
    with pytest.raises(FloorAboveCap):
        entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], contradictory, version=1)
    assert texts(scene) == ["Грант, строка 1", "Грант, строка 2"]


def test_a_base_that_cannot_make_whole_tyiyn_is_refused(scene: Scene) -> None:
    text = line_text(measure=Measure.PERCENTAGE, money_base=Som(1_542_000 * MILLION + 1))
    with pytest.raises(BaseNotWhole):
        entering.add_line(scene.database, scene.secretary.id, scene.sitting, text)


def test_lines_stand_still_once_positions_are_collected(database: Database) -> None:
    scene = make_scene(database)
    with pytest.raises(WrongStage):
        entering.add_line(database, scene.secretary.id, scene.sitting, line_text())
    with pytest.raises(WrongStage):
        entering.edit_line(database, scene.secretary.id, scene.lines[0], line_text(), version=1)


def test_terms_hold_the_limits_of_the_lines(scene: Scene) -> None:
    entering.edit_line(
        scene.database,
        scene.secretary.id,
        scene.lines[1],
        line_text(floor=Som(MILLION), cap=GRANTS, protected=True),
        version=1,
    )
    proposed = proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    assert proposed.terms.limits == (Limit(2, str(MILLION), str(GRANTS.tyiyn), protected=True, basis=""),)


def test_a_limit_changed_after_the_proposal_is_a_new_version_to_be_acknowledged(scene: Scene) -> None:
    first = proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], line_text(cap=GRANTS), version=1)
    with pytest.raises(TermsMoved):
        settling.acknowledge_terms(
            scene.database,
            scene.minister.id,
            scene.sitting,
            party_id=scene.ministry.id,
            number=first.version,
        )
    with scene.database.reading() as session:
        latest = settling.latest_terms(session, scene.sitting)
    assert latest is not None
    assert (latest.version, latest.terms.rule) == (2, first.terms.rule)
    assert [limit.cap for limit in latest.terms.limits] == [str(GRANTS.tyiyn)]


def first_text(scene: Scene) -> LineText:
    with scene.database.reading() as session:
        return storage.lines(session, scene.sitting)[0].text


def test_a_title_changed_after_the_proposal_leaves_the_terms_alone(scene: Scene) -> None:
    proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    corrected = replace(first_text(scene), title=Named(ru="Стимулирующие гранты"))
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], corrected, version=1)
    with scene.database.reading() as session:
        latest = settling.latest_terms(session, scene.sitting)
    assert latest is not None
    assert latest.version == 1


@pytest.mark.parametrize("change", [{"lead_lsg": None}, {"cost_sign": -1}, {"base_lsg": Base(Som(1))}])
def test_what_decides_a_result_cannot_change_once_the_terms_are_fixed(
    scene: Scene, change: dict[str, Any]
) -> None:
    settle_terms(scene)
    text = replace(first_text(scene), **change)
    if text == first_text(scene):
        text = replace(text, lead_lsg=scene.cities.id)
    with pytest.raises(TermsAlreadyFixed):
        entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], text, version=1)


def test_once_the_terms_are_fixed_no_limit_changes_but_a_title_may(scene: Scene) -> None:
    settle_terms(scene)
    with pytest.raises(TermsAlreadyFixed):
        entering.edit_line(
            scene.database, scene.secretary.id, scene.lines[0], line_text(cap=GRANTS), version=1
        )
    with pytest.raises(TermsAlreadyFixed):
        entering.add_line(scene.database, scene.secretary.id, scene.sitting, line_text(protected=True))
    corrected = replace(first_text(scene), title=Named(ru="Стимулирующие гранты"))
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], corrected, version=1)
    assert texts(scene) == ["Стимулирующие гранты", "Грант, строка 2"]


@pytest.mark.parametrize(
    "change",
    [
        {"approved_last_year": Base(GRANTS, "24K-125316", as_of=date(2019, 12, 31))},
        {"executed": Base(Som(34_753_850_000), "AKCH-STIM")},
        {"history": (HistoryEntry(HistoryKind.TALKS, date(2020, 4, 20), Named("Талкуу"), "both"),)},
    ],
)
def test_what_is_only_shown_may_be_entered_after_the_terms_are_fixed(
    scene: Scene, change: dict[str, Any]
) -> None:
    settle_terms(scene)
    text = replace(first_text(scene), **change)
    entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], text, version=1)
    assert first_text(scene) == text


def test_the_date_of_a_base_is_part_of_what_the_terms_fix(scene: Scene) -> None:
    settle_terms(scene)
    text = replace(first_text(scene), base_lsg=Base(as_of=date(2019, 12, 31)))
    with pytest.raises(TermsAlreadyFixed):
        entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], text, version=1)


def test_terms_that_are_fixed_are_not_proposed_anew(scene: Scene) -> None:
    settle_terms(scene)
    with pytest.raises(TermsAlreadyFixed):
        proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())


def test_collecting_does_not_start_without_a_line(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False, lines=0)
    with pytest.raises(NoLines):
        service.start_collecting(database, SEAL_KEY, scene.secretary.id, scene.sitting)


def test_collecting_does_not_start_after_its_own_deadline(scene: Scene) -> None:
    set_deadline(scene.database, scene.sitting, seconds=-1)
    with pytest.raises(DeadlinePassed):
        service.start_collecting(scene.database, SEAL_KEY, scene.secretary.id, scene.sitting)


def test_collecting_starts_once(database: Database) -> None:
    scene = make_scene(database)
    with pytest.raises(StepNotAllowed):
        service.start_collecting(database, SEAL_KEY, scene.secretary.id, scene.sitting)


def test_an_unknown_line_and_one_of_a_closed_sitting_get_the_same_answer(scene: Scene) -> None:
    answers = set()
    for line in (scene.lines[0], "no-such-line"):
        with scene.database.reading() as session, pytest.raises(Unknown) as refusal:
            service.line_of(session, scene.outsider.id, line)
        answers.add(str((refusal.value.key, refusal.value.details)))
    assert len(answers) == 1


@pytest.mark.parametrize("tyiyn", [0, -10_000])
def test_terms_without_a_step_to_round_to_are_refused(scene: Scene, tyiyn: int) -> None:
    terms = replace(new_terms(), quantum=Som(tyiyn))
    with pytest.raises(QuantumNotPositive):
        proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, terms)
