"""The drafts of the demonstration: sourced or marked made up, in every state, entered by the rules."""

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.coordination.course import Stage
from budgetproto.coordination.expertise import service
from budgetproto.coordination.expertise.domain import Part
from budgetproto.coordination.public.storage import publication_rows
from budgetproto.coordination.storage import act_rows, course
from budgetproto.coordination.texts.domain import texts
from budgetproto.database import Database
from budgetproto.demonstration.acts import draft_of, read_acts, stage_acts
from budgetproto.demonstration.expertise import read_expertise, review_of, stage_expertise
from budgetproto.money import Som
from budgetproto.operations.verification import altered_records
from tests.factories import make_party, make_person


@pytest.mark.parametrize("values", read_acts(), ids=lambda each: each["title"]["en"])
def test_a_draft_has_a_source_or_is_marked_made_up(values: dict[str, object]) -> None:
    draft = draft_of(values)
    assert draft.illustrative != bool(draft.source.text("ky").strip())
    assert all((draft.title.ky, draft.title.ru, draft.title.en))


def test_every_state_of_the_register_is_seen_once_entered_and_none_is_entered_twice(
    database: Database,
) -> None:
    keeper = make_person(database, roles=frozenset({Role.SECRETARY}))
    for key in ("lsg_union", "cities_association"):
        make_party(database, key=key, side="lsg")
    assert stage_acts(database, keeper.id) == len(read_acts())
    assert stage_acts(database, keeper.id) == 0
    with database.reading() as session:
        stages = {row.stage for row in act_rows(session)}
        assert list(altered_records(session)) == []
    assert stages == {stage.value for stage in Stage}


def test_what_is_ours_about_a_real_draft_is_marked_and_no_real_draft_is_published(database: Database) -> None:
    keeper = make_person(database, roles=frozenset({Role.SECRETARY}))
    for key in ("lsg_union", "cities_association"):
        make_party(database, key=key, side="lsg")
    stage_acts(database, keeper.id)
    real = 0
    with database.reading() as session:
        for row in act_rows(session):
            screened, illustrative = course(session, row.id).screened, row.draft().illustrative
            scope = "files" if texts(course(session, row.id)) else "course"
            assert [each.scope for each in publication_rows(session, row.id)] == [scope] * illustrative
            if screened is not None and not illustrative:
                reasons = [answer.reason for answer in screened.screening.answers.values()]
                assert all(reason.endswith("(шарттуу мисал)") for reason in reasons)
                real += 1
    assert real == 3


def test_the_made_up_expertise_is_of_a_made_up_draft_handed_in_and_answered_once(database: Database) -> None:
    keeper = make_person(database, roles=frozenset({Role.SECRETARY}))
    expert = make_person(database, login="analyst", roles=frozenset({Role.ANALYST}))
    for key in ("lsg_union", "cities_association"):
        make_party(database, key=key, side="lsg")
    stage_acts(database, keeper.id)
    made = stage_expertise(database, keeper.id, expert.id, expert.login)
    assert stage_expertise(database, keeper.id, expert.id, expert.login) == made
    with database.reading() as session:
        found = service.expertise(session, keeper.id, made)
        assert list(altered_records(session)) == []
    assert found.act.draft().illustrative
    assert read_expertise()["illustrative"]
    assert found.course.handed_in
    assert len(found.course.replies) == 1
    spent = review_of(read_expertise()).finding(Part.EXPENDITURE).by_year
    assert spent == {2027: Som(-21_180_000_000), 2028: Som(-19_620_000_000)}
