"""Take the pictures of printed protocols in docs/protocol.md anew: a few pages of 3, 40 and 500 lines.

Run as `python -m docs.pictures.papers`. The figures of 40 and 500 lines are made up.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image

from budgetproto.i18n import Language, text
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.reading import layout_text

HERE: Final = Path(__file__).parent
LENGTHS: Final = (3, 40, 500)
LANGUAGES: Final[tuple[Language, ...]] = ("ky", "ru")
#: Dots an inch, greys, and white between pages in dots.
_DOTS, _GREYS, _GAP = 62, 12, 14


def main() -> None:
    """Draw each protocol, and put a few of its pages into one picture."""
    for lines in LENGTHS:
        for language in LANGUAGES:
            content = draw(compose(sample(lines)), language)
            pages = [picture(content, number) for number in chosen(content, language)]
            together(pages).save(HERE / f"paper-{lines}-{language}.png", optimize=True)


def sample(lines: int) -> Snapshot:
    """Return the sitting of 2020, or one of so many made-up lines, as it is issued and signed."""
    facts = dispute_2020() if lines == len(dispute_2020().lines) else long_sitting(lines, sentences=3)
    return replace(facts, number="1", verify_at="https://sitting.example.kg/verify", service_level="B-B")


def chosen(content: bytes, language: Language) -> Iterator[int]:
    """Yield the pages to show: the first, the last with signatures, the first two of the table."""
    pages = layout_text(content).split("\f")
    titled = {
        part: next(
            number
            for number, page in enumerate(pages, 1)
            if text(f"protocol.{part}.title", language) in page
            if number > 1
        )
        for part in ("lines", "qr")
    }
    yield from (1, titled["qr"], titled["lines"], titled["lines"] + 1)


def picture(content: bytes, page: int) -> Image.Image:
    """Return one page as a picture in greys."""
    with TemporaryDirectory() as folder:
        Path(folder, "paper.pdf").write_bytes(content)
        options = ["-r", str(_DOTS), "-gray", "-singlefile", "-f", str(page), "-l", str(page)]
        subprocess.run(["pdftoppm", *options, f"{folder}/paper.pdf", f"{folder}/page"], check=True)
        return Image.open(BytesIO(Path(folder, "page.pgm").read_bytes()))


def together(pages: list[Image.Image]) -> Image.Image:
    """Put upright pages into one row and wide ones below them, on grey, in few greys: a small file."""
    upright = [page for page in pages if page.width < page.height]
    wide = [page for page in pages if page.width > page.height]
    rows = [row for row in (upright, wide) if row]
    width = max(sum(page.width + _GAP for page in row) for row in rows) + _GAP
    height = sum(max(page.height for page in row) + _GAP for row in rows) + _GAP
    whole, top = Image.new("L", (width, height), 200), _GAP
    for row in rows:
        left = (width - sum(page.width + _GAP for page in row) + _GAP) // 2
        for page in row:
            whole.paste(page, (left, top))
            left += page.width + _GAP
        top += row[0].height + _GAP
    return whole.quantize(_GREYS)


if __name__ == "__main__":
    main()
