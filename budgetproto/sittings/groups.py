"""PURE: floors and caps on the money of all lines of a territory, or of a kind, inside the envelope."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som


class Scope(StrEnum):
    """What the lines of a group have in common."""

    REGION = "region"
    KIND = "kind"


@dataclass(frozen=True)
class GroupLimit:
    """The least and the most that the lines of one territory, or of one kind, get together, and by what law.

    `code` is that of the territory or kind, `name` what it was called when the terms were proposed.
    """

    scope: Scope
    code: str
    floor: Som | None
    cap: Som | None
    basis: Named
    name: Named = NO_NAME

    @property
    def key(self) -> str:
        """What the limit is called in a computation."""
        return f"{self.scope.value}:{self.code}"


def written(group: GroupLimit) -> dict[str, object]:
    """Return a limit as a part of a canonical document."""
    bounds = {"floor": group.floor, "cap": group.cap}
    return {
        "scope": group.scope.value,
        "code": group.code,
        "basis": vars(group.basis),
        "name": vars(group.name),
        **{name: bound.to_json() for name, bound in bounds.items() if bound is not None},
    }


def read(document: dict[str, Any]) -> GroupLimit:
    """Read a limit back."""
    floor, cap = (Som.from_json(document[name]) if name in document else None for name in ("floor", "cap"))
    return GroupLimit(
        Scope(document["scope"]),
        document["code"],
        floor,
        cap,
        Named(**document["basis"]),
        Named(**document["name"]),
    )
