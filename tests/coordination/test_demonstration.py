"""The drafts of the demonstration: sourced or marked made up, in every state, entered by the rules."""

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.coordination.course import Stage
from budgetproto.coordination.storage import act_rows
from budgetproto.database import Database
from budgetproto.demonstration.acts import draft_of, read_acts, stage_acts
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
