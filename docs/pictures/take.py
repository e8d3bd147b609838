"""Take the pictures of the tour in README.md anew, from a demonstration of their own.

Run as `python -m docs.pictures.take`, for some of them as `python -m docs.pictures.take acts-ky place-ru`.
"""

import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser
from sqlmodel import select

from budgetproto.accounts.storage import person_row
from budgetproto.app import create_app
from budgetproto.coordination.storage import ActRow
from budgetproto.database import Database, now
from budgetproto.database.migrations import migrate
from budgetproto.demonstration import Demonstration, read_fixture, stage
from budgetproto.demonstration.acts import stage_acts
from budgetproto.demonstration.annual import stage_annual
from budgetproto.disputes import storage
from budgetproto.disputes.positions import sealing
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.protocol.delivery.recording import record
from budgetproto.protocol.delivery.steps import Publication
from budgetproto.protocol.service import issue
from budgetproto.settings import Settings
from budgetproto.transfers.modelling.service import load_models
from tests.browser import chromium, opened
from tests.factories import PASSWORD
from tests.journeys import acts
from tests.journeys.hands import Hands
from tests.web.gallery import serving

HERE: Final = Path(__file__).parent

DESK: Final = (1200, 900)
PHONE: Final = (390, 800)
_DOTS: Final = "75"


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at what, and what stands on top of it."""

    name: str
    seat: str
    path: str
    top: str = ""

    @property
    def language(self) -> str:
        """The language, the second part of the name."""
        return self.name.split("-")[-2 if self.name.endswith("phone") else -1]


SHOTS: Final = (
    Shot("secretary-ru", "secretary", "/desk/secretary"),
    Shot("desk-ky", "union", "/desk"),
    Shot("sitting-collecting-ky", "union", "/sittings/{collecting}"),
    Shot("position-ky", "union", "/lines/{line}/position"),
    Shot("desk-ru-phone", "union", "/desk"),
    Shot("position-ru-phone", "union", "/lines/{line}/position"),
    Shot("lines-ky-phone", "union", "/sittings/{finished}/lines", top="#lines tbody"),
    Shot("option-ru", "chair", "/sittings/{finished}/option"),
    Shot("trial-ky", "chair", "/sittings/{finished}/option/trial?rule=A&envelope=300000"),
    Shot("analysis-ky", "chair", "/sittings/{finished}/option/analysis"),
    Shot("discrepancies-ru", "analyst", "/sittings/{finished}/discrepancies", top=".bp-choice"),
    Shot("pivot-ky", "analyst", "/analysis/pivot?rows=kind&columns=outcome&figure=lsg&over=all"),
    Shot("pivot-ru", "analyst", "/analysis/pivot?rows=kind&columns=outcome&figure=lsg&over=all"),
    Shot("charts-ky", "analyst", "/analysis/charts", top="#sides-title"),
    Shot("charts-ru", "analyst", "/analysis/charts", top="#waterfall-title"),
    Shot("charts-ru-phone", "analyst", "/analysis/charts", top="#sides-title"),
    Shot("several-ky", "analyst", "/analysis?group=outcome"),
    Shot("simulation-ky", "analyst", "/transfers/models/sharing", top="main .govuk-warning-text"),
    Shot("simulation-ru", "analyst", "/transfers/models/sharing", top="main .govuk-warning-text"),
    Shot("journal-ky", "analyst", "/sittings/{finished}/journal"),
)
#: What comes before the sitting and after it, each in Kyrgyz and in Russian, with what `widened` adds.
ROUND_IT: Final = tuple(
    Shot(f"{name}-{language}", seat, path, top)
    for name, seat, path, top in (
        ("acts", "secretary", "/acts", "main form"),
        ("act", "secretary", "/acts/{act}", "#remarks"),
        ("act-texts", "union", "/published-acts/6", "#texts"),
        ("bodies", "union", "/bodies", "main h1"),
        ("acts-statistics", "union", "/acts/statistics", "#drafts"),
        ("participation", "secretary", "/sittings/{finished}/participation", ""),
        ("promises", "union", "/promises", "main form"),
        ("place", "analyst", "/places/41711000000000", "main h1"),
        ("annual-report", "union", "/annual-reports/{report}", "#section-finance"),
    )
    for language in ("ky", "ru")
)


def main() -> None:
    """Stage the demonstration, open each page as its reader, write the pictures, or those that are named."""
    wanted = set(sys.argv[1:])
    for shots, wide in ((SHOTS, False), (ROUND_IT, True)):
        chosen = [shot for shot in shots if not wanted or shot.name in wanted]
        if not chosen:
            continue
        with staged(wide=wide) as (address, places), chromium() as browser:
            for shot in chosen:
                take(browser, address, shot, places)
            if not wanted and not wide:
                protocol(browser, address, places)
            if wide and (not wanted or "act-sheet-ky" in wanted):
                sheet(browser, address, places)


@contextmanager
def staged(*, wide: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the demonstration from a folder that is thrown away; give its address and the ids in it.

    `wide` adds what comes before the sitting and after it.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder}/budgetproto.sqlite3")
        migrate(database)
        sealing.make_key(folder / "seal.key")
        key = sealing.load_key(folder / "seal.key")
        made = stage(database, key, read_fixture(), password=PASSWORD)
        load_models(database)
        issue(database, secretary(database), made.finished)
        places = places_of(database, made) | (widened(database, made) if wide else {})
        with serving(create_app(Settings(folder, database.url, folder / "seal.key", "pictures"))) as address:
            yield address, places
        database.close()


def places_of(database: Database, made: Demonstration) -> dict[str, str]:
    """Return what stands in the addresses."""
    with database.reading() as session:
        line = storage.lines(session, made.collecting)[0].id
    return {"finished": made.finished, "collecting": made.collecting, "line": line}


def widened(database: Database, made: Demonstration) -> dict[str, str]:
    """Fill the register of draft acts, publish the protocol in all, file the annual report; return ids."""
    keeper = secretary(database)
    stage_acts(database, keeper)
    with database.reading() as session:
        today = bishkek_day(now(session))
        # The draft of a ministry that was coordinated to the end and stays disputed.
        act = session.exec(select(ActRow.id).where(ActRow.number == 6)).one()
    record(database, keeper, made.finished, Publication("all", today), reason="Токтом")
    return {"act": act, "report": stage_annual(database, made.collecting)}


def secretary(database: Database) -> str:
    """Return the id of the secretary."""
    with database.reading() as session:
        found = person_row(session, "secretary")
    assert found
    return found.id


def take(browser: Browser, address: str, shot: Shot, places: dict[str, str]) -> None:
    """Take one picture."""
    size = PHONE if shot.name.endswith("phone") else DESK
    with opened(browser, f"{address}/log-in", size=size, language=shot.language) as page:
        hands = Hands(page, address)
        acts.log_in(hands, shot.seat)
        page.context.add_cookies([{"name": "language", "value": shot.language, "url": address}])
        hands.go(shot.path.format(**places))
        if shot.top:
            page.locator(shot.top).first.evaluate("element => element.scrollIntoView()")
        page.screenshot(path=HERE / f"{shot.name}.png")


def protocol(browser: Browser, address: str, places: dict[str, str]) -> None:
    """Draw the first page of the protocol and the first one that lies on its side."""
    with TemporaryDirectory() as folder, opened(browser, f"{address}/log-in", language="ky") as page:
        hands, file = Hands(page, address), Path(folder) / "protocol.pdf"
        acts.log_in(hands, "secretary")
        hands.go(f"/sittings/{places['finished']}/protocol")
        with page.expect_download() as waiting:
            page.click('main a[href$="/protocol/ky.pdf"]', modifiers=["Alt"])
        waiting.value.save_as(file)
        subprocess.run(["pdftoppm", "-r", _DOTS, "-png", file, Path(folder) / "page"], check=True)
        drawn = sorted(Path(folder).glob("page*.png"))
        lying = next(each for each in drawn if wider(each))
        drawn[0].replace(HERE / "protocol-1-ky.png")
        lying.replace(HERE / "protocol-table-ky.png")


def sheet(browser: Browser, address: str, places: dict[str, str]) -> None:
    """Draw the first page of the coordination sheet of a draft."""
    with TemporaryDirectory() as folder, opened(browser, f"{address}/log-in", language="ky") as page:
        acts.log_in(Hands(page, address), "secretary")
        file = Path(folder) / "sheet.pdf"
        file.write_bytes(page.request.get(f"{address}/acts/{places['act']}/sheet/ky.pdf").body())
        drawn = Path(folder) / "page"
        subprocess.run(["pdftoppm", "-r", _DOTS, "-l", "1", "-singlefile", "-png", file, drawn], check=True)
        drawn.with_suffix(".png").replace(HERE / "act-sheet-ky.png")


def wider(picture: Path) -> bool:
    """Tell whether a PNG is wider than high."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return bool(width > height)


if __name__ == "__main__":
    main()
