"""A real Chromium for the tests: open a page, scan it for accessibility, take its picture."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM: Final = "/usr/bin/chromium"
AXE: Final = Path(__file__).parent / "vendor" / "axe-4.14.1" / "axe.min.js"
DESKTOP: Final = (1280, 900)
PHONE: Final = (390, 844)
#: The narrowest screen that is promised to work.
SMALLEST: Final = (360, 780)

#: What Playwright switches off: Chromium reads the last such list alone, so ours repeats it.
_OFF: Final = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
#: What draws the list below the address bar, a page of its own in every window that nobody sees; and a
#: process kept ready for a page that does not come. Together two fifths of what opening a page takes.
_UNSEEN: Final = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess")
_ARGUMENTS: Final = [
    f"--disable-features={','.join((*_OFF, *_UNSEEN))}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: What passes is neither gathered nor sent: on long pages that takes most of the time.
_SCAN: Final = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  .then(found => found.violations.map(each => ({...each, nodes: each.nodes.map(node => node.target)})))"""
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Violation:
    """One finding of the accessibility scan: its rule, what it asks for, and where it fails."""

    rule: str
    help: str
    targets: tuple[str, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for a few pages and stop it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser,
    address: str,
    *,
    size: tuple[int, int] = DESKTOP,
    language: str | None = None,
    scripts: bool = True,
    scanning: bool = False,
) -> Iterator[Page]:
    """Open `address` in a window of `size` in pixels, as a reader of `language` sees it.

    `scripts=False` switches JavaScript off. `scanning=True` gives every page the scanner before it is loaded:
    no content policy keeps it out, and it is handed to the browser once.
    """
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    if scanning:
        context.add_init_script(path=AXE)
    if language:
        context.add_cookies([{"name": "language", "value": language, "url": address}])
    try:
        page = context.new_page()
        page.goto(address)
        yield page
    finally:
        context.close()


def press(page: Page, selector: str) -> None:
    """Press a button or follow a link, and wait until the page it leads to is there."""
    with page.expect_navigation():
        page.click(selector)


def scan(page: Page, *, without: Sequence[str] = ()) -> list[Violation]:
    """Run axe on a page opened with `scanning=True`; return what it finds, but for the rules in `without`."""
    return [
        Violation(one["id"], one["help"], tuple(" ".join(map(str, target)) for target in one["nodes"]))
        for one in page.evaluate(_SCAN, _RULES)
        if one["id"] not in without
    ]


def resize(page: Page, size: tuple[int, int]) -> None:
    """Make the window of a page wider or narrower."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window: 0 when nobody has to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def overrun(page: Page) -> list[str]:
    """Return the words of cells that run out of their card: on a phone every row of a table is one."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".bp-table--stacked")].flatMap(table =>
             [...table.querySelectorAll("td *")].filter(each =>
               each.getBoundingClientRect().right > table.getBoundingClientRect().right + 0.5
             ).map(each => each.innerText))"""
    )
    return found


def picture(page: Page, file: Path) -> None:
    """Write a picture of the whole page."""
    page.screenshot(path=file, full_page=True)
