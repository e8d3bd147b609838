"""Long pages come in parts: the journal, the desk of a delegate."""

import re

import pytest

from budgetproto.database import Database
from budgetproto.disputes.journal.chronicle import SHOWN
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.journal import party_chain, sitting_chain
from budgetproto.journal.storage import ACCESS, head
from tests.factories import Scene, file, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown
from tests.remembered import remembered

LINES = 70


@pytest.fixture
def long(sqlite_database: Database, seal_key: SealKey, catalogue: None) -> Scene:
    return filed_on_many(sqlite_database, key=seal_key)


@remembered
def filed_on_many(database: Database, *, key: SealKey) -> Scene:
    """Let the union file on many lines of a sitting."""
    scene = make_scene(database, key=key, lines=LINES)
    for place in range(SHOWN + 5):
        file(scene, scene.union, line=place)
    return scene


def length(scene: Scene, chain: str) -> int:
    with scene.database.reading() as session:
        return head(session, chain).length


def walked(visitor: Visitor, address: str) -> list[int]:
    """Return the numbers of the entries on all pages, from the first on, by the links between them."""
    numbers: list[int] = []
    seen = set()
    while address:
        assert address not in seen
        seen.add(address)
        page = visitor.get(address).text
        numbers += map(int, re.findall(r'<td class="bp-figure" data-label="№">(\d+)</td>', page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    return numbers


def test_every_entry_of_a_chain_stands_on_one_page_the_newest_first(visit: Visit, long: Scene) -> None:
    address = f"/sittings/{long.sitting}/journal"
    for chain, asked in (
        (sitting_chain(long.sitting), ""),
        (party_chain(long.sitting, long.union.id), f"?chain=party-{long.union.id}&verify=yes"),
    ):
        entries = length(long, chain)
        assert walked(visit(long.unionist), address + asked) == list(range(entries, 0, -1))
    assert entries > SHOWN


def test_the_access_chain_is_read_to_its_beginning(visit: Visit, long: Scene) -> None:
    visitor = visit(long.secretary)
    for _ in range(SHOWN + 5):
        visit(long.outsider)
    numbers = walked(visitor, "/journal/access")
    assert len(numbers) > SHOWN
    assert numbers == list(range(length(long, ACCESS), 0, -1))


def test_on_every_page_all_chains_are_told_whole(visit: Visit, long: Scene) -> None:
    address = f"/sittings/{long.sitting}/journal?verify=yes&chain=party-{long.union.id}&page=2"
    page = shown(visit(long.unionist).get(address))
    assert page.count(said("journal.whole.what")) == 2
    assert said("journal.records_whole") in page
    for chain in (sitting_chain(long.sitting), party_chain(long.sitting, long.union.id)):
        assert said("journal.length", length=length(long, chain)) in page


@pytest.mark.parametrize("asked", ["page=0", "page=9", "page=x", "chain=party-x", "chain=inner-{union}"])
def test_a_page_or_a_chain_there_is_not_is_unknown(visit: Visit, long: Scene, asked: str) -> None:
    address = f"/sittings/{long.sitting}/journal?{asked.format(union=long.union.id)}"
    assert visit(long.unionist).get(address).status_code == 404


def test_another_partys_sealed_chain_is_as_unknown_as_one_that_does_not_exist(
    visit: Visit, long: Scene
) -> None:
    other = visit(long.minister)
    pages = [
        other.get(f"/sittings/{long.sitting}/journal?chain=party-{key}")
        for key in (long.union.id, "a" * len(long.union.id))
    ]
    assert [page.status_code for page in pages] == [404, 404]
    assert (
        len({re.sub(r'value="[^"]*"', "", page.text.replace(long.union.id, "a" * 26)) for page in pages}) == 1
    )


def test_a_desk_of_many_questions_shows_each_of_them_once(visit: Visit, long: Scene) -> None:
    visitor = visit(long.unionist)
    found: list[int] = []
    for number in (1, 2, 3):
        page = visitor.get(f"/desk?page={number}").text
        found += map(int, re.findall(r'<th scope="row"><a [^>]*>№ (\d+)\. ', page))
    assert found == list(range(1, LINES + 1))
    assert visitor.get("/desk?page=4").status_code == 404
    assert visitor.get("/desk?only=missing&page=2").status_code == 404


def test_a_desk_with_nothing_left_to_file_still_tells_its_party(visit: Visit, scene: Scene) -> None:
    for place in (0, 1):
        file(scene, scene.union, line=place)
    page = visit(scene.unionist).get("/desk?only=missing").text
    assert f"/sittings/{scene.sitting}" in page
    assert said("disputes.desk.nothing_missing") in page
