"""Associations that state different figures, with nobody leading: the option is shown for each of them."""

from budgetproto.disputes.options import service as options
from budgetproto.disputes.storage import LineRow
from budgetproto.money import Som
from tests.factories import Scene, file, open_all
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.stated import GRANTS, MILLION


def test_the_page_of_the_option_answers_the_figure_of_each_association(scene: Scene, visit: Visit) -> None:
    with scene.database.writing() as session:
        row = session.get_one(LineRow, scene.lines[0])
        row.lead_lsg = None
        session.add(row)
    file(scene, scene.ministry, figure=Som(0))
    file(scene, scene.cities, figure=Som(50 * MILLION))
    file(scene, scene.union, figure=GRANTS)
    open_all(scene)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)
    page = shown(visit(scene.mayor, language="en").get(f"/sittings/{scene.sitting}/option"))
    answered = said("disputes.option.figure", "en")
    for party, figure in ((scene.union, "600,000.0"), (scene.cities, "50,000.0")):
        assert f"{party.name.en} {answered}: {figure} thousand soms" in page
