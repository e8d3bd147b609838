"""Pages of long lists: everything once, in order, on both engines, whatever is added meanwhile."""

from dataclasses import replace

from budgetproto.database import Database
from budgetproto.transfers.list_storage import territories_behind, transfers_behind
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_kinds, put_territories, put_transfers


def test_territories_come_page_by_page_by_level_and_code(database: Database) -> None:
    upper = [each for each in read_reference().territories if each.level <= 2]
    found: list[str] = []
    after: tuple[str | int, ...] | None = None
    with database.writing() as session:
        put_territories(session, upper)
        while page := territories_behind(session, after, limit=7):
            found += [each.soate for each in page]
            after = (page[-1].level, page[-1].soate)
            if len(found) == 7:  # one before the cursor and one behind it
                new = replace(upper[0], level=1, parent=None)
                put_territories(
                    session, [replace(new, soate="0" * 14), replace(new, level=2, soate="9" * 14)]
                )
    expected = [each.soate for each in sorted(upper, key=lambda each: (each.level, each.soate))]
    assert found == [*expected, "9" * 14]


def test_conditions_hold_together(database: Database) -> None:
    reference = read_reference()
    with database.writing() as session:
        put_territories(session, reference.territories)
        put_kinds(session, reference.kinds)
        put_transfers(session, reference.transfers)
        some = next(each for each in reference.transfers if each.territory and each.kind and each.counted)
        found = transfers_behind(
            session,
            None,
            limit=500,
            territory=some.territory,
            kind=some.kind,
            since=some.period.start,
            counted=True,
        )
        behind = transfers_behind(session, found[0].key, limit=500, territory=some.territory, kind=some.kind)
        assert territories_behind(session, None, limit=9, words="жок мындай", self_governing=False) == []
    assert some in found
    assert {(each.territory, each.kind) for each in found} == {(some.territory, some.kind)}
    assert [each.key for each in found] == sorted(each.key for each in found)
    assert found[0] not in behind
