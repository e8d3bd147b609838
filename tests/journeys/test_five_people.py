"""The whole way with everybody in real browsers: from a cloned sitting to three papers, on pages alone."""

import io
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from flask import Flask
from playwright.sync_api import Browser

from budgetproto.accounts.domain import Role
from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.demonstration import read_fixture, stage_sitting
from budgetproto.disputes.positions import sealing
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.formatting import BISHKEK
from budgetproto.settings import Settings
from tests.browser import opened
from tests.counts import by_make_long
from tests.factories import PASSWORD
from tests.hurry import hurried
from tests.journeys import acts
from tests.journeys.hands import Hands
from tests.journeys.visitor import said
from tests.web.gallery import serving

pytestmark = [pytest.mark.browser, pytest.mark.poppler]

CHOSEN: Final = "төрт эски суу тегирмен"
#: A file that both sides read once positions are open, and one that stays with its party.
SHOWN: Final = "долбоорлор.txt"
KEPT: Final = "ички_эсеп.txt"
TWO_OBLASTS: Final = "41702000000000\n41703000000000"
#: Log-in name, name and role of everybody who is invited by a link.
INVITED: Final = {
    "bakyt": ("Бакыт Асанов", None),
    "omurbek": ("Өмүрбек Сатыбалдиев", None),
    "nurlan": ("Нурлан Жээнбеков", None),
    "emil": ("Эмил Токтошев", Role.CHAIR),
    "gulzat": ("Гүлзат Ибраева", Role.ANALYST),
}


@dataclass(frozen=True)
class House:
    """A served installation with last year's sitting, and the windows of everybody."""

    browser: Browser
    address: str
    last_year: str
    windows: ExitStack

    def window(self, language: Language = "ky") -> Hands:
        """Open somebody's browser."""
        page = self.windows.enter_context(opened(self.browser, f"{self.address}/log-in", language=language))
        page.set_default_timeout(15_000)
        return Hands(page, self.address)


@pytest.fixture
def house(browser: Browser, database: Database, tmp_path: Path) -> Iterator[House]:
    """Stage last year's sitting and serve the application over it."""
    key_file = tmp_path / "seal.key"
    sealing.make_key(key_file)
    key = sealing.load_key(key_file)
    last_year, _ = stage_sitting(database, key, read_fixture(), password=PASSWORD)
    settings = Settings(tmp_path, database.url, key_file, "only for tests", second_factor=True)
    app: Flask = create_app(settings)
    hurried(app.extensions["budgetproto.database"])
    with serving(app) as address, ExitStack() as windows:
        yield House(browser, address, last_year, windows)
    app.extensions["budgetproto.database"].close()


@by_make_long
def test_six_people_go_from_last_years_sitting_to_three_papers(house: House, tmp_path: Path) -> None:
    secretary = house.window()
    acts.log_in(secretary, "secretary", lands="/account/second-factor")
    acts.set_up_factor(secretary)
    ministry, author, approver, chair, analyst = (joined(house, secretary, login) for login in INVITED)
    acts.set_up_factor(chair)
    sitting = cloned(secretary, house.last_year)
    lines = more_lines(secretary, sitting)
    mandated(secretary, sitting)
    acts.set_up_factor(ministry)
    app = acts.set_up_factor(approver)
    acts.log_in_with_code(approver, "nurlan", CHOSEN, app)
    settled(secretary, sitting, ministry, approver)
    acts.act_on(secretary, sitting, "collect")

    filed_by_one(ministry, lines)
    acts.declare_final(ministry, sitting)
    acts.act_on(approver, sitting, "four-eyes")
    for name, visibility in (SHOWN, "both_sides"), (KEPT, "own_party"):
        acts.attach(author, lines[0], name, name.encode(), visibility)
    filed_by_two(author, approver, lines)
    assert SHOWN not in on_card(ministry, lines[0])
    acts.declare_final(approver, sitting)

    acts.act_on(secretary, sitting, "open")
    assert "+600 000,0" in secretary.reads()
    opened_card = on_card(ministry, lines[0])
    assert SHOWN in opened_card
    assert KEPT not in opened_card
    assert downloaded(ministry, f'main a:has-text("{SHOWN}")').read_bytes() == SHOWN.encode()
    acts.publish_option(secretary, sitting)
    acts.act_on(secretary, sitting, "session")
    seated(secretary, sitting)
    proposed(chair, lines[0])
    for line in lines:
        acts.decide(secretary, line)
    acts.act_on(secretary, sitting, "close")
    waived(chair, sitting)
    acts.issue(secretary, sitting)
    assert said("protocol.page.issued") in secretary.reads()

    papers = {language: paper(author, sitting, language, tmp_path) for language in LANGUAGES}
    assert {language: "250" in text for language, text in papers.items()} == dict.fromkeys(LANGUAGES, True)
    assert "өзгөчө протокол" in papers["ky"].lower()
    assert "особый протокол" in papers["ru"].lower()
    assert "special protocol" in papers["en"].lower()
    analysed(analyst, sitting)


def joined(house: House, secretary: Hands, login: str) -> Hands:
    """Have the secretary invite somebody, who follows the link, chooses a password and logs in."""
    name, role = INVITED[login]
    secretary.go("/people/invite")
    secretary.write("name", name)
    secretary.write("login", login)
    if role:
        secretary.mark("roles", role.value)
    secretary.send()
    assert said("accounts.link.title") in secretary.reads(), secretary.reads()
    link = secretary.page.locator(".bp-secret").first.inner_text()
    hands = house.window()
    hands.page.goto(link)
    hands.send()
    hands.write("password", CHOSEN)
    hands.send()
    acts.log_in(hands, login, CHOSEN, lands="/account/second-factor" if role is Role.CHAIR else "/")
    return hands


def filed_by_one(ministry: Hands, lines: list[str]) -> None:
    """Keep a draft of the first position, then file one on every line."""
    acts.keep_draft(ministry, lines[0], "100 000,0")
    assert said("disputes.told.drafted") in ministry.reads()
    for line in lines:
        acts.file_position(ministry, line, "100 000,0")
        assert said("disputes.receipt.commitment") in ministry.reads()


def filed_by_two(author: Hands, approver: Hands, lines: list[str]) -> None:
    """Have one person write every position and another one file it: both names stand on the receipt."""
    for line in lines:
        acts.submit_position(author, line, "700 000,0")
        acts.approve(approver)
        assert INVITED["omurbek"][0] in approver.reads()
        assert INVITED["nurlan"][0] in approver.reads()


def on_card(hands: Hands, line: str) -> str:
    """Return what the card of a line says."""
    hands.go(f"/lines/{line}")
    return hands.reads()


def cloned(secretary: Hands, last_year: str) -> str:
    """Make this year's sitting with the first line of last year's; return its id."""
    secretary.go(f"/sittings/{last_year}/clone")
    secretary.send("none")
    secretary.page.check("#line-1")
    deadline = (datetime.now(UTC) + timedelta(days=2)).astimezone(BISHKEK)
    secretary.write("deadline_day", deadline.date().isoformat())
    secretary.write("deadline_time", "18:00")
    secretary.send()
    assert said("proceedings.told.cloned", lines=1) in secretary.reads()
    return secretary.here().rpartition("/")[2]


def more_lines(secretary: Hands, sitting: str) -> list[str]:
    """Enter the same question for two oblasts at once; return the ids of all lines."""
    secretary.go(f"/sittings/{sitting}/lines/territories")
    secretary.write("title_ky", "Теңдештирүү трансферти")
    secretary.write("title_ru", "Выравнивающий трансферт")
    secretary.pick("kind", "equalization")
    secretary.write("codes", TWO_OBLASTS)
    secretary.send("preview")
    secretary.send("enter")
    secretary.go(f"/sittings/{sitting}/lines")
    links = secretary.page.locator('#lines th a[href^="/lines/"]').evaluate_all(
        "found => found.map(each => each.getAttribute('href').split('/')[2])"
    )
    lines: list[str] = list(dict.fromkeys(links))
    assert len(lines) == 3
    return lines


def mandated(secretary: Hands, sitting: str) -> None:
    """Enter for whom the negotiators speak and in which part, take off the parties without any."""
    parties = []
    for login, words, part in (
        ("bakyt", "Финансы министрлиги", "both"),
        ("omurbek", "Союзу", "author"),
        ("nurlan", "Союзу", "approver"),
    ):
        secretary.go(f"/sittings/{sitting}/mandates")
        options = secretary.page.locator('main [name="party"] option')
        party = options.filter(has_text=words).first.get_attribute("value")
        assert party
        secretary.write("login", login)
        secretary.pick("party", party)
        secretary.mark("part", part)
        secretary.write("capacity_ky", "өкүл")
        secretary.write("paper_ky", "ишеним кат")
        secretary.send()
        parties.append(party)
    secretary.go(f"/sittings/{sitting}/parties")
    spare = 'form[action$="/parties/remove"]' + "".join(
        f':not(:has(input[value="{party}"]))' for party in parties
    )
    while secretary.page.locator(spare).count():
        secretary.press(f"{spare} button")
        secretary.go(f"/sittings/{sitting}/parties")


def settled(secretary: Hands, sitting: str, *sides: Hands) -> None:
    """Propose terms with one source of money, have both sides see them, fix them."""
    secretary.go(f"/sittings/{sitting}/terms")
    secretary.mark("rule", "A")
    secretary.mark("lsg_figure", "lead")
    secretary.write("name_ky_1", "Кошумча киреше")
    secretary.write("amount_1", "900 000,0")
    secretary.write("year_1", "2021")
    secretary.send()
    assert secretary.here() == f"/sittings/{sitting}", secretary.reads()
    for hands in sides:
        acts.act_on(hands, sitting, "terms/acknowledge")
    secretary.go(f"/sittings/{sitting}/terms/fix")
    secretary.send()
    assert said("sittings.terms.fixed") in secretary.reads()


def seated(secretary: Hands, sitting: str) -> None:
    """Enter the agenda, the delegates and six members."""
    secretary.go(f"/sittings/{sitting}/agenda")
    secretary.write("title_ky", "Бюджет аралык мамилелер")
    secretary.send()
    secretary.go(f"/sittings/{sitting}/attendance")
    secretary.do("/attendance/delegates")
    for number in range(1, 7):
        secretary.go(f"/sittings/{sitting}/attendance/add")
        secretary.pick("group", "member")
        secretary.write("name", f"Мүчө {number}")
        secretary.write("role_ky", "комитеттин мүчөсү")
        secretary.send()
    assert said("proceedings.quorum.reached") in secretary.reads()


def proposed(chair: Hands, line: str) -> None:
    """Propose another figure than the computed one."""
    chair.go(f"/lines/{line}/proposal")
    chair.write("figure", "250 000,0")
    chair.write("reason_ky", "Мектептер кышка чейин бүтүшү керек.")
    chair.send()
    assert said("proceedings.told.proposed") in chair.reads()


def waived(chair: Hands, sitting: str) -> None:
    """Let the protocol be issued though the associations' part is not known in full, with the reason."""
    chair.go(f"/sittings/{sitting}/participation")
    assert said("proceedings.participation.waiting") in chair.reads()
    chair.press(f'main a[href="/sittings/{sitting}/participation/reason"]')
    chair.write("reason_ky", "Чакыруу каты оозеки берилген.")
    chair.send()
    assert said("proceedings.told.waiver") in chair.reads()


def paper(hands: Hands, sitting: str, language: Language, folder: Path) -> str:
    """Download the protocol in one language and return its words."""
    hands.go(f"/sittings/{sitting}/protocol")
    file = downloaded(hands, f'main a[href$="/protocol/{language}.pdf"]', folder / f"{language}.pdf")
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def analysed(analyst: Hands, sitting: str) -> None:
    """Choose one kind of transfer and take the table of it as workbook and as text."""
    analyst.go(f"/sittings/{sitting}/discrepancies")
    analyst.pick("kind", "equalization")
    analyst.press("form.bp-choice button")
    assert said("analysis.note.lines", lines=2, all=3) in analyst.reads()
    book = downloaded(analyst, 'main a[href*="discrepancies.xlsx"]')
    text = downloaded(analyst, 'main a[href*="discrepancies.csv"][href*="plain"]').read_text("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(book.read_bytes()), read_only=True)
    cells = [cell for page in sheet.worksheets for row in page.iter_rows(values_only=True) for cell in row]
    assert 600_000 in cells
    assert text.count("Теңдештирүү трансферти") == 2


def downloaded(hands: Hands, link: str, file: Path | None = None) -> Path:
    """Follow a link to a file."""
    with hands.page.expect_download() as waiting:
        hands.page.click(link, modifiers=["Alt"])
    if file is None:
        return Path(waiting.value.path())
    waiting.value.save_as(file)
    return file
