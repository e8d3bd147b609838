"""PURE: what became of the limits of territories and of kinds in an option."""

from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing import Envelope, Option
from budgetproto.i18n.languages import Named
from budgetproto.money import Som


@dataclass(frozen=True)
class GroupShare:
    """What became of the limit of one group: what its lines get, which bound holds them, or failed.

    `held` and `missed` are "floor", "cap" or empty. `rate` is what its lines close then, and `common` what
    the others do; both are None where the rule has no share that closes.
    """

    name: Named
    floor: Som | None
    cap: Som | None
    granted: Som
    held: str = ""
    missed: str = ""
    rate: Fraction | None = None
    common: Fraction | None = None

    @property
    def state(self) -> str:
        """Say by a key what the limit does: it fails, holds its lines, or changes nothing."""
        if self.missed:
            return f"missed.{self.missed}"
        return f"held.{self.held}" if self.held else "idle"


def group_share(envelope: Envelope, option: Option, name: Named) -> GroupShare:
    """Tell a limit in the terms' own words: a cut, computed with the signs turned round, is turned back."""
    bounds, granted = (envelope.least, envelope.most), envelope.granted
    said = {"least": "floor", "most": "cap"}
    if option.cut:
        bounds, granted = (_turned(envelope.most), _turned(envelope.least)), -granted
        said = {"least": "cap", "most": "floor"}
    closing = option.rule == "A" and not option.cut and envelope.held is not None
    return GroupShare(
        name=name,
        floor=_som(bounds[0]),
        cap=_som(bounds[1]),
        granted=Som(granted),
        held=said.get(envelope.held or "", ""),
        missed=said.get(envelope.missed or "", ""),
        rate=envelope.rate if closing else None,
        common=option.rate if closing else None,
    )


def _turned(bound: int | None) -> int | None:
    return None if bound is None else -bound


def _som(tyiyn: int | None) -> Som | None:
    return None if tyiyn is None else Som(tyiyn)
