"""PURE: what can become of a place in the signature block, and how the signed text is found again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from budgetproto.errors import Refused
from budgetproto.i18n import Words
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.snapshot import Signatory, Signing, SigningRole, SigningWay, Snapshot

#: What a signatory can say; that somebody is absent is entered by the secretary.
ANSWERS: Final[tuple[Signing, ...]] = ("signed", "signed_with_remarks", "refused")
#: From which states a place can go on: a signature stands, a refusal or an absence may still become one.
_BEFORE: Final[Mapping[Signing, frozenset[Signing]]] = {
    "signed": frozenset({"open", "refused", "absent"}),
    "signed_with_remarks": frozenset({"open", "refused", "absent"}),
    "refused": frozenset({"open", "absent"}),
    "absent": frozenset({"open"}),
}


#: Whose answer issue waits for, by the setting `must_sign`; a refusal and an absence are answers.
_MUST: Final[Mapping[str, frozenset[SigningRole]]] = {
    "sign_chair": frozenset({"chair"}),
    "sign_sides": frozenset({"chair", "government", "lsg"}),
    "sign_all": frozenset({"chair", "government", "lsg", "secretary"}),
}


class PlacesOpen(Refused):
    """Places that must sign have not answered: issue needs a reason."""

    message_key = "protocol.signing.missing"


class AlreadyAnswered(Refused):
    """The place has been answered in a way that stands."""

    message_key = "protocol.signing.already"


class WordsMissing(Refused):
    """Remarks, a refusal and an absence are told in words."""

    message_key = "protocol.signing.words_missing"


@dataclass(frozen=True)
class Answer:
    """What was said of one place of a laid-out text: by whom, when, and how it was confirmed."""

    place: int
    state: Signing
    words: Words | None
    person: str
    at: datetime
    way: SigningWay


def check(present: Signing, wanted: Signing, words: str) -> None:
    """Raise AlreadyAnswered or WordsMissing unless a place may go from one state to another."""
    if present not in _BEFORE[wanted]:
        raise AlreadyAnswered
    if wanted != "signed" and not words:
        raise WordsMissing


def answered(laid: Snapshot, answers: Sequence[Answer]) -> Snapshot:
    """Return the laid-out snapshot with the latest answer of each place; F of what was signed is stated."""
    return replace(laid, signatories=block(laid, answers), signed_text=fingerprint(compose(laid)))


def block(laid: Snapshot, answers: Sequence[Answer]) -> tuple[Signatory, ...]:
    """Return the signature block of a laid-out snapshot with the latest answer of each place."""
    places = list(laid.signatories)
    for each in answers:
        places[each.place] = _said(places[each.place], each)
    return tuple(places)


def missing(places: Sequence[Signatory], must: str) -> tuple[int, ...]:
    """Return the numbers of the places that must sign and have not answered.

    >>> missing([Signatory("chair"), Signatory("lsg", state="refused")], "sign_sides")
    (1,)
    """
    wanted = [(number, each) for number, each in enumerate(places, 1) if each.role in _MUST[must]]
    return tuple(number for number, each in wanted if each.state == "open")


def signed_text(issued: Snapshot) -> str:
    """Return F, the SHA-256 (hex) of the text that was confirmed, made anew from an issued snapshot.

    F is the fingerprint of the composed value of the same snapshot with every place open again (role, name,
    position, body and account alone), without F itself, the service's signature, and why it was issued with
    places open: what each signatory had before him.
    """
    places = tuple(
        Signatory(each.role, each.name, each.position, each.body, person=each.person)
        for each in issued.signatories
    )
    bare = replace(issued, signatories=places, signed_text="", service_level=None, issued_open=None)
    return fingerprint(compose(bare))


def _said(place: Signatory, answer: Answer) -> Signatory:
    """Return a place with its answer; a refusal before it stays told."""
    refused = place.state == "refused"
    return replace(
        place,
        state=answer.state,
        remark=answer.words,
        at=answer.at,
        way=answer.way,
        refused_at=place.at if refused else place.refused_at,
        refused_words=place.remark if refused else place.refused_words,
    )
