"""Whatever is said of the places of a laid-out text, the code of the text stays, and a signature stands."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.signing.domain import AlreadyAnswered, Answer, answered, block, check, signed_text
from budgetproto.protocol.snapshot import Signatory, Signing
from tests.protocol.disputes_2020 import dispute_2020

NOON = datetime(2020, 6, 25, 6, 0, tzinfo=UTC)
ISSUED = dispute_2020()
LAID = replace(ISSUED, signatories=tuple(Signatory(each.role, each.name) for each in ISSUED.signatories))
WANTED = st.sampled_from(("signed", "signed_with_remarks", "refused", "absent"))


def taken(wishes: list[tuple[int, Signing]]) -> list[Answer]:
    """Return the answers of these wishes that the rules take."""
    given: list[Answer] = []
    for place, state in wishes:
        try:
            check(block(LAID, given)[place].state, state, "words")
        except AlreadyAnswered:
            continue
        given.append(Answer(place, state, None, "person", NOON, ""))
    return given


@given(st.lists(st.tuples(st.integers(0, len(LAID.signatories) - 1), WANTED), max_size=12))
def test_the_code_of_the_text_does_not_depend_on_what_was_said(
    wishes: list[tuple[int, Signing]],
) -> None:
    made = answered(LAID, taken(wishes))
    assert made.signed_text == signed_text(made) == fingerprint(compose(LAID))


@given(st.lists(st.tuples(st.integers(0, len(LAID.signatories) - 1), WANTED), max_size=12))
def test_a_signature_is_never_taken_back(wishes: list[tuple[int, Signing]]) -> None:
    answers = taken(wishes)
    for place in range(len(LAID.signatories)):
        said = [each.state for each in answers if each.place == place]
        assert not any(state.startswith("signed") for state in said[:-1])
        assert len(said) == len(set(said))
