"""The acts of a sitting as people do them on the pages, whatever their hands."""

import time

import pyotp
from playwright.sync_api import FilePayload

from tests.factories import PASSWORD
from tests.journeys.hands import Hands, field
from tests.journeys.visitor import said

WHY = "Айыл өкмөттөрү долбоорлорун жазып коюшкан."


def log_in(hands: Hands, login: str, password: str = PASSWORD, *, lands: str = "/") -> None:
    """Log in from the first page; who must have a second factor and has none lands where it is set up."""
    hands.go("/log-in")
    hands.write("login", login)
    hands.write("password", password)
    hands.press("main button")
    assert hands.here() == lands, hands.reads()


def set_up_factor(hands: Hands) -> pyotp.TOTP:
    """Set up a second factor where the service asks for one; return the app that makes its codes."""
    hands.go("/")
    assert hands.here() == "/account/second-factor", hands.reads()
    hands.press("main form button")
    app = pyotp.TOTP(hands.page.locator(".bp-secret").inner_text().replace(" ", ""))
    hands.write("code", app.now())
    hands.send()
    assert said("accounts.codes.title") in hands.reads(), hands.reads()
    return app


def log_in_with_code(hands: Hands, login: str, password: str, app: pyotp.TOTP) -> None:
    """Log in with password and code; a code is taken once, so it is the next one."""
    hands.page.context.clear_cookies(name="sitting")
    hands.go("/log-in")
    hands.write("login", login)
    hands.write("password", password)
    hands.press("main button")
    hands.write("code", app.at(time.time() + app.interval))
    hands.send()
    assert hands.here() == "/", hands.reads()


def attach(hands: Hands, line: str, name: str, content: bytes, visibility: str) -> None:
    """Attach a file to a position."""
    hands.go(f"/lines/{line}/attachments")
    hands.page.set_input_files(field("file"), FilePayload(name=name, mimeType="text/plain", buffer=content))
    hands.mark("visibility", visibility)
    hands.send()
    assert said("disputes.told.attached") in hands.reads(), hands.reads()


def submit_position(hands: Hands, line: str, figure: str) -> None:
    """Write a position and hand it to the approver."""
    write_position(hands, line, figure)
    hands.send("submit")
    assert said("disputes.own_text") in hands.reads(), hands.reads()


def approve(hands: Hands) -> None:
    """Read the first text that waits on the desk and file it; the receipt is what comes."""
    hands.go("/desk")
    hands.press('main a[href*="/approval"]')
    hands.send("approve")
    assert hands.here().endswith("/receipt"), hands.reads()


def write_position(hands: Hands, line: str, figure: str) -> None:
    """Open the form of a position and fill it in."""
    hands.go(f"/lines/{line}/position")
    state(hands, figure)


def state(hands: Hands, figure: str) -> None:
    """Fill in what a position must say."""
    hands.write("figure", figure)
    hands.write("rationale_ky", WHY)
    hands.mark("vulnerable", "none")


def keep_draft(hands: Hands, line: str, figure: str) -> None:
    """Write a position and keep it as a draft."""
    write_position(hands, line, figure)
    hands.send("draft")


def file_position(hands: Hands, line: str, figure: str) -> None:
    """Write a position and file it; the receipt is what comes."""
    write_position(hands, line, figure)
    hands.send("file")
    assert hands.here() == f"/lines/{line}/receipt", hands.reads()


def declare_final(hands: Hands, sitting: str) -> None:
    """Say that a party's positions are its last."""
    hands.go(f"/sittings/{sitting}")
    hands.do(f"/sittings/{sitting}/final")


def act_on(hands: Hands, sitting: str, *acts: str) -> None:
    """Press one button after the other on the page of a sitting."""
    for act in acts:
        hands.go(f"/sittings/{sitting}")
        hands.do(f"/sittings/{sitting}/{act}")


def publish_option(hands: Hands, sitting: str) -> None:
    """Compute the balanced option."""
    hands.go(f"/sittings/{sitting}/option")
    hands.do(f"/sittings/{sitting}/option")


def decide(hands: Hands, line: str, *, votes: int = 5) -> None:
    """Record that a figure was agreed, with the votes."""
    hands.go(f"/lines/{line}/decision")
    for name, number in (("votes_for", votes), ("votes_against", 1), ("votes_abstained", 0)):
        hands.write(name, str(number))
    hands.mark("outcome", "agreed")
    hands.send()
    assert said("proceedings.told.decided") in hands.reads()


def issue(hands: Hands, sitting: str) -> None:
    """Issue the protocol."""
    hands.go(f"/sittings/{sitting}/protocol")
    hands.do(f"/sittings/{sitting}/protocol/issue")
