"""The register of draft acts for programs: the list, one draft with its course, the statistics."""

from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.coordination import counting, register
from budgetproto.coordination.course import Stage
from budgetproto.coordination.domain import Level
from budgetproto.coordination.register_storage import Choice
from budgetproto.coordination.shapes import (
    ActCardShape,
    ActsAsked,
    ActShape,
    act_written,
    card_written,
)
from budgetproto.coordination.showing import act_card
from budgetproto.coordination.statistics_shapes import (
    StatisticsAsked,
    StatisticsShape,
    statistics_written,
)
from budgetproto.coordination.texts.service import text_file
from budgetproto.web.api import Resources, answer
from budgetproto.web.api import register as register_resources
from budgetproto.web.api.answering import kept_by_content
from budgetproto.web.api.cursors import behind, cut
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading
from budgetproto.web.downloads import download

_BYTES: Final = "application/octet-stream"
resources: Final = Resources("acts", __name__, "Draft acts, their course, and the statistics of coordination")


def init_app(app: Flask) -> None:
    """Register the resources."""
    register_resources(app, resources)


@resources.get("/acts")
@bearing(Scope.ACTS)
@resources.asks(ActsAsked)
@resources.shows(listing(ActShape), keeps=True)
def acts(asked: dict[str, Any]) -> ResponseReturnValue:
    """List the drafts of the register by number."""
    limit, after = asked["limit"], behind(asked["cursor"], like=(0,))
    with reading() as data:
        found = register.behind(
            data, caller().id, _choice(asked), int(after[0]) if after else 0, most=limit + 1
        )
    return kept_by_content(answer(cut(found, lambda row: (row.number,), limit=limit).document(act_written)))


@resources.get("/acts/<public_id:act_id>")
@bearing(Scope.ACTS)
@resources.shows(ActCardShape, keeps=True)
def act(act_id: str) -> ResponseReturnValue:
    """Show one draft: bundle, note, screening, course, remarks with answers, duties, procedure."""
    with reading() as data:
        row, page = act_card(data, caller().id, act_id)
    return kept_by_content(answer(card_written(row, page)))


@resources.get("/acts/<public_id:act_id>/texts/<int(min=1, max=1000000):number>")
@bearing(Scope.ACTS)
@resources.shows(None, kind=_BYTES)
def text(act_id: str, number: int) -> ResponseReturnValue:
    """Hand out one attached text, byte for byte what its hash is of."""
    with reading() as data:
        found = text_file(data, caller().id, act_id, number)
    return download(found.content, found.name, _BYTES)


@resources.get("/acts/statistics")
@bearing(Scope.ACTS)
@resources.asks(StatisticsAsked)
@resources.shows(StatisticsShape, keeps=True)
def statistics(asked: dict[str, Any]) -> ResponseReturnValue:
    """Show what coordination came to per year, initiator and association; of one year, or of all."""
    year = asked["year"]
    with reading() as data:
        found = counting.statistics(data, caller().id)
    return kept_by_content(answer(statistics_written(found if year is None else found.of(year))))


def _choice(asked: dict[str, Any]) -> Choice:
    return Choice(
        level=Level(asked["level"]) if "level" in asked else None,
        stage=Stage(asked["stage"]) if "stage" in asked else None,
        year=asked.get("year"),
        words=asked["words"],
        overdue=asked["overdue"],
    )
