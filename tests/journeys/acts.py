"""The acts of a sitting as people do them on the pages, whatever their hands."""

from tests.factories import PASSWORD
from tests.journeys.hands import Hands
from tests.journeys.visitor import said

WHY = "Айыл өкмөттөрү долбоорлорун жазып коюшкан."


def log_in(hands: Hands, login: str, password: str = PASSWORD) -> None:
    """Log in from the first page."""
    hands.go("/log-in")
    hands.write("login", login)
    hands.write("password", password)
    hands.press("main button")
    assert hands.here() == "/", hands.reads()


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
