"""A sitting from log-in to its decisions, through pages alone, in Kyrgyz."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Party, Person, Role
from budgetproto.database import Database
from budgetproto.i18n.formatting import BISHKEK
from tests.factories import MINISTRY, UNION, make_party, make_person
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown


@dataclass(frozen=True)
class Cast:
    """Everybody of the journey, and the bodies two of them will speak for."""

    secretary: Person
    chair: Person
    minister: Person
    unionist: Person
    ministry: Party
    union: Party


@pytest.fixture
def cast(sqlite_database: Database, app: Flask) -> Cast:
    """Make people and bodies; everything else happens on pages."""
    make = make_person
    return Cast(
        secretary=make(sqlite_database, name="Айгүл Осмонова", roles=frozenset({Role.SECRETARY})),
        chair=make(sqlite_database, name="Эмил Токтошев", roles=frozenset({Role.CHAIR})),
        minister=make(sqlite_database, name="Бакыт Асанов"),
        unionist=make(sqlite_database, name="Өмүрбек Сатыбалдиев"),
        ministry=make_party(sqlite_database, side="government", name=MINISTRY),
        union=make_party(sqlite_database, side="lsg", name=UNION),
    )


def test_a_sitting_goes_from_log_in_to_its_decisions_on_pages_alone(visit: Visit, cast: Cast) -> None:
    secretary, chair = visit(cast.secretary), visit(cast.chair)
    minister, unionist = visit(cast.minister), visit(cast.unionist)
    assert said("sittings.none") in shown(minister.get("/"))

    sitting = prepared(secretary, cast)
    lines = [entered(secretary, sitting, title) for title in ("Дем берүүчү грант", "Мугалимдердин акысы")]
    sides = [(minister, cast.ministry), (unionist, cast.union)]
    settled(secretary, sitting, sides)
    done(secretary.send(f"{sitting}/collect"))

    filed(minister, lines, ["0", "100 000,0"])
    filed(unionist, lines, ["600 000,0", "300 000,0"])
    opened(secretary, sitting, sides)

    done(secretary.send(f"{sitting}/option"))
    option = shown(secretary.get(f"{sitting}/option"))
    assert f"{said('disputes.option.rate')} 62,5 %" in option
    assert "375 000,0" in option
    assert "225 000,0" in option

    done(secretary.send(f"{sitting}/session"))
    quorate(secretary, sitting)
    proposed(chair, lines[1])
    decided(secretary, lines)
    done(secretary.send(f"{sitting}/close"))

    page = shown(unionist.get(sitting))
    assert said("sittings.next.decided") in page
    assert said("proceedings.outcome.agreed") in page
    journal = shown(unionist.get(f"{sitting}/journal?verify=yes"))
    assert all(person.name in journal for person in (cast.secretary, cast.chair, cast.unionist))
    assert said("journal.broken") not in journal
    assert journal.count(said("journal.whole.what")) == 3


def done(answer: TestResponse) -> str:
    """Return where an act that succeeded leads to."""
    assert answer.status_code == 303, shown(answer)
    return answer.headers["Location"]


def prepared(secretary: Visitor, cast: Cast) -> str:
    """Enter a sitting, invite both sides, enter their mandates; return its address."""
    deadline = (datetime.now(UTC) + timedelta(days=2)).astimezone(BISHKEK)
    sitting = done(
        secretary.fill(
            "/sittings/new",
            number="1-2020",
            title_ky="2020-жылдын такталган бюджети",
            title_ru="Уточнённый бюджет 2020 года",
            budget_year="2020",
            place_ky="Бишкек шаары",
            deadline_day=deadline.date().isoformat(),
            deadline_time="18:00",
        )
    )
    for party, person in ((cast.ministry, cast.minister), (cast.union, cast.unionist)):
        done(secretary.fill(f"{sitting}/parties", party=party.id))
        mandate = {"capacity_ky": "өкүл", "paper_ky": "ишеним кат"}
        done(secretary.fill(f"{sitting}/mandates", login=person.login, party=party.id, **mandate))
    page = shown(secretary.get(sitting))
    assert "18:00" in page
    assert said("sittings.time_over") not in page
    return sitting


def entered(secretary: Visitor, sitting: str, title: str) -> str:
    """Enter a line about an amount; return its address."""
    form = secretary.get(f"{sitting}/lines/new?measure=amount")
    kind = re.search(r'<option value="(stimulating_grant)"', form.text)
    assert kind, "the catalogue of kinds is on the form"
    typed = {"title_ky": title, "kind": kind[1], "recurring": "no", "base_government": "100 000,0"}
    return done(secretary.fill(f"{sitting}/lines/new?measure=amount", **typed))


def settled(secretary: Visitor, sitting: str, sides: list[tuple[Visitor, Party]]) -> None:
    """Propose terms, have both sides acknowledge them, fix them."""
    source = {"name_ky_1": "Кошумча киреше", "amount_1": "500 000,0", "year_1": "2020", "illustrative_1": "y"}
    done(secretary.fill(f"{sitting}/terms", lsg_figure="lead", quantum="100", **source))
    for visitor, party in sides:
        assert "500 000,0" in shown(visitor.get(sitting))
        done(visitor.send(f"{sitting}/terms/acknowledge", party=party.id, number="1"))
    done(secretary.fill(f"{sitting}/terms/fix"))
    assert said("sittings.terms.fixed") in shown(secretary.get(sitting))


def filed(visitor: Visitor, lines: list[str], figures: list[str]) -> None:
    """File a position on each line and take the receipt of the last."""
    for line, figure in zip(lines, figures, strict=True):
        typed = {"figure": figure, "rationale_ky": "Долбоорлор даяр.", "vulnerable": "not_studied"}
        answer = visitor.fill(f"{line}/position", act="file", jump_confirmed="y", **typed)
        receipt = done(answer)
    assert said("disputes.receipt.commitment") in shown(visitor.get(receipt))
    file = visitor.get(receipt.replace("/receipt", "/receipt.json"))
    assert file.headers["Cache-Control"] == "no-store"
    assert json.loads(file.text)["version"] == 1


def opened(secretary: Visitor, sitting: str, sides: list[tuple[Visitor, Party]]) -> None:
    """Have both sides declare themselves final, then open."""
    for visitor, party in sides:
        assert f"{sitting}/open" not in secretary.get(sitting).text
        done(visitor.send(f"{sitting}/final", party=party.id, final="yes"))
    assert f"{sitting}/open" in secretary.get(sitting).text
    done(secretary.send(f"{sitting}/open"))
    page = shown(secretary.get(sitting))
    assert "+600 000,0" in page
    assert "+200 000,0" in page


def quorate(secretary: Visitor, sitting: str) -> None:
    """Enter the agenda, the delegates and six members, the least that is a quorum."""
    done(secretary.fill(f"{sitting}/agenda", title_ky="Бюджет аралык мамилелер"))
    done(secretary.send(f"{sitting}/attendance/delegates"))
    quorum = said("proceedings.quorum")
    missing, reached = said("proceedings.quorum.missing"), said("proceedings.quorum.reached")
    assert f"{quorum}: {missing}" in shown(secretary.get(f"{sitting}/attendance"))
    for number in range(1, 7):
        member = {"group": "member", "name": f"Мүчө {number}", "role_ky": "комитеттин мүчөсү"}
        done(secretary.fill(f"{sitting}/attendance/add", **member))
    assert f"{quorum}: {reached}" in shown(secretary.get(f"{sitting}/attendance"))


def proposed(chair: Visitor, line: str) -> None:
    """Propose another figure than the computed one, with a reason."""
    typed = {"figure": "250 000,0", "reason_ky": "Мектептер кышка чейин бүтүшү керек."}
    assert chair.fill(f"{line}/proposal", **{**typed, "reason_ky": ""}).status_code == 422
    done(chair.fill(f"{line}/proposal", **typed))


def decided(secretary: Visitor, lines: list[str]) -> None:
    """Record a decision on each line; the form starts with the proposed figure, else the computed one."""
    votes = {"votes_for": "5", "votes_against": "1", "votes_abstained": "0"}
    for line, figure in zip(lines, ("375 000,0", "250 000,0"), strict=True):
        assert f'value="{figure}"' in secretary.get(f"{line}/decision").text
        done(secretary.fill(f"{line}/decision", outcome="agreed", **votes))
    columns = shown(secretary.get(lines[1]))
    unit = said("money.unit.thousand_soms")
    assert f"225 000,0 {unit} 250 000,0 {unit} 250 000,0 {unit}" in columns
