"""PURE: that a protocol was issued while places that must sign were open, and why."""

from dataclasses import dataclass

from budgetproto.i18n.languages import Words


@dataclass(frozen=True)
class OpenPlaces:
    """The numbers of the places that must sign and had not, and the reason for issuing without them."""

    numbers: str
    reason: Words
