"""The protocol is a file that archives keep and screen readers read: PDF/A-2a and PDF/UA-1, says veraPDF."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from budgetproto.i18n import LANGUAGES, Named, Words
from budgetproto.protocol.composition import compose
from budgetproto.protocol.delivery.extract_drawing import draw_extract
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.signature.authority import make_authority
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.protocol.snapshot import Signing, Snapshot
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import PORTRAIT, TextStyle
from budgetproto.settings import SigningSettings
from tests.counts import LONG
from tests.protocol.archival import verdicts
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting

#: Signed protocols of so many lines are shown to veraPDF; the longest takes a minute (`make long`).
LENGTHS = (5, 100, 1_000) if LONG else (5, 100)
NAMES = [
    *(f"short in {each}" for each in LANGUAGES),
    "a draft",
    *(f"{lines} lines" for lines in LENGTHS),
    "a picture",
    "an extract",
    "confirmed",
    "signed",
]

pytestmark = pytest.mark.verapdf


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """Ask veraPDF about short and long protocols, drafts and issued ones, once."""
    short = replace(dispute_2020(), verify_at="https://sitting.example.kg/verify")
    files = {f"short in {language}": draw(compose(short), language) for language in LANGUAGES}
    files["a draft"] = draw(compose(replace(short, number=None)), "ky")
    files["a picture"] = picture()
    files["an extract"] = draw_extract(compose(replace(short, number="1")), [1, 3], "ru")
    files["confirmed"] = draw(compose(confirmed(short)), "ky")
    files["signed"] = signed(files["short in ru"], tmp_path_factory.mktemp("key"))
    for lines in LENGTHS:
        long = draw(compose(replace(long_sitting(lines), number="2")), "ky")
        files[f"{lines} lines"] = signed(long, tmp_path_factory.mktemp("key"))
    files["spoilt"] = files["short in ky"].replace(b"<pdfaid:part>2", b"<pdfaid:part>1")
    return verdicts(files)


def signed(content: bytes, folder: Path) -> bytes:
    """Sign a file as the service does."""
    (folder / "key.p12").write_bytes(make_authority("сыноо үчүн гана").key)
    key = ServiceKey.load(SigningSettings(key_file=folder / "key.p12", passphrase="сыноо үчүн гана"))
    assert key
    return key.signed(content, level="B-B", reason="№ 2020-1", place="Бишкек")


def confirmed(snapshot: Snapshot) -> Snapshot:
    """Answer every place of a protocol in turn: signed after a refusal, with remarks, refused, absent."""
    at = datetime(2020, 6, 25, 6, 0, tzinfo=UTC)
    remark = Words(Named("Эскертүү бар", "Есть замечание", "A remark"), "ky")
    states: tuple[Signing, ...] = ("signed", "signed_with_remarks", "refused", "absent")
    answered = zip(snapshot.signatories, states, strict=False)
    places = (
        replace(
            place, state=state, remark=remark, at=at, way="second_factor", refused_at=at, refused_words=remark
        )
        for place, state in answered
    )
    return replace(snapshot, signatories=tuple(places), signed_text="0" * 64)


def picture() -> bytes:
    press = Press(Particulars("Сүрөт", "", "ky", datetime(2020, 5, 14, tzinfo=UTC)))
    flow = Flow(press, PORTRAIT)
    flow.text("Сүрөт", TextStyle(role="H1"))
    flow.figure(40, lambda pen, x, y: pen.words("Ысык-Көл", x, y + 20), "Ысык-Көл: 40 %")
    return flow.bound(lambda *_: None)


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_broken(found: dict[tuple[str, str], str], name: str, flavour: str) -> None:
    assert found[name, flavour] == ""


def test_a_file_that_says_it_is_of_another_kind_would_be_noticed(found: dict[tuple[str, str], str]) -> None:
    assert found["spoilt", "2a"]
