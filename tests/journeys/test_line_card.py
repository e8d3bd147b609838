"""The card of a line: known figures and the history before the sitting, entered and read without script."""

import pytest

from budgetproto.sittings.domain import Stage
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown, started

_TALKS = {
    "history_kind_1": "talks",
    "history_on_1": "2020-05-06",
    "history_by_1": "both",
    "history_text_ky_1": "Жумушчу топто талкууланды",
}


@pytest.fixture
def preparing(scene: Scene) -> Scene:
    return make_scene(scene.database, key=scene.key, stage=Stage.PREPARING, terms=False)


@pytest.fixture
def secretary(visit: Visit, preparing: Scene) -> Visitor:
    return visit(preparing.secretary, language="ky")


def test_a_line_on_which_nothing_was_tried_says_so(secretary: Visitor, preparing: Scene) -> None:
    assert said("disputes.history.none") in shown(secretary.get(f"/lines/{preparing.lines[0]}"))


def test_last_year_stands_on_the_card_with_source_and_date(secretary: Visitor, preparing: Scene) -> None:
    line = f"/lines/{preparing.lines[0]}"
    typed = {"approved_last_year": "599 699,5", "approved_last_year_source": "24K-125316"}
    typed |= {"approved_last_year_as_of": "2019-12-31", "executed": "347 538,5"}
    assert secretary.fill(f"{line}/edit", **typed).status_code == 303
    card = shown(secretary.get(line))
    for figure in ("599 699,5", "24K-125316", "2019-жылдын 31-декабры", "347 538,5"):
        assert figure in card


def test_one_more_step_is_asked_for_by_a_button_and_loses_nothing(
    secretary: Visitor, preparing: Scene
) -> None:
    edit = f"/lines/{preparing.lines[0]}/edit"
    page = secretary.fill(edit, act="rows", **_TALKS)
    assert page.status_code == 200
    assert started(page)["history_text_ky_1"] == _TALKS["history_text_ky_1"]
    offer = {
        "history_kind_2": "offer",
        "history_on_2": "2020-04-20",
        "history_by_2": preparing.ministry.id,
        "history_text_ky_2": "Гранттын жарымын калтыруу",
        "history_figure_2": "300 000,0",
    }
    assert secretary.fill_stale(page, edit, **offer).status_code == 303
    card = shown(secretary.get(f"/lines/{preparing.lines[0]}"))
    assert "300 000,0" in card
    assert preparing.ministry.name.ky in card
    assert card.index("Гранттын жарымын") < card.index("Жумушчу топто"), "the older step first"


def test_a_step_without_a_text_is_refused_beside_its_field(secretary: Visitor, preparing: Scene) -> None:
    edit = f"/lines/{preparing.lines[0]}/edit"
    page = secretary.fill(edit, **(_TALKS | {"history_text_ky_1": ""}))
    assert page.status_code == 422
    assert 'id="history_text_ky_1-error"' in page.text
    assert started(page)["history_on_1"] == "2020-05-06"


def test_a_step_whose_fields_are_emptied_is_gone(secretary: Visitor, preparing: Scene) -> None:
    line = f"/lines/{preparing.lines[0]}"
    assert secretary.fill(f"{line}/edit", **_TALKS).status_code == 303
    blank = dict.fromkeys(_TALKS, "")
    assert secretary.fill(f"{line}/edit", **blank).status_code == 303
    assert said("disputes.history.none") in shown(secretary.get(line))
