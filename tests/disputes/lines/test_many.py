"""Many lines are entered by one act or none, withdrawn with their number, and joined across years."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes import service, storage
from budgetproto.disputes.domain import FloorAboveCap, LineText
from budgetproto.disputes.lines import entering, many
from budgetproto.disputes.lines.entering import LineWithdrawn
from budgetproto.disputes.lines.lineage import relatives
from budgetproto.disputes.lines.many import MOST_LINES, NewLine, NothingChosen, TooManyLines
from budgetproto.disputes.terms import proposing
from budgetproto.errors import Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.sittings.domain import NotYours, Stage, WrongStage
from budgetproto.sittings.service import ReasonMissing
from budgetproto.sittings.settling import TermsAlreadyFixed
from budgetproto.sittings.terms_storage import latest_terms
from tests.factories import Scene, file, file_all, make_scene, open_all, settle_terms
from tests.stated import GRANTS, MILLION, line_text, new_terms


@pytest.fixture
def scene(database: Database) -> Scene:
    return make_scene(database, stage=Stage.PREPARING, terms=False)


def add(scene: Scene, *texts: LineText, cloned_from: str | None = None) -> list[str]:
    new = [NewLine(text, cloned_from) for text in texts]
    return many.add_lines(scene.database, scene.secretary.id, scene.sitting, new, how="spreadsheet")


def numbers(scene: Scene) -> list[int]:
    with scene.database.reading() as session:
        return [line.number for line in storage.lines(session, scene.sitting)]


def withdraw(scene: Scene, *lines: str, reason: str = "Тараптар макулдашты") -> int:
    return many.withdraw_lines(scene.database, scene.secretary.id, scene.sitting, lines, reason=reason)


def test_many_lines_are_one_event_with_their_hash(scene: Scene) -> None:
    add(scene, line_text(title=Named("Биринчи")), line_text(title=Named("Экинчи")))
    with scene.database.reading() as session:
        told = entries(session, sitting_chain(scene.sitting))[-1]
    assert told.kind == "disputes.lines_imported"
    assert (told.values()["first"], told.values()["lines"]) == (3, 2)
    assert numbers(scene) == [1, 2, 3, 4]


def test_one_faulty_line_keeps_all_of_them_out(scene: Scene) -> None:
    with pytest.raises(FloorAboveCap):
        add(scene, line_text(), line_text(floor=GRANTS, cap=Som(MILLION)))
    assert numbers(scene) == [1, 2]


def test_no_line_and_more_than_five_hundred_are_refused(scene: Scene) -> None:
    with pytest.raises(NothingChosen):
        add(scene)
    with pytest.raises(TooManyLines):
        add(scene, *[line_text()] * (MOST_LINES + 1))


def test_five_hundred_lines_are_entered_at_once(scene: Scene) -> None:
    assert len(add(scene, *[line_text()] * MOST_LINES)) == 500
    assert numbers(scene) == list(range(1, 503))


def test_lines_entered_at_once_are_part_of_the_terms(scene: Scene) -> None:
    proposing.propose_terms(scene.database, scene.secretary.id, scene.sitting, new_terms())
    add(scene, line_text(cap=GRANTS))
    with scene.database.reading() as session:
        latest = latest_terms(session, scene.sitting)
    assert latest is not None
    assert [limit.line for limit in latest.terms.limits] == [3]


def test_only_the_secretary_enters_and_withdraws_and_only_in_preparation(database: Database) -> None:
    scene = make_scene(database)
    for act in (lambda: add(scene, line_text()), lambda: withdraw(scene, scene.lines[0])):
        with pytest.raises(WrongStage):
            act()
    with pytest.raises(NotYours):
        many.add_lines(database, scene.minister.id, scene.sitting, [NewLine(line_text())], how="cloned")
    with pytest.raises(Unknown):
        many.restore_lines(database, scene.outsider.id, scene.sitting, scene.lines)


def test_a_withdrawn_number_is_not_given_again(scene: Scene) -> None:
    withdraw(scene, scene.lines[1])
    add(scene, line_text())
    assert numbers(scene) == [1, 3]
    many.restore_lines(scene.database, scene.secretary.id, scene.sitting, [scene.lines[1]])
    assert numbers(scene) == [1, 2, 3]


def test_a_withdrawn_line_is_neither_edited_nor_withdrawn_again(scene: Scene) -> None:
    withdraw(scene, scene.lines[0])
    with pytest.raises(LineWithdrawn):
        entering.edit_line(scene.database, scene.secretary.id, scene.lines[0], line_text(), version=2)
    with pytest.raises(Unknown):
        withdraw(scene, scene.lines[0])


def test_a_withdrawal_needs_a_reason_and_lines_of_this_sitting(scene: Scene) -> None:
    other = make_scene(scene.database, stage=Stage.PREPARING, terms=False)
    with pytest.raises(ReasonMissing):
        withdraw(scene, scene.lines[0], reason=" ")
    with pytest.raises(NothingChosen):
        withdraw(scene)
    with pytest.raises(Unknown):
        withdraw(scene, scene.lines[0], other.lines[0])
    assert numbers(scene) == [1, 2]


def test_once_the_terms_are_fixed_no_line_is_withdrawn(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING)
    with pytest.raises(TermsAlreadyFixed):
        withdraw(scene, scene.lines[0])
    assert numbers(scene) == [1, 2]


def test_a_withdrawn_line_takes_no_position_and_holds_nothing_up(database: Database) -> None:
    scene = make_scene(database, stage=Stage.PREPARING, terms=False)
    withdraw(scene, scene.lines[1])
    settle_terms(scene)
    service.start_collecting(database, scene.key, scene.secretary.id, scene.sitting)
    with pytest.raises(Unknown):
        file(scene, scene.union, line=1, seen=0)
    file_all(replace(scene, lines=scene.lines[:1]))
    assert open_all(scene) == 1


def test_a_line_knows_its_forebears_and_tells_an_outsider_no_later_sitting(scene: Scene) -> None:
    later = make_scene(scene.database, stage=Stage.PREPARING, terms=False)
    child = add(later, replace(line_text(), year=2021), cloned_from=scene.lines[1])[0]
    with scene.database.reading() as session:
        line = service.line_of(session, later.secretary.id, child)[2]
        parent = service.line_of(session, scene.secretary.id, scene.lines[1])[2]
        told = relatives(session, later.secretary.id, line)
        seen = relatives(session, later.minister.id, line)
        below = [relatives(session, each.id, parent) for each in (scene.secretary, scene.minister)]
    assert [(each.year, each.number, each.line) for each in told] == [(2020, 2, scene.lines[1])]
    assert [(each.number, each.line) for each in seen] == [(2, None)]
    assert ([each.line for each in below[0]], below[1]) == ([child], [])
