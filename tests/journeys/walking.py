"""Every page that somebody can open, once for each kind of thing that stands on it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.test import TestResponse

from budgetproto.i18n import Language
from budgetproto.sittings.domain import Stage
from budgetproto.web.programs import PREFIX
from tests.access.expecting import NOWHERE, PLACES, values_of
from tests.access.seats import Caller, House
from tests.browser import opened

#: Seats that have pages of their own; everybody else reads what one of these reads.
SEATS: Final = ("secretary", "unionist", "chair", "analyst", "administrator", "stranger")
#: Of them those whose pages change from one stage of a sitting to the next.
TAKING_PART: Final = ("secretary", "unionist", "chair")
#: What some views ask for besides their address.
ASKING: Final = {
    "people.ask": "?deed=new_link",
    "calendar.day": "?day=2026-05-05",
    "journal.sitting": "?verify=yes",
    "entering.new_line": "?measure=amount",
    "models.compare": "?first=norms-2014&second=draft-2019-points",
}
_TAG: Final = re.compile(r"<(\w+)([^>]*)>")
_KIND: Final = re.compile(r"\b(?:class|type|role|scope)=\"[^\"]*\"")


@dataclass(frozen=True)
class Stop:
    """A page and somebody who may open it while a sitting is in some stage."""

    seat: str
    stage: Stage
    view: str
    path: str


def stops(house: House) -> list[Stop]:
    """Return the pages to look at: of each view one more as long as something new stands on it."""
    seen: dict[str, set[str]] = defaultdict(set)
    found = []
    for stage in Stage:
        for seat in SEATS if stage is Stage.COLLECTING else TAKING_PART:
            client = house.caller(seat, stage).client
            for view, path in _addresses(house, stage, every=stage is Stage.COLLECTING):
                page = client.get(path)
                if page.status_code == 200 and page.mimetype == "text/html" and _kinds(page) - seen[view]:
                    seen[view] |= _kinds(page)
                    found.append(Stop(seat, stage, view, path))
    return found


def walk(
    browser: Browser,
    house: House,
    address: str,
    path: Iterable[Stop],
    *,
    language: Language,
) -> Iterator[tuple[Stop, Page]]:
    """Open one page after the other, each as its reader, in one window that fetches styles and type once."""
    seated = cache(house.caller)
    with opened(browser, "about:blank", scanning=True) as page:
        for stop in path:
            _sit_down(page.context, seated(stop.seat, stop.stage), address, language)
            page.goto(address + stop.path)
            yield stop, page


def _sit_down(context: BrowserContext, caller: Caller, address: str, language: Language) -> None:
    """Give a window the log-in of a seat and the language, and nothing of the one before."""
    name: str = caller.app.config["SESSION_COOKIE_NAME"]
    context.clear_cookies()
    cookies: dict[str, str] = {"language": language}
    if kept := caller.client.get_cookie(name):
        cookies[name] = kept.value
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])


def _addresses(house: House, stage: Stage, *, every: bool) -> Iterator[tuple[str, str]]:
    """Give view and address of every page about a sitting, and of every other page if asked for."""
    known = {**PLACES, **values_of(house.scenes[stage])}
    places = house.app.url_map.bind("localhost")
    for rule in house.app.url_map.iter_rules():
        about = {"sitting_id", "line_id"} & rule.arguments
        if rule.endpoint == "static" or rule.rule.startswith(PREFIX):
            continue
        if "GET" in (rule.methods or set()) and (every or about):
            values = {name: known.get(name, NOWHERE) for name in rule.arguments}
            yield rule.endpoint, places.build(rule.endpoint, values) + ASKING.get(rule.endpoint, "")


def _kinds(page: TestResponse) -> set[str]:
    """Return the kinds of things on a page: tags with what they look like."""
    return {" ".join([tag, *_KIND.findall(rest)]) for tag, rest in _TAG.findall(page.text)}
