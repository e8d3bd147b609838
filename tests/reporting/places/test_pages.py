"""The public pages by place: what the switch lets out and nothing else, the same for everybody."""

import csv
import io
import re
from datetime import date
from itertools import product
from typing import Literal

import pytest
import sqlalchemy as sa

from budgetproto.disputes import storage
from budgetproto.i18n import LANGUAGES, NO_NAME, Language
from budgetproto.money import Som
from budgetproto.proceedings.following import service as following
from budgetproto.proceedings.following.domain import Appearance, FollowUp
from budgetproto.protocol import service
from budgetproto.reporting.places.domain import STEPS
from budgetproto.transfers.domain import Change
from budgetproto.transfers.storage import names_of, replace_changes
from tests.journeys.visitor import said, shown
from tests.protocol.archival import verdicts
from tests.protocol.reading import plain_text
from tests.protocol.test_publication import anybody, publish, told
from tests.staged import Staged

BISHKEK = "41711000000000"
PAGE = f"/places/{BISHKEK}"
FILES = (f"{PAGE}.csv", *(f"{PAGE}/{language}.pdf" for language in LANGUAGES))
#: What the sitting of 2020 has about Bishkek.
LOAN = "744"


@pytest.fixture
def issued(staged: Staged) -> Staged:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    return staged


def texts(staged: Staged) -> list[str]:
    client = anybody(staged)
    return [shown(client.get(PAGE)), client.get(FILES[0]).text, plain_text(client.get(FILES[1]).data)]


def test_before_publication_a_place_with_a_question_is_told_as_one_without(issued: Staged) -> None:
    client = anybody(issued)
    without = "41721000000000"
    (_, here, _), (_, there, _) = (told(client.get(f"/places/{soate}")) for soate in (BISHKEK, without))
    with issued.database.reading() as session:
        names = names_of(session, (BISHKEK, without))
    bare = [page.replace(names[soate].text("en"), "") for soate, page in ((BISHKEK, here), (without, there))]
    assert bare[0] == bare[1]
    assert all(LOAN not in each for each in texts(issued))
    assert said("places.protocols", "en", protocols=0) in shown(client.get("/places"))


@pytest.mark.parametrize("scope", ["nothing", "totals"])
def test_without_the_whole_protocol_no_figure_of_a_place_is_told(
    issued: Staged, scope: Literal["nothing", "totals"]
) -> None:
    publish(issued, scope)
    page, table, paper = texts(issued)
    for each in (page, table, paper):
        assert LOAN not in each
        assert "teachers" not in each.lower()
    assert (said("places.in_totals", "en", numbers="2020-1") in page) == (scope == "totals")
    assert said("places.none", "en") in page


def test_a_day_before_the_day_of_publication_nothing_is_there(issued: Staged) -> None:
    publish(issued, "all", days=1)
    assert all(LOAN not in each for each in texts(issued))


def test_what_is_public_in_all_is_told_on_page_sheet_and_file(issued: Staged) -> None:
    publish(issued, "all")
    for each in texts(issued):
        assert LOAN in each
    assert said("places.what.recommended", "en") in shown(anybody(issued).get(PAGE))
    rows = list(csv.DictReader(io.StringIO(anybody(issued).get(FILES[0]).data.decode("utf-8-sig"))))
    assert [row["SOATE code"] for row in rows if row["SOATE code"] == BISHKEK] == [BISHKEK]


def test_withdrawn_again_it_is_gone_at_once(issued: Staged) -> None:
    publish(issued, "all")
    client = anybody(issued)
    before = client.get(PAGE)
    publish(issued, "nothing")
    again = client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 200
    assert LOAN not in shown(again)


def test_what_became_of_it_is_told_with_its_source_and_without_a_persons_name(issued: Staged) -> None:
    publish(issued, "all")
    with issued.database.reading() as session:
        line = next(
            each for each in storage.lines(session, issued.finished) if each.text.territory == BISHKEK
        )
    chair = issued.person("chair").name
    entered = FollowUp(
        "executed", Som(70_000_000_000), None, date(2021, 1, 20), f"Treasury, told by {chair}", NO_NAME
    )
    following.enter_follow_up(issued.database, issued.person("analyst").id, line.id, entered)
    read = Appearance(2, date(2020, 7, 1), f"Second reading, told by {chair}")
    following.enter_reading(issued.database, issued.person("secretary").id, line.id, read)
    assert said("places.appeared", "en", reading=2, source="@", on=read.on).split("@")[0] in texts(issued)[0]
    for each in texts(issued):
        assert "Second reading" in each
        assert "Treasury" in each
        assert chair not in each
        assert "700" in each


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_for_archives_and_the_same_each_time(issued: Staged, language: Language) -> None:
    publish(issued, "all")
    client = anybody(issued)
    first, second = (client.get(f"{PAGE}/{language}.pdf").data for _ in range(2))
    assert first == second
    words = plain_text(first)
    for step in STEPS:
        assert said(f"places.column.{step}", language).split()[0] in words
    assert said("places.what.recommended", language) in words


@pytest.mark.verapdf
def test_the_sheet_passes_the_checker_of_archives(issued: Staged) -> None:
    publish(issued, "all")
    files: dict[str, bytes] = {code: anybody(issued).get(f"{PAGE}/{code}.pdf").data for code in LANGUAGES}
    found = verdicts(files)
    assert found == dict.fromkeys(product(files, ("2a", "ua1")), "")


def test_answers_are_the_same_for_everybody(issued: Staged) -> None:
    publish(issued, "all")
    stranger, reader = anybody(issued), issued.visitor("union")
    assert shown(stranger.get(PAGE)) == shown(reader.get(PAGE))
    for path in FILES:
        assert stranger.get(path).data == reader.get(path).data


@pytest.mark.parametrize("path", ["/places/0", "/places/0.csv", "/places/0/ky.pdf", f"{PAGE}/de.pdf"])
def test_a_code_or_language_that_is_none_is_unknown(issued: Staged, path: str) -> None:
    assert anybody(issued).get(path).status_code == 404


def test_no_village_has_a_page(issued: Staged) -> None:
    with issued.database.reading() as session:
        statement = sa.text("SELECT soate FROM transfers_territory WHERE kind = 'village' LIMIT 1")
        village = session.connection().execute(statement).scalar_one()
    assert anybody(issued).get(f"/places/{village}").status_code == 404


def test_questions_about_a_unit_that_was_joined_stand_on_the_page_of_the_new_one_in_no_sum(
    issued: Staged,
) -> None:
    publish(issued, "all")
    osh = "41721000000000"
    with issued.database.writing() as session:
        replace_changes(session, [Change(BISHKEK, "merged", "law", date(2024, 5, 1), successor=osh)])
        names = names_of(session, (BISHKEK, osh))
    client = anybody(issued)
    new = client.get(f"/places/{osh}")
    assert said("places.former", "en") in shown(new)
    assert f'href="{PAGE}"' in new.text
    assert said("places.none", "en") in shown(new)
    assert LOAN in shown(new)
    assert f'href="/places/{osh}"' in client.get(PAGE).text
    rows = list(csv.DictReader(io.StringIO(client.get(f"/places/{osh}.csv").data.decode("utf-8-sig"))))
    assert {row["SOATE code"] for row in rows} >= {BISHKEK}
    paper = plain_text(client.get(f"/places/{osh}/en.pdf").data)
    assert names[BISHKEK].text("en") in paper
    assert LOAN in paper


def test_the_index_leads_into_an_oblast_without_saying_twice_what_it_shows(issued: Staged) -> None:
    page = anybody(issued).get("/places").text
    link = re.search(r'href="/places\?within=41702000000000">([^<]+)<span', page)
    assert link is not None
    assert link[1] == "Show"
    assert 'data-label="What lies in it"' in page


def test_the_index_finds_places_and_counts_published_questions_only(issued: Staged) -> None:
    client = anybody(issued)
    assert BISHKEK in client.get("/places?words=Bishkek").text
    counted = re.compile(rf"{BISHKEK}.*?bp-figure[^>]*>(\d+)<", re.DOTALL)
    before = counted.search(client.get("/places").text)
    publish(issued, "all")
    after = counted.search(client.get("/places").text)
    assert before is not None
    assert after is not None
    assert (before[1], after[1]) == ("0", "1")
    assert "41702205000000" in client.get("/places?within=41702000000000").text
