"""Reads printed protocols back with poppler, as a person's programs do."""

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple


class Word(NamedTuple):
    """A word on a page and its box in points, y downwards."""

    page: int
    x: float
    y: float
    to_x: float
    to_y: float
    text: str


class Page(NamedTuple):
    """The size of a page and its words."""

    width: float
    height: float
    words: list[Word]


def layout_text(pdf: bytes) -> str:
    """Return the text as it stands on the pages, form feeds between them."""
    return _run("pdftotext", pdf, "-layout")


def plain_text(pdf: bytes) -> str:
    """Return the text in reading order, every run of spaces as one space."""
    return re.sub(r"\s+", " ", _run("pdftotext", pdf, "-raw"))


def pages(pdf: bytes) -> list[Page]:
    """Return every page with the boxes of its words."""
    markup = _run("pdftotext", pdf, "-bbox")
    found = []
    for number, page in enumerate(re.findall(r"<page .*?</page>", markup, re.DOTALL), 1):
        size = re.search(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert size
        words = [_word(number, word) for word in _WORD.findall(page)]
        found.append(Page(float(size[1]), float(size[2]), words))
    return found


def information(pdf: bytes) -> str:
    """Return what pdfinfo says of the document."""
    return _run("pdfinfo", pdf, output=False)


def fonts(pdf: bytes) -> list[str]:
    """Return a line per font of the document."""
    return _run("pdffonts", pdf, output=False).splitlines()[2:]


def _word(page: int, found: tuple[str, ...]) -> Word:
    x, y, to_x, to_y = (float(edge) for edge in found[:4])
    return Word(page, x, y, to_x, to_y, found[4])


_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')


def _run(tool: str, pdf: bytes, *options: str, output: bool = True) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder, "protocol.pdf")
        file.write_bytes(pdf)
        command = [tool, *options, str(file), *(["-"] if output else [])]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
