"""What can be compared, by whoever may read it: sittings, years, versions of an option, on both databases."""

from dataclasses import replace

import pytest

from budgetproto.accounts.domain import Person
from budgetproto.analysis.choice import Choice
from budgetproto.analysis.compared import Comparison, Sides, sides_of
from budgetproto.analysis.joining import joined
from budgetproto.analysis.scope import scope_of
from budgetproto.database import Database
from budgetproto.disputes.lines.lineage_storage import made_from
from budgetproto.disputes.storage import lines
from budgetproto.proceedings import cloning
from tests.factories import Scene
from tests.sessions import opened
from tests.stated import new_sitting


@pytest.fixture
def scene(database: Database) -> Scene:
    """Open a sitting on two questions and publish its option twice."""
    return opened(database, versions=2)


def sides(scene: Scene, person: Person) -> Sides:
    with scene.database.reading() as session:
        return sides_of(session, scope_of(session, person))


def test_both_versions_of_an_option_stand_beside_the_sitting_and_its_year(scene: Scene) -> None:
    found, key = sides(scene, scene.unionist), scene.sitting
    years = [name for name in found.names if name.startswith("year-")]
    assert list(found.names) == [f"sitting-{key}", *years, f"option-{key}-1", f"option-{key}-2"]
    compared = Comparison(found, f"option-{key}-1", f"option-{key}-2", "computed", Choice(), "ky")
    assert [pair.state for pair in compared.every] == ["same", "same"]
    assert compared.sums.before == compared.sums.after
    assert compared.sums.before.tyiyn > 0


def test_whoever_is_no_party_has_nothing_to_compare(scene: Scene) -> None:
    found = sides(scene, scene.outsider)
    assert (dict(found.names), found.scope.entries, found.scope.readable) == ({}, (), ())


def test_the_questions_of_next_year_are_joined_with_those_they_were_made_from(scene: Scene) -> None:
    new = new_sitting(number="2021-1")
    chosen = set(scene.lines)
    later = cloning.clone_sitting(scene.database, scene.secretary.id, scene.sitting, new, chosen)
    with scene.database.reading() as session:
        descent = made_from(session)
        made = [line.id for line in lines(session, later)]
    before = sides(scene, scene.secretary).scope.entries
    after = [replace(entry, id=line, kind="") for entry, line in zip(before, made, strict=True)]
    assert descent == dict(zip(made, scene.lines, strict=True))
    pairs = joined(before, after, descent, "lsg")
    assert [(pair.before, pair.after) for pair in pairs] == list(zip(before, after, strict=True))
