"""Sittings that have come some way, as very many tests need them: what is filed, opened, in its session."""

from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import NO_NAME
from budgetproto.proceedings import service
from budgetproto.proceedings.domain import Attendee, Group
from tests.factories import SEAL_KEY, Scene, file_all, make_scene, open_all, start_session
from tests.remembered import remembered


@remembered
def filed(database: Database, *, key: SealKey = SEAL_KEY, lines: int = 2) -> Scene:
    """Take a sitting to where both sides have filed on every line."""
    scene = make_scene(database, key=key, lines=lines)
    file_all(scene)
    return scene


@remembered
def opened(database: Database, *, key: SealKey = SEAL_KEY, lines: int = 2, versions: int = 0) -> Scene:
    """Take it on to where everything is open, and publish so many versions of the option."""
    scene = filed(database, key=key, lines=lines)
    open_all(scene)
    for _ in range(versions):
        options.publish_option(database, scene.secretary.id, scene.sitting)
    return scene


@remembered
def in_session(
    database: Database, *, key: SealKey = SEAL_KEY, lines: int = 2, versions: int = 0, seated: bool = False
) -> Scene:
    """Take it on into its session, with or without members who vote."""
    scene = opened(database, key=key, lines=lines, versions=versions)
    start_session(scene)
    if seated:
        seat_members(scene)
    return scene


def attendee(name: str, *, group: Group = Group.MEMBER, present: bool = True) -> Attendee:
    """Return somebody at a session."""
    return Attendee(group, name, NO_NAME, NO_NAME, NO_NAME, present, NO_NAME)


def seat_members(scene: Scene, *, present: int = 7, total: int = 11) -> None:
    """Record eleven members, seven of them present, and a guest."""
    people = [attendee(f"Депутат {number}", present=number < present) for number in range(total)]
    people.append(attendee("Конок", group=Group.INVITED))
    service.record_attendance(scene.database, scene.secretary.id, scene.sitting, people)
