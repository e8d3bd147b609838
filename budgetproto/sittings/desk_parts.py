"""What rooms that are no part of a sitting put on people's desks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app
from sqlmodel import Session

_PARTS: Final = "budgetproto.desk_parts"


@dataclass(frozen=True)
class DeskPart:
    """What one room adds to a desk: a template and its values."""

    template: str
    values: Mapping[str, object]


#: A room is given the person whose desk it is, and returns None where he has nothing to do with it.
Maker = Callable[[Session, str], DeskPart | None]


def add_desk_part(app: Flask, maker: Maker) -> None:
    """Let a room add its part to the desks of delegates and of secretaries."""
    app.extensions.setdefault(_PARTS, []).append(maker)


def desk_parts(session: Session, person_id: str) -> list[DeskPart]:
    """Return what every room adds to a person's desk."""
    made = (maker(session, person_id) for maker in current_app.extensions.get(_PARTS, ()))
    return [part for part in made if part is not None]
