"""The secretary chooses lines on the table, looks at what would change, and changes or withdraws them."""

import re

import pytest
from werkzeug.test import TestResponse

from budgetproto.disputes import storage
from budgetproto.disputes.domain import Line
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor, said, shown


@pytest.fixture
def prepared(scene: Scene) -> Scene:
    return make_scene(scene.database, key=scene.key, lines=3, stage=Stage.PREPARING, terms=False)


def place(scene: Scene, page: str = "") -> str:
    return f"/sittings/{scene.sitting}/lines{page}"


def boxes(page: TestResponse) -> list[str]:
    """Return the values of the boxes, or hidden fields, that name lines."""
    return re.findall(r'name="line" value="([a-z2-7]+:\d+)"', page.text)


def standing(scene: Scene) -> list[Line]:
    with scene.database.reading() as session:
        return storage.lines(session, scene.sitting)


def choose(visitor: Visitor, scene: Scene, page: str = "/change", **typed: object) -> TestResponse:
    return visitor.send(place(scene, page), **{"line": boxes(visitor.get(place(scene))), **typed})


def test_every_line_shown_has_a_box_and_one_link_ticks_them_all(visit: Visit, prepared: Scene) -> None:
    secretary = visit(prepared.secretary)
    page = secretary.get(place(prepared))
    assert len(boxes(page)) == 3
    assert " checked" not in page.text
    assert f'href="{place(prepared)}?ticks=all"' in page.text
    ticked = secretary.get(place(prepared, "?ticks=all"))
    assert len(re.findall(r'name="line" value="[^"]*" checked', ticked.text)) == 3
    assert said("disputes.table.ignored", names="ticks") not in shown(ticked)
    assert f'href="{place(prepared)}"' in ticked.text


def test_nobody_else_has_boxes_and_nobody_once_positions_are_collected(
    visit: Visit, scene: Scene, prepared: Scene
) -> None:
    assert boxes(visit(prepared.chair).get(place(prepared))) == []
    assert boxes(visit(prepared.minister).get(place(prepared))) == []
    assert boxes(visit(scene.secretary).get(place(scene))) == []
    assert visit(prepared.minister).send(place(prepared, "/change"), line="x:1").status_code == 403
    assert visit(prepared.outsider).send(place(prepared, "/change"), line="x:1").status_code == 404


def test_a_preview_shows_before_and_after_and_changes_nothing(visit: Visit, prepared: Scene) -> None:
    secretary, before = visit(prepared.secretary), standing(prepared)
    asked = choose(secretary, prepared)
    assert said("disputes.change.chosen", lines=3) in shown(asked)
    page = choose(secretary, prepared, act="preview", lead_lsg=prepared.cities.id, limit_basis="43-берене")
    told = shown(page)
    assert said("disputes.change.preview", lines=3, all=3) in told
    assert f"{prepared.union.name.ky} {prepared.cities.name.ky}" in told
    assert "43-берене" in told
    assert standing(prepared) == before


def test_the_confirmed_change_is_made_and_told(visit: Visit, prepared: Scene) -> None:
    secretary = visit(prepared.secretary)
    typed = {"lead_lsg": prepared.cities.id, "protected": "yes", "recurring": "yes", "group_ky": "Райондор"}
    done = choose(secretary, prepared, "/change?kind=stimulating_grant", act="save", **typed)
    assert done.headers["Location"] == place(prepared, "?kind=stimulating_grant")
    assert said("disputes.told.lines_changed", lines=3) in shown(secretary.get(done.headers["Location"]))
    texts = [line.text for line in standing(prepared)]
    assert {(text.lead_lsg, text.protected, text.recurring) for text in texts} == {
        (prepared.cities.id, True, True)
    }
    assert {text.lead_government for text in texts} == {prepared.ministry.id}
    journal = shown(secretary.get(f"/sittings/{prepared.sitting}/journal"))
    assert "1–3" in journal
    assert said("disputes.lead_lsg") in journal


def test_texts_are_emptied_and_leads_taken_off(visit: Visit, prepared: Scene) -> None:
    secretary = visit(prepared.secretary)
    choose(secretary, prepared, act="save", group_ky="Райондор", limit_basis="43-берене")
    choose(secretary, prepared, act="save", empty=["group", "limit_basis"], lead_government="")
    texts = [line.text for line in standing(prepared)]
    assert {(text.group.ky, text.limit_basis, text.lead_government) for text in texts} == {("", "", None)}


def test_who_was_overtaken_reads_which_line_and_confirms_anew(visit: Visit, prepared: Scene) -> None:
    secretary = visit(prepared.secretary)
    old = boxes(secretary.get(place(prepared)))
    secretary.send(place(prepared, "/change"), line=old[:1], act="save", protected="yes")
    late = secretary.send(place(prepared, "/change"), line=old, act="save", group_ky="Райондор")
    assert late.status_code == 409
    assert said("disputes.lines_moved", lines="1") in shown(late)
    assert {line.text.group.ky for line in standing(prepared)} == {""}
    assert boxes(late) != old
    again = secretary.send(place(prepared, "/change"), line=boxes(late), act="save", group_ky="Райондор")
    assert again.status_code == 303
    assert {line.text.group.ky for line in standing(prepared)} == {"Райондор"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({}, "disputes.change.unsaid"),
        ({"group_ky": "Райондор", "empty": "group"}, "disputes.change.both"),
        ({"protected": "no"}, "disputes.change.nothing"),
    ],
)
def test_a_refused_form_says_why_and_keeps_the_choice(
    visit: Visit, prepared: Scene, typed: dict[str, str], key: str
) -> None:
    page = choose(visit(prepared.secretary), prepared, act="save", **typed)
    assert page.status_code == 422
    assert said(key) in shown(page)
    assert len(boxes(page)) == 3


def test_a_lead_of_the_other_side_is_no_choice(visit: Visit, prepared: Scene) -> None:
    page = choose(visit(prepared.secretary), prepared, act="save", lead_lsg=prepared.ministry.id)
    assert page.status_code == 422
    assert {line.text.lead_lsg for line in standing(prepared)} == {prepared.union.id}


def test_chosen_lines_are_withdrawn_with_a_reason(visit: Visit, prepared: Scene) -> None:
    secretary = visit(prepared.secretary)
    asked = choose(secretary, prepared, "/withdraw")
    assert asked.status_code == 200
    assert choose(secretary, prepared, "/withdraw", act="save").status_code == 422
    lines = boxes(asked)[:2]
    done = secretary.send(place(prepared, "/withdraw"), line=lines, act="save", reason="Макулдашылды")
    assert said("disputes.told.lines_withdrawn", lines=2) in shown(secretary.get(done.headers["Location"]))
    assert [line.number for line in standing(prepared)] == [3]
    late = secretary.send(place(prepared, "/withdraw"), line=boxes(asked), act="save", reason="Кош")
    assert late.status_code == 409
    assert said("disputes.lines_moved", lines="1, 2") in shown(late)


def test_nothing_chosen_and_nonsense_are_refused(visit: Visit, prepared: Scene) -> None:
    secretary = visit(prepared.secretary)
    assert secretary.send(place(prepared, "/change")).status_code == 422
    for nonsense in ("x", "x:", ":", "x:-1", "x:٣", "x:" + "9" * 40):
        assert secretary.send(place(prepared, "/change"), line=nonsense).status_code == 404
