"""The reference data for programs: territories, kinds of transfers, transfers."""

from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing
from budgetproto.accounts.scopes import Scope
from budgetproto.transfers import list_storage, service
from budgetproto.transfers.shapes import (
    SOATE,
    KindsShape,
    TerritoriesAsked,
    TerritoryCardShape,
    TerritoryShape,
    TransfersAsked,
    TransferShape,
    card_written,
    kind_written,
    territory_written,
    transfer_written,
)
from budgetproto.transfers.storage import find_kinds
from budgetproto.web.api import Resources, add_place, answer, register
from budgetproto.web.api.answering import kept_by_content
from budgetproto.web.api.cursors import behind, cut
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading

resources: Final = Resources("transfers", __name__, "Territories, kinds of transfers, transfers")


def init_app(app: Flask) -> None:
    """Register the resources."""
    add_place(app, "soate", SOATE)
    register(app, resources)


@resources.get("/territories")
@bearing(Scope.TRANSFERS)
@resources.asks(TerritoriesAsked)
@resources.shows(listing(TerritoryShape), keeps=True)
def territories(asked: dict[str, Any]) -> ResponseReturnValue:
    """List territories by level and code."""
    limit, after = asked.pop("limit"), behind(asked.pop("cursor"), like=(0, ""))
    with reading() as data:
        found = list_storage.territories_behind(data, after, limit=limit + 1, **asked)
    page = cut(found, lambda each: (each.level, each.soate), limit=limit)
    return kept_by_content(answer(page.document(territory_written)))


@resources.get("/territories/<soate:soate>")
@bearing(Scope.TRANSFERS)
@resources.shows(TerritoryCardShape, keeps=True)
def territory(soate: str) -> ResponseReturnValue:
    """Show one territory with what became of it and its indicators."""
    with reading() as data:
        card = service.territory_card(data, soate)
    return kept_by_content(answer(card_written(card)))


@resources.get("/transfer-kinds")
@bearing(Scope.TRANSFERS)
@resources.shows(KindsShape, keeps=True)
def kinds() -> ResponseReturnValue:
    """List the kinds of transfers with their legal basis."""
    with reading() as data:
        found = find_kinds(data)
    return kept_by_content(answer({"items": [kind_written(kind) for kind in found]}))


@resources.get("/transfers")
@bearing(Scope.TRANSFERS)
@resources.asks(TransfersAsked)
@resources.shows(listing(TransferShape), keeps=True)
def transfers(asked: dict[str, Any]) -> ResponseReturnValue:
    """List transfers: the planned, approved and executed figures of each source."""
    limit, after = asked.pop("limit"), behind(asked.pop("cursor"), like=("",))
    with reading() as data:
        found = list_storage.transfers_behind(
            data, str(after[0]) if after else None, limit=limit + 1, **asked
        )
    page = cut(found, lambda each: (each.key,), limit=limit)
    return kept_by_content(answer(page.document(transfer_written)))
