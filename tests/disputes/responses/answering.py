"""A scene in session with a published option, and short ways to answer it."""

from datetime import date, timedelta
from typing import Any

from budgetproto.accounts.domain import Party, Person
from budgetproto.database import Database, now
from budgetproto.disputes.domain import Figure
from budgetproto.disputes.options import service as options
from budgetproto.disputes.options import storage as option_storage
from budgetproto.disputes.responses import service, settling, storage
from budgetproto.disputes.responses.domain import Answer, Kind, Response
from budgetproto.i18n import Named, Words
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.money import Som
from budgetproto.proceedings import service as proceedings
from budgetproto.proceedings import settled
from budgetproto.proceedings.domain import Outcome, Votes
from budgetproto.proceedings.service import Recorded
from tests import sessions
from tests.factories import Scene

REASON = Words(Named("Каражат жетпейт", "Средств не хватает"), "ky", ("ru",))

settling.register(settled.settled)


def in_session(database: Database, *, lines: int = 3) -> Scene:
    """Take a scene with figures on every line to its session, with the first version of the option."""
    return sessions.in_session(database, lines=lines, versions=1)


def publish_again(scene: Scene) -> int:
    """Publish the next version of the option."""
    return options.publish_option(scene.database, scene.secretary.id, scene.sitting)


def newest(scene: Scene) -> int:
    """Return the number of the newest version of the option."""
    with scene.database.reading() as session:
        row = option_storage.latest_option(session, scene.sitting)
        return row.number if row else 0


def figure_of(scene: Scene, line: int = 0) -> Figure:
    """Return what the newest version says of a line."""
    with scene.database.reading() as session:
        option = options.latest(session, scene.sitting)
        assert option is not None
        return option.awards[line + 1].figure


def today(scene: Scene) -> date:
    """Return the day in Bishkek by the database's clock."""
    with scene.database.reading() as session:
        return bishkek_day(now(session))


def subject(scene: Scene, *, days: int = 3, by: str = "Союздун башкармалыгы") -> Response:
    """Accept subject to confirmation within so many days."""
    return Response(Kind.SUBJECT, confirmer=by, until=today(scene) + timedelta(days=days))


def seen(scene: Scene, party: Party, line: int = 0) -> int:
    """Return the number of a party's last answer."""
    with scene.database.reading() as session:
        last = storage.latest(session, scene.lines[line], party.id)
        return last.number if last else 0


def respond(
    scene: Scene,
    party: Party,
    response: Response,
    *,
    line: int = 0,
    person: Person | None = None,
    **more: Any,
) -> Answer:
    """Answer the newest version for a party, as its first delegate unless said otherwise."""
    given: dict[str, Any] = {"option": newest(scene), "seen": seen(scene, party, line)} | more
    author = person or scene.speaker(party)
    return service.answer(
        scene.database, author.id, scene.lines[line], party_id=party.id, response=response, **given
    )


def accept(scene: Scene, party: Party, **how: Any) -> Answer:
    """Accept."""
    return respond(scene, party, Response(Kind.ACCEPT), **how)


def reject(scene: Scene, party: Party, **how: Any) -> Answer:
    """Reject with a reason."""
    return respond(scene, party, Response(Kind.REJECT, REASON), **how)


def decide(scene: Scene, line: int, figure: Som, outcome: Outcome = Outcome.AGREED) -> None:
    """Record what the committee decided on a question, members present."""
    recorded = Recorded(figure, Votes(6, 1, 0), outcome)
    proceedings.record_decision(scene.database, scene.secretary.id, scene.lines[line], recorded, version=0)
