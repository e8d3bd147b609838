"""What rooms that are no part of a sitting put on people's desks, and on the clock of everybody's duties."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app
from sqlmodel import Session

_PARTS: Final = "budgetproto.desk_parts"
_CLOCK: Final = "budgetproto.clock_parts"


@dataclass(frozen=True)
class DeskPart:
    """What one room adds to a desk or to the clock: a template and its values."""

    template: str
    values: Mapping[str, object]


#: A room is given the person who reads, and returns None where he has nothing to do with it.
Maker = Callable[[Session, str], DeskPart | None]


def add_desk_part(app: Flask, maker: Maker) -> None:
    """Let a room add its part to the desks of delegates and of secretaries."""
    app.extensions.setdefault(_PARTS, []).append(maker)


def add_clock_part(app: Flask, maker: Maker) -> None:
    """Let a room add the duties that it knows of to the clock."""
    app.extensions.setdefault(_CLOCK, []).append(maker)


def desk_parts(session: Session, person_id: str) -> list[DeskPart]:
    """Return what every room adds to a person's desk."""
    return _made(_PARTS, session, person_id)


def clock_parts(session: Session, person_id: str) -> list[DeskPart]:
    """Return what every room adds to the clock that a person reads."""
    return _made(_CLOCK, session, person_id)


def _made(place: str, session: Session, person_id: str) -> list[DeskPart]:
    made = (maker(session, person_id) for maker in current_app.extensions.get(place, ()))
    return [part for part in made if part is not None]
