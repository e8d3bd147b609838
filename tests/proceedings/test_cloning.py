"""A new sitting begins with an earlier one's questions and parties, and with nobody's acts."""

from datetime import date

import pytest

from budgetproto.database import Database
from budgetproto.disputes import storage as dispute_storage
from budgetproto.disputes.domain import Base, FigureMissing, FigureOfAnotherKind, Line
from budgetproto.disputes.lines.many import NothingChosen
from budgetproto.disputes.terms import proposing
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check, entries
from budgetproto.money import Som
from budgetproto.proceedings import cloning, service
from budgetproto.proceedings.domain import Attendee, Group, Outcome, Votes
from budgetproto.proceedings.following import service as following
from budgetproto.proceedings.following.domain import FollowUp
from budgetproto.proceedings.service import Recorded
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage, terms_storage
from budgetproto.sittings.domain import WrongStage
from budgetproto.sittings.mandates import proposals
from budgetproto.sittings.procedure import SourceMissing
from budgetproto.sittings.service import NumberTaken
from tests.factories import Scene, file_all, make_scene
from tests.remembered import remembered
from tests.sessions import in_session
from tests.stated import GRANTS, MILLION, new_sitting

LAW = "2021-жылдын республикалык бюджети жөнүндө мыйзам"
TREASURY = "Борбордук казынанын отчету"


def attend(scene: Scene) -> None:
    none = Named()
    people = [
        Attendee(Group.MEMBER, f"Мүчө {number}", none, none, none, present=True, reason=none)
        for number in range(6)
    ]
    service.record_attendance(scene.database, scene.secretary.id, scene.sitting, people)


def decide(scene: Scene, place: int, outcome: Outcome, figure: Som | None) -> None:
    recorded = Recorded(figure, Votes(6, 0, 0), outcome)
    service.record_decision(scene.database, scene.secretary.id, scene.lines[place], recorded, version=0)


@pytest.fixture
def decided(database: Database) -> Scene:
    return held(database)


@remembered
def held(database: Database) -> Scene:
    """Hold a sitting that agrees 300 million on its first question and nothing on its second."""
    scene = in_session(database)
    attend(scene)
    decide(scene, 0, Outcome.AGREED, Som(300 * MILLION))
    decide(scene, 1, Outcome.NOT_AGREED, None)
    service.close_session(database, scene.secretary.id, scene.sitting)
    return scene


def follow(scene: Scene, place: int, kind: str, figure: Som | int | None, source: str = LAW) -> None:
    entered = FollowUp(
        kind="adopted" if kind == "adopted" else "executed",
        figure=figure,
        instrument=None,
        on=date(2021, 1, 15),
        source=source,
        words=Named(),
    )
    following.enter_follow_up(scene.database, scene.secretary.id, scene.lines[place], entered)


def clone(scene: Scene, *lines: str, number: str = "2021-1") -> str:
    new = new_sitting(number=number)
    chosen = set(lines or scene.lines)
    return cloning.clone_sitting(scene.database, scene.secretary.id, scene.sitting, new, chosen)


def lines(scene: Scene, sitting: str) -> list[Line]:
    with scene.database.reading() as session:
        return dispute_storage.lines(session, sitting)


def test_questions_come_with_their_lineage_and_no_base_of_another_year(decided: Scene) -> None:
    made = lines(decided, clone(decided))
    assert [line.cloned_from for line in made] == list(decided.lines)
    assert {line.text.base_government for line in made} == {line.text.base_lsg for line in made} == {Base()}
    assert [line.text.lead_lsg for line in made] == [decided.union.id] * 2


def test_what_was_agreed_is_last_years_figure_with_the_sitting_as_its_source(decided: Scene) -> None:
    first, second = lines(decided, clone(decided))
    approved = first.text.approved_last_year
    assert approved.figure == Som(300 * MILLION)
    assert approved.source.endswith("маселе № 1")
    assert second.text.approved_last_year == Base()


def test_the_law_goes_before_the_decision_and_the_treasury_says_what_was_executed(decided: Scene) -> None:
    follow(decided, 0, "adopted", Som(250 * MILLION))
    follow(decided, 1, "adopted", Som(0))
    follow(decided, 0, "executed", Som(200 * MILLION), TREASURY)
    first, second = lines(decided, clone(decided))
    day = date(2021, 1, 15)
    assert first.text.approved_last_year == Base(Som(250 * MILLION), LAW, as_of=day)
    assert first.text.executed == Base(Som(200 * MILLION), TREASURY, as_of=day)
    assert second.text.approved_last_year.figure == Som(0)


def test_parties_are_invited_again_and_nobody_has_a_mandate(decided: Scene) -> None:
    made = clone(decided)
    with decided.database.reading() as session:
        assert sittings.invited_parties(session, made) == list(decided.parties)
        assert storage.mandates(session, made) == []
        assert terms_storage.latest_terms(session, made) is None
        with pytest.raises(Unknown):
            sittings.admitted(session, decided.unionist.id, made)


def test_delegates_of_last_time_are_proposed_without_any_right(decided: Scene) -> None:
    made = clone(decided)
    with decided.database.reading() as session:
        sitting, _ = sittings.admitted(session, decided.secretary.id, made)
        names = [(each.name, each.party) for each in proposals(session, sitting)]
    assert ("Азиз Суракматов", decided.cities) in names
    assert len(names) == 6


def test_the_terms_begin_with_the_earlier_rule_and_no_money(decided: Scene) -> None:
    made = clone(decided)
    with decided.database.reading() as session:
        sitting, _ = sittings.admitted(session, decided.secretary.id, made)
        draft = proposing.terms_of_source(session, sitting)
    assert draft is not None
    assert (draft.rule, draft.quantum, draft.sources) == ("A", Som(10_000), ())
    assert draft.deadline == sitting.deadline


def test_only_the_chosen_questions_come_and_as_one_event(decided: Scene) -> None:
    made = clone(decided, decided.lines[1])
    assert [(line.number, line.cloned_from) for line in lines(decided, made)] == [(1, decided.lines[1])]
    with decided.database.reading() as session:
        assert check(session, sitting_chain(made)) is None
        kinds = [each.kind for each in entries(session, sitting_chain(made))]
    assert kinds[:2] == ["sittings.prepared", "sittings.cloned"]
    assert kinds.count("disputes.lines_imported") == 1


def test_a_number_that_is_taken_or_no_question_makes_no_sitting(decided: Scene) -> None:
    clone(decided)
    with pytest.raises(NumberTaken):
        clone(decided)
    with pytest.raises(NothingChosen):
        clone(decided, "no-such-line", number="2021-2")
    with decided.database.reading() as session:
        assert {each.number for each in storage.sittings(session)} >= {"2021-1"}
        assert "2021-2" not in {each.number for each in storage.sittings(session)}


def test_nobody_but_a_secretary_makes_a_sitting_from_another(decided: Scene) -> None:
    for person, refusal in (
        (decided.chair, NotPermitted),
        (decided.unionist, NotPermitted),
        (decided.outsider, Unknown),
    ):
        with pytest.raises(refusal):
            cloning.clone_sitting(
                decided.database, person.id, decided.sitting, new_sitting(), set(decided.lines)
            )


def test_from_a_sitting_that_still_collects_no_figure_comes(database: Database) -> None:
    scene = make_scene(database)
    file_all(scene)
    for line in lines(scene, clone(scene)):
        assert (line.text.approved_last_year, line.text.executed) == (Base(), Base())


def test_a_follow_up_needs_a_source_and_a_figure_of_the_lines_kind(decided: Scene) -> None:
    with pytest.raises(SourceMissing):
        follow(decided, 0, "adopted", GRANTS, " ")
    with pytest.raises(FigureMissing):
        follow(decided, 0, "adopted", None)
    with pytest.raises(FigureOfAnotherKind):
        follow(decided, 0, "adopted", 3550)


def test_what_became_of_a_question_is_entered_after_the_decision(database: Database) -> None:
    with pytest.raises(WrongStage):
        follow(make_scene(database), 0, "adopted", GRANTS)
