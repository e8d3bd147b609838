"""What a page weighs on a slow line, and which pages may be packed."""

import pytest
from flask import Flask

from budgetproto.web.compression import is_marked
from tests.journeys.test_every_page import pages
from tests.staged import Staged

#: Guides and reference data that everybody may read, and figures that both sides opened to each other.
PACKED = {
    "analysis.discrepancies",
    "guides.guide",
    "guides.index",
    "transfers.kinds",
    "transfers.self_governing",
    "transfers.table",
    "transfers.territories",
    "transfers.territory",
}
HERE = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}


def test_only_pages_without_anything_sealed_are_packed(app: Flask) -> None:
    found = {endpoint for endpoint in app.view_functions if is_marked(app, endpoint)}
    assert found == PACKED
    assert pages(app) >= PACKED - {"transfers.territory"}


@pytest.mark.parametrize("login", ["secretary", "union"])
def test_every_later_page_fits_40_kilobytes(kept: Staged, login: str) -> None:
    visitor = kept.visitor(login, "ky")
    sitting = f"/sittings/{kept.finished}"
    for address in (
        *("/", "/transfers", "/territories", "/territories/self-governing", "/transfer-kinds"),
        *(
            sitting,
            f"{sitting}/discrepancies",
            f"{sitting}/option",
            f"{sitting}/protocol",
            f"{sitting}/opinions",
        ),
        f"/sittings/{kept.collecting}",
    ):
        answer = visitor.client.get(address, headers=HERE)
        assert answer.status_code == 200
        assert (address, len(answer.data) < 40_000) == (address, True)
