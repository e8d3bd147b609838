"""An expertise over HTTP: asked for, interests declared, written, handed in, printed, answered."""

from dataclasses import dataclass

import pytest

from budgetproto.accounts.domain import Person
from budgetproto.coordination.expertise import domain as d
from budgetproto.database import Database
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import Language
from budgetproto.sittings.domain import Stage
from tests.coordination.held import make_register
from tests.factories import Scene, make_person, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.protocol.reading import plain_text


@dataclass(frozen=True)
class Asked:
    """A draft, the expert who is asked, and the address of the expertise."""

    scene: Scene
    act: str
    expert: Person
    address: str


@pytest.fixture
def scene(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Make a sitting in preparation."""
    return make_scene(sqlite_database, key=seal_key, lines=1, terms=False, stage=Stage.PREPARING)


@pytest.fixture
def asked(scene: Scene, visit: Visit) -> Asked:
    """Let the union ask for an expertise on the page of the draft."""
    act, expert = make_register(scene).act, make_person(scene.database, login="adis", name="Адис Экспертов")
    visitor = visit(scene.unionist)
    assert f"/acts/{act}/expertise" in visitor.get(f"/acts/{act}").text
    typed = {"party": scene.union.id, "task": "Кирешеге таасири", "experts": "adis"}
    answer = visitor.fill(f"/acts/{act}/expertise", **typed)
    assert answer.status_code == 303, shown(answer)
    return Asked(scene, act, expert, answer.headers["Location"])


WRITTEN = {
    **{f"text_{part.value}": f"Жазылды: {part.value}" for part in d.Part},
    "touched_revenue": "yes",
    "touched_expenditure": "yes",
    "unknown_expenditure": "Штат белгисиз",
    "kind_1": "revenue",
    "year_1": "2027",
    "amount_1": "-1 234,5",
    "what_1": "Киреше салыгы",
    "verdict": "conditions",
    "conclusion": "Орду толтурулса",
}


def handed_in(visit: Visit, asked: Asked) -> None:
    expert = visit(asked.expert)
    expert.fill(f"{asked.address}/interests", none="none")
    assert expert.fill(f"{asked.address}/write", **WRITTEN).status_code == 303
    assert expert.fill(f"{asked.address}/hand-in", sure="y").status_code == 303


def test_the_expert_finds_his_task_writes_and_hands_in(visit: Visit, asked: Asked) -> None:
    expert = visit(asked.expert)
    assert asked.address in expert.get("/expertise").text
    refused = expert.get(f"{asked.address}/write")
    assert refused.status_code == 422
    assert said("expertise.interests_first") in shown(refused)
    expert.fill(f"{asked.address}/interests", none="some", interests="Союздун кеңешчиси")
    answer = expert.fill(f"{asked.address}/write", **WRITTEN)
    assert answer.status_code == 303, shown(answer)
    page = shown(expert.get(asked.address))
    assert "1 234,5" in page.replace("\u00a0", " ")
    assert said("expertise.inside") in page
    assert expert.fill(f"{asked.address}/hand-in", sure="y").status_code == 303
    assert said("expertise.inside") not in shown(expert.get(asked.address))


def test_nobody_of_the_other_side_finds_it_before_it_is_handed_in(visit: Visit, asked: Asked) -> None:
    scene = asked.scene
    for person in (scene.minister, scene.chair, scene.secretary, scene.mayor):
        visitor = visit(person)
        assert visitor.get(asked.address).status_code == 404
        assert asked.address not in visitor.get(f"/acts/{asked.act}").text
        assert said("expertise.title") not in shown(visitor.get(f"/acts/{asked.act}/journal"))
    handed_in(visit, asked)
    for person in (scene.minister, scene.chair, scene.secretary, scene.mayor):
        visitor = visit(person)
        assert "Орду толтурулса" in shown(visitor.get(asked.address))
        assert asked.address in visitor.get(f"/acts/{asked.act}").text
        assert said("expertise.step.handedin") in shown(visitor.get(f"/acts/{asked.act}/journal"))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_sheet_has_what_was_handed_in_and_the_reply(visit: Visit, asked: Asked, language: str) -> None:
    expert, minister = visit(asked.expert), visit(asked.scene.minister)
    assert expert.get(f"{asked.address}/{language}.pdf").status_code == 404
    handed_in(visit, asked)
    typed = {"stance": "partly", "reply": "Эсебиңизге макулбуз"}
    assert minister.fill(f"{asked.address}/reply", **typed).status_code == 303
    later = {**WRITTEN, "conclusion": "Тапшырылбаган сөз"}
    expert.fill(f"{asked.address}/write", **later)
    file = expert.get(f"{asked.address}/{language}.pdf")
    assert file.mimetype == "application/pdf"
    paper = " ".join(plain_text(file.data).split())
    for words in ("Адис Экспертов", "1 234,5" if language != "en" else "1,234.5", "Орду толтурулса"):
        assert words in paper.replace("\u00a0", " ")
    assert "Эсебиңизге макулбуз" in paper
    assert "Тапшырылбаган сөз" not in paper
    assert file.data == minister.get(f"{asked.address}/{language}.pdf").data


def test_who_commissioned_it_withdraws_it_and_everybody_reads_why(visit: Visit, asked: Asked) -> None:
    union, expert, minister = (
        visit(each) for each in (asked.scene.unionist, asked.expert, asked.scene.minister)
    )
    handed_in(visit, asked)
    refused = union.fill(f"{asked.address}/withdraw", reason=" ")
    assert refused.status_code == 422
    assert expert.get(f"{asked.address}/withdraw").status_code == 403
    writing = expert.get(f"{asked.address}/write")
    assert union.fill(f"{asked.address}/withdraw", reason="Долбоор өзгөрдү").status_code == 303
    for visitor in (union, expert, minister):
        page = visitor.get(asked.address)
        assert "Долбоор өзгөрдү" in page.text
        assert "bp-deeds" not in page.text
    assert said("expertise.verdict.conditions") not in shown(minister.get(f"/acts/{asked.act}"))
    assert said("expertise.state.withdrawn") in shown(minister.get(f"/acts/{asked.act}"))
    stale = expert.fill_stale(writing, f"{asked.address}/write", **{**WRITTEN, "conclusion": "Кеч калган"})
    assert stale.status_code == 409
    assert "Кеч калган" in stale.text
    assert said("expertise.is_withdrawn") in shown(stale)
    for visitor, form in ((expert, "write"), (expert, "interests"), (minister, "reply"), (union, "withdraw")):
        answer = visitor.get(f"{asked.address}/{form}")
        assert answer.status_code == 422
        assert said("expertise.is_withdrawn") in shown(answer)


def test_a_withdrawn_expertise_that_was_not_handed_in_promises_no_version_to_come(
    visit: Visit, asked: Asked
) -> None:
    union = visit(asked.scene.unionist)
    assert said("expertise.inside") in shown(union.get(asked.address))
    union.fill(f"{asked.address}/withdraw", reason="Долбоор өзгөрдү")
    page = shown(union.get(asked.address))
    assert said("expertise.inside") not in page
    assert said("expertise.interests.awaited") not in page
    assert visit(asked.scene.minister).get(asked.address).status_code == 404


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_sheet_of_a_withdrawn_expertise_says_so_first(
    visit: Visit, asked: Asked, language: Language
) -> None:
    handed_in(visit, asked)
    visit(asked.scene.unionist).fill(f"{asked.address}/withdraw", reason="Долбоор өзгөрдү")
    paper = " ".join(
        plain_text(visit(asked.scene.minister).get(f"{asked.address}/{language}.pdf").data).split()
    )
    assert said("expertise.withdrawn_on", language, day="").rstrip(" .") in paper
    assert paper.index("Долбоор өзгөрдү") < paper.index("Орду толтурулса")


def test_an_amount_without_its_year_is_asked_for_and_nothing_is_lost(visit: Visit, asked: Asked) -> None:
    expert = visit(asked.expert)
    expert.fill(f"{asked.address}/interests", none="none")
    answer = expert.fill(f"{asked.address}/write", **{**WRITTEN, "year_1": ""})
    assert answer.status_code == 422
    assert "Орду толтурулса" in answer.text
    more = expert.fill(f"{asked.address}/write", **WRITTEN, act="rows")
    assert 'name="amount_2"' in more.text
    assert "Киреше салыгы" in more.text
    unread = expert.fill(f"{asked.address}/write", **{**WRITTEN, "amount_1": "1,234"})
    assert unread.status_code == 422


def test_what_somebody_wrote_meanwhile_is_told_and_the_form_stays_filled(visit: Visit, asked: Asked) -> None:
    expert = visit(asked.expert)
    expert.fill(f"{asked.address}/interests", none="none")
    page = expert.get(f"{asked.address}/write")
    expert.fill(f"{asked.address}/write", **WRITTEN)
    stale = expert.fill_stale(page, f"{asked.address}/write", **{**WRITTEN, "conclusion": "Кеч калган"})
    assert stale.status_code == 409
    assert "Кеч калган" in stale.text
    assert said("expertise.moved") in shown(stale)


def test_an_unknown_expert_is_refused_beside_the_field(visit: Visit, asked: Asked) -> None:
    visitor = visit(asked.scene.unionist)
    answer = visitor.fill(f"{asked.address}/expert", expert="nobody")
    assert answer.status_code == 422
    assert said("expertise.no_such_expert", login="nobody") in shown(answer)
