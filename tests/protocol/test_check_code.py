"""The code beside the signatures: a telephone reads where the file of this protocol is checked."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PIL import Image

from budgetproto.i18n import text
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.reading import pages, plain_text

REACHED = replace(dispute_2020(), verify_at="https://sitting.example.kg/verify")
TITLE = text("protocol.qr.title", "ru")

pytestmark = pytest.mark.poppler


def drawn(snapshot: Snapshot) -> bytes:
    return draw(compose(snapshot), "ru")


def test_the_code_holds_address_number_and_short_code(tmp_path: Path) -> None:
    digest = fingerprint(compose(REACHED))
    address = f"https://sitting.example.kg/verify?number=1&code={digest[:16]}"
    assert squares(drawn(REACHED), tmp_path) == rows(segno.make(address, error="m", micro=False).matrix)


def test_beside_it_people_read_the_same() -> None:
    found = plain_text(drawn(REACHED)).split(TITLE)[1]
    code = fingerprint(compose(REACHED))[:16]
    assert found.strip().startswith(f"№ 1 Код: {code} https://sitting.example.kg/verify")


def test_a_number_of_any_letters_stands_in_the_address(tmp_path: Path) -> None:
    numbered = replace(REACHED, number="12-П/2026")
    code = fingerprint(compose(numbered))[:16]
    address = f"https://sitting.example.kg/verify?number=12-%D0%9F%2F2026&code={code}"
    assert squares(drawn(numbered), tmp_path) == rows(segno.make(address, error="m", micro=False).matrix)


@pytest.mark.parametrize(
    "snapshot", [replace(REACHED, number=None), dispute_2020()], ids=["draft", "no address"]
)
def test_a_draft_and_a_service_without_a_public_address_print_none(snapshot: Snapshot) -> None:
    assert TITLE not in plain_text(drawn(snapshot))


def rows(matrix: Sequence[Sequence[int]]) -> list[list[bool]]:
    return [[bool(square) for square in row] for row in matrix]


def squares(pdf: bytes, folder: Path) -> list[list[bool]]:
    """Look at the printed code, left of its title, and return which of its squares are dark."""
    number, words = next(
        (page, found.words)
        for page, found in enumerate(pages(pdf), 1)
        if TITLE in " ".join(word.text for word in found.words)
    )
    title = next(word for word in words if word.text == TITLE.split()[0] and word.x > 150)
    picture = _picture(pdf, number, folder).crop(_scaled(60, title.y - 12, title.x - 6, title.y + 100))
    code = picture.crop(picture.point(lambda grey: 255 * (grey < 128)).getbbox())
    return _sampled(code)


#: Pixels to a point.
_FINE = 4


def _picture(pdf: bytes, page: int, folder: Path) -> Image.Image:
    (folder / "paper.pdf").write_bytes(pdf)
    options = ["-r", str(72 * _FINE), "-gray", "-singlefile", "-f", str(page), "-l", str(page)]
    subprocess.run(["pdftoppm", *options, folder / "paper.pdf", folder / "page"], check=True)
    return Image.open(folder / "page.pgm")


def _scaled(*points: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(point * _FINE) for point in points)
    return left, top, right, bottom


def _sampled(code: Image.Image) -> list[list[bool]]:
    """Return the squares of a code, whose corner is seven of them wide."""
    width, _ = code.size
    dark = [grey < 128 for grey in code.tobytes()]
    corner = dark[2 * width : 3 * width].index(False)
    count = round(width * 7 / corner)
    places = [int((number + 0.5) * width / count) for number in range(count)]
    return [[dark[y * width + x] for x in places] for y in places]
