"""The pages after a sitting: who sees to a question and what became of it, as people see and send them."""

from datetime import date
from typing import Any

import pytest

from budgetproto.analysis.shapes import entry_written
from budgetproto.analysis.table import table_of
from budgetproto.disputes import storage
from budgetproto.i18n import LANGUAGES, text
from budgetproto.proceedings.following import overview, service
from budgetproto.proceedings.following.domain import Appearance
from budgetproto.protocol import service as protocol
from budgetproto.reporting.follow_up import report
from tests.journeys.visitor import shown, started
from tests.staged import Staged


def first(staged: Staged, login: str = "secretary") -> str:
    """Return the address of the first question of the finished sitting."""
    with staged.database.reading() as session:
        return f"/lines/{storage.lines(session, staged.finished)[0].id}"


def test_the_card_tells_who_sees_to_it_in_each_language(staged: Staged) -> None:
    for language in LANGUAGES:
        page = shown(staged.visitor("union", language).get(first(staged)))
        assert text("following.title", language) in page
        assert text("following.duty.overdue", language) in page


def test_the_desk_of_the_ministry_has_what_it_sees_to_and_no_other_desk_has(staged: Staged) -> None:
    assert text("following.desk", "en") in shown(staged.visitor("ministry").get("/desk"))
    for login in ("union", "cities"):
        assert text("following.desk", "en") not in shown(staged.visitor(login).get("/desk"))


def test_the_secretary_names_another_owner_and_gives_the_reason(staged: Staged) -> None:
    visitor, address = staged.visitor("secretary"), f"{first(staged)}/assignment"
    page = shown(visitor.get(address))
    assert "Ministry of Finance" in page
    values = {
        "owner_ky": "Эсеп палатасы",
        "owner_ru": "Счётная палата",
        "due": "2027-02-01",
        "reading": "1",
        "party": "",
        "seen": "1",
    }
    refused = visitor.send(address, **values)
    assert refused.status_code == 422
    assert text("following.correction_unexplained", "en") in shown(refused)
    assert "Счётная палата" in refused.get_data(as_text=True)
    assert visitor.send(address, **values, reason="Катачылык").status_code == 303
    assert "Эсеп палатасы" in shown(staged.visitor("union", "ky").get(first(staged)))


def test_a_first_owner_and_a_first_figure_are_entered_without_a_reason(staged: Staged) -> None:
    with staged.database.reading() as session:
        line = storage.lines(session, staged.finished)[3].id
    visitor = staged.visitor("secretary")
    assert "reason" not in started(visitor.get(f"/lines/{line}/assignment"))
    typed = {"owner_ky": "Казына", "due": "2027-02-01"}
    assert visitor.fill(f"/lines/{line}/assignment", **typed).status_code == 303
    law = {"kind": "adopted", "figure": "52", "source": "Мыйзам", "on": "2020-07-10"}
    assert visitor.fill(f"/lines/{line}/follow-up", **law).status_code == 303
    page = shown(visitor.get(f"/lines/{line}"))
    assert "Казына" in page
    assert text("following.duty.kept", "en") in page


def test_the_analyst_is_offered_the_treasurys_figure_alone(staged: Staged) -> None:
    visitor, address = staged.visitor("analyst"), f"{first(staged)}/follow-up"
    page = visitor.get(address).get_data(as_text=True)
    assert 'value="executed"' in page
    assert 'value="adopted"' not in page
    assert visitor.get(f"{first(staged)}/assignment").status_code == 403


def test_a_form_sent_after_somebody_elses_shows_both(staged: Staged) -> None:
    address = f"{first(staged)}/assignment"
    values = {"owner_ky": "Казына", "due": "2027-02-01", "reading": "", "party": "", "reason": "Жаңы"}
    answer = staged.visitor("secretary").send(address, **values, seen="0")
    assert answer.status_code == 409
    page = shown(answer)
    assert "Казына" in page
    assert "Финансы министрлиги" in page


def test_the_secretary_enters_at_which_reading_it_appeared_and_everybody_reads_it(staged: Staged) -> None:
    secretary, address = staged.visitor("secretary"), f"{first(staged)}/reading"
    assert staged.visitor("analyst").get(address).status_code == 403
    assert text("following.read.overdue", "en") in shown(secretary.get(first(staged)))
    assert "reason" not in started(secretary.get(address))
    refused = secretary.fill(address, reading="3", on="2999-07-01", source="Record, page 12")
    assert refused.status_code == 422
    assert "Record, page 12" in refused.text
    assert text("following.told.reading", "en") not in shown(refused)
    assert secretary.fill(address, reading="3", on="2020-07-01", source="Record, page 12").status_code == 303
    for language in LANGUAGES:
        reader = staged.visitor("union", language)
        for page in (first(staged), f"/sittings/{staged.finished}/promises", "/promises"):
            told = shown(reader.get(page))
            assert text("following.read.later", language) in told
            assert "Record, page 12" in told
    late = secretary.fill_stale(secretary.get(address), address, reading="0", on="2020-07-02", source="Table")
    assert late.status_code == 422
    assert text("following.correction_unexplained", "en") in shown(late)
    typed = {"reading": "0", "on": "2020-07-02", "source": "Table", "reason": "Not in the text"}
    assert secretary.fill(address, **typed).status_code == 303
    assert text("following.read.not_there", "en") in shown(secretary.get(first(staged)))
    assert shown(secretary.get(address)).count("Record, page 12") == 1


def test_once_issued_the_desks_say_in_which_sitting_an_owner_or_a_reading_is_not_named(
    staged: Staged,
) -> None:
    page = f"/sittings/{staged.finished}/promises"
    assert text("reporting.follow_up.not_issued", "en") in shown(staged.visitor("union").get(page))
    assert text("following.desk.left_open", "en") not in shown(staged.visitor("union").get("/desk"))
    protocol.issue(staged.database, staged.person("secretary").id, staged.finished)
    assert text("reporting.follow_up.open_duties", "en") in shown(staged.visitor("union").get(page))
    for login, desk in (("union", "/desk"), ("ministry", "/desk"), ("secretary", "/desk/secretary")):
        told = staged.visitor(login).get(desk)
        assert text("following.desk.left_open", "en") in shown(told), login
        assert page in told.text


def test_the_desk_and_the_overview_count_the_same(staged: Staged) -> None:
    protocol.issue(staged.database, staged.person("secretary").id, staged.finished)
    with staged.database.reading() as session:
        (left,) = overview.left_open(session, staged.person("secretary").id)
        found = report(session, staged.person("secretary").id, staged.finished)
    assert left.unowned == found.counted("nobody") > 0
    assert left.overdue == found.read("overdue") > 0
    assert left.unowned + left.unread == found.read("unnamed")


@pytest.mark.parametrize("reading", [3, None])
def test_programs_are_told_at_which_reading_it_appeared_or_that_it_did_not(
    staged: Staged, reading: int | None
) -> None:
    def told() -> dict[int, Any]:
        with staged.database.reading() as session:
            entries = table_of(session, staged.person("analyst").id, staged.finished).entries
            return {each.line.number: entry_written(each)["appeared"] for each in entries}

    assert set(told().values()) == {None}
    with staged.database.reading() as session:
        line = storage.lines(session, staged.finished)[0]
    read = Appearance(reading, date(2020, 7, 1), "Record, page 12")
    service.enter_reading(staged.database, staged.person("secretary").id, line.id, read)
    found = told()
    assert found.pop(line.number) == {"reading": reading, "on": "2020-07-01", "source": "Record, page 12"}
    assert set(found.values()) == {None}
