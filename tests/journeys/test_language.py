"""The language switch changes the words and nothing else."""

import pytest

from budgetproto.i18n import LANGUAGES
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown


def test_pages_are_kyrgyz_until_somebody_chooses(visit: Visit, scene: Scene) -> None:
    page = visit(scene.unionist).get("/")
    assert '<html lang="ky"' in page.text
    assert said("sittings.title") in shown(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_keeps_the_page_with_its_query(visit: Visit, scene: Scene, language: str) -> None:
    unionist = visit(scene.unionist)
    here = f"/lines/{scene.lines[0]}/position?party={scene.union.id}"
    answer = unionist.client.post("/language", data={"language": language, "next": here})
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    page = unionist.get(here)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


def test_every_page_of_a_sitting_offers_its_own_address_to_the_switch(visit: Visit, scene: Scene) -> None:
    here = f"/sittings/{scene.sitting}/journal?verify=yes"
    assert f'name="next" value="{here}"' in visit(scene.unionist).get(here).text
