"""PURE: the option as a JSON-ready document and back, without losing a digit."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from fractions import Fraction
from typing import Any

from budgetproto.balancing.option import (
    Award,
    Certificate,
    EmergencyRow,
    Envelope,
    Option,
    Reason,
    Satisfaction,
    Stage,
    Status,
    Tier,
    Totals,
)

Document = dict[str, Any]


def to_document(option: Option) -> Document:
    """Return the option as dictionaries, lists, whole numbers and text; a rate is "numerator/denominator".

    >>> from budgetproto.balancing import Line, balance
    >>> to_document(balance([Line("roads", 100, 160)], 40))["rate"]
    '2/3'
    """
    document: Document = plain(option)
    first, *others = document.pop("certificates") or [None]
    return document | {"certificate": first, "certificates": others}


def plain(value: Any) -> Any:
    """Return a value in JSON's own types; a fraction always shows its denominator."""
    match value:
        case _ if is_dataclass(value) and not isinstance(value, type):
            return plain(asdict(value))
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case dict():
            return {plain(name): plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case str():
            return str(value)
        case _:
            return value


def from_document(document: Mapping[str, Any]) -> Option:
    """Return the option a document was written from; raise ValueError where it is not one."""
    try:
        return _option(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not the document of an option") from error


def _option(document: Mapping[str, Any]) -> Option:
    emergency = document["emergency"]
    known = {field.name: document[field.name] for field in fields(Option) if field.name in document}
    return Option(
        **known
        | {
            "status": Status(document["status"]),
            "rate": _fraction(document["rate"]),
            "lines": tuple(_award(line) for line in document["lines"]),
            "totals": Totals(**document["totals"]),
            "certificates": tuple(_certificate(each) for each in _certificates(document)),
            "envelopes": tuple(_envelope(each) for each in document.get("envelopes", ())),
            "recipients": tuple(_award(each) for each in document.get("recipients", ())),
            "satisfaction": _satisfaction(document.get("satisfaction")),
            "emergency": None if emergency is None else tuple(_emergency_row(row) for row in emergency),
        }
    )


def _certificates(document: Mapping[str, Any]) -> list[Any]:
    """Return the proofs, that of the common pool first; older options have no other."""
    found = (document["certificate"], *document.get("certificates", ()))
    return [each for each in found if each is not None]


def _award(document: Mapping[str, Any]) -> Award:
    details = {
        name: _fraction(value) if isinstance(value, str) else value
        for name, value in document["details"].items()
    }
    return Award(
        **dict(document)
        | {
            "rate": _fraction(document["rate"]),
            "reason": Reason(document["reason"]),
            "details": details,
            "flags": tuple(Reason(flag) for flag in document["flags"]),
        }
    )


def _certificate(document: Mapping[str, Any]) -> Certificate:
    return Certificate(
        **dict(document)
        | {
            "last_taken": _fraction(document["last_taken"]),
            "first_left": _fraction(document["first_left"]),
            "stage": Stage(document["stage"]),
        }
    )


def _satisfaction(document: Mapping[str, Any] | None) -> Satisfaction | None:
    if document is None:
        return None
    return Satisfaction(**{name: Fraction(value) for name, value in document.items()})


def _envelope(document: Mapping[str, Any]) -> Envelope:
    return Envelope(
        **dict(document) | {"lines": tuple(document["lines"]), "rate": _fraction(document["rate"])}
    )


def _emergency_row(document: Mapping[str, Any]) -> EmergencyRow:
    return EmergencyRow(**dict(document) | {"tier": Tier(document["tier"])})


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
