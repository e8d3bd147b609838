"""Pages over a bad line: 400 kbit/s, 400 ms, 5 % of connections lost, a processor four times slower.

    python -m benchmarks.first_page [--rounds 5]

For each page the bytes taken and the seconds until it has loaded, medians of some rounds, each first page
with an empty cache; beside it the peer, a page of one sentence from the same server over the same line: what
the line alone costs. A page that the line breaks off is opened again, and time and bytes go on, as they do
for its reader.
"""

import argparse
import logging
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Error, Page

from budgetproto.accounts import service as accounts
from budgetproto.app import create_app
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from budgetproto.disputes.positions import sealing
from budgetproto.settings import Settings
from tests.browser import chromium, opened
from tests.factories import PASSWORD, Scene, make_scene
from tests.journeys.line import Weight, relayed
from tests.web.gallery import serving

HELLO = "/hello"


def installed(folder: Path) -> tuple[Flask, Scene]:
    """Make an installation with a sitting that collects positions, and the peer's page beside it."""
    address = f"sqlite:///{folder}/budgetproto.sqlite3"
    with closing(Database(address)) as database:
        migrate(database)
    sealing.make_key(folder / "seal.key")
    app = create_app(Settings(folder, address, folder / "seal.key", "only for benchmarks"))
    app.add_url_rule(HELLO, "hello", lambda: "<!DOCTYPE html><title>hello</title><p>hello")
    scene = make_scene(
        app.extensions["budgetproto.database"], key=sealing.load_key(folder / "seal.key"), lines=15
    )
    return app, scene


def seconds(page: Page, address: str) -> float:
    """Return the time until a page has loaded whole, opened again as often as the line breaks it off."""
    begun = time.monotonic()
    while True:
        try:
            page.goto(address, timeout=60_000)
            return time.monotonic() - begun
        except Error:
            continue


def measured(browser: Browser, address: str, token: str, paths: list[str]) -> dict[str, tuple[float, int]]:
    """Open the first page with an empty cache, then others as somebody logged in; return time and bytes."""
    found = {}
    with opened(browser, "about:blank", language=None) as page:
        weight = Weight(page)
        weight.slow()
        for path in (HELLO, "/log-in", *paths):
            if path == paths[0]:
                page.context.add_cookies([{"name": "sitting", "value": token, "url": address}])
            weight.taken()
            found[path] = (seconds(page, address + path), weight.taken())
    return found


def cookie_of(app: Flask, scene: Scene) -> str:
    """Return the cookie of a delegate who has logged in."""
    token = accounts.log_in(scene.database, scene.unionist.login, PASSWORD)
    with app.test_client() as client:
        with client.session_transaction() as kept:
            kept["log_in"] = token
        cookie = client.get_cookie("sitting")
    assert cookie is not None
    return str(cookie.value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        app, scene = installed(Path(folder))
        line = f"/lines/{scene.lines[0]}"
        paths = ["/", "/desk", f"/sittings/{scene.sitting}", line, f"{line}/position"]
        token, times = cookie_of(app, scene), defaultdict[str, list[tuple[float, int]]](list)
        with serving(app) as served, relayed(served) as relay, chromium() as browser:
            for _ in range(rounds):
                for path, result in measured(browser, relay.address, token, paths).items():
                    times[path].append(result)
    tell(times, scene)


def tell(times: dict[str, list[tuple[float, int]]], scene: Scene) -> None:
    """Print one line for each page."""
    floor = statistics.median(second for second, _ in times[HELLO])
    print(f"{'page':32}{'bytes':>10}{'seconds':>10}{'x hello':>10}   aim")
    for path, results in times.items():
        told = path.replace(scene.sitting, "...").replace(scene.lines[0], "...")
        median = statistics.median(second for second, _ in results)
        taken = statistics.median(size for _, size in results)
        aim = {HELLO: "the line alone", "/log-in": "5 s, 150,000 bytes"}.get(path, "40,000 bytes")
        print(f"{told:32}{taken:>10,.0f}{median:>10.2f}{median / floor:>10.1f}   {aim}")


if __name__ == "__main__":
    main()
