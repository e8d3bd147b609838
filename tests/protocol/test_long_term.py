"""Signatures with a time-stamp service and revocation lists that are really asked, over HTTP on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.printing import print_files
from budgetproto.protocol.signature.certificates import certificates
from budgetproto.protocol.signature.checking import NoPdf, check_signature, unsigned
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.settings import SigningSettings
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.stamping import Authority, authority


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Authority]:
    with authority(tmp_path) as made:
        yield made


def whole(content: bytes) -> bool:
    try:
        return check_signature(content).whole
    except NoPdf:
        return False


def loaded(settings: SigningSettings) -> ServiceKey:
    key = ServiceKey.load(settings)
    assert key
    return key


def test_the_time_stamp_service_stamps_each_of_the_three_files(served: Authority) -> None:
    made = print_files(dispute_2020(), loaded(served.settings(long_term=False)))
    assert made.signed
    assert made.signed.level == "B-T"
    assert served.stamped >= len(made.files)
    assert all(check_signature(content).stamped for content in made.files.values())


def test_long_term_files_carry_what_proves_that_nothing_was_revoked(served: Authority) -> None:
    settings = served.settings(long_term=True)
    made = print_files(dispute_2020(), loaded(settings))
    assert made.signed
    assert made.signed.level == "B-LTA"
    assert served.asked > 0
    root = certificates((settings.trusted_file or Path()).read_bytes())
    for content in made.files.values():
        found = check_signature(content, root)
        assert (found.whole, found.stamped, found.trusted) == (True, True, True)
        assert b"/DSS" in content


def test_what_is_added_behind_a_long_term_signature_is_told(served: Authority) -> None:
    content = print_files(dispute_2020(), loaded(served.settings(long_term=True))).files["ru"]
    assert check_signature(content).whole
    assert not whole(content + b"\n%%EOF\n")
    for place in range(0, len(content), len(content) // 8):
        assert not whole(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]), place


def test_what_was_drawn_stands_before_all_that_long_term_adds(served: Authority) -> None:
    made = print_files(dispute_2020(), loaded(served.settings(long_term=True)))
    drawn = draw(compose(made.snapshot), "ky")
    assert unsigned(made.files["ky"]) == drawn


def test_a_service_that_answers_with_a_fault_is_one_that_does_not_answer(served: Authority) -> None:
    served.answers = False
    made = print_files(dispute_2020(), loaded(served.settings(long_term=True, required=False)))
    assert made.signed
    assert made.signed.level == "B-B"
