"""Rows of a table that a phone shows as cards: each cell carries the name of its column."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from flask import Flask
from markupsafe import Markup

_ROW_OR_CELL: Final = re.compile(r"<(?:tr|t[dh])\b[^>]*(?=>)")
_SPAN: Final = re.compile(r'\bcolspan="(\d+)"')
_DRAWN: Final = re.compile(r'<(\w+)[^>]*aria-hidden="true"[^>]*>[^<]*</\1>')
_TAG: Final = re.compile(r"<[^>]+>")


def init_app(app: Flask) -> None:
    """Give templates the filter `labelled`."""
    app.jinja_env.filters["labelled"] = labelled


def labelled(rows: Markup, columns: Sequence[Mapping[str, object]]) -> Markup:
    """Return the rows with `data-label` on each cell of a value: the words in the head of its column.

    >>> labelled(Markup('<tr><th scope="row">1</th><td>2</td></tr>'), [{"text": "А"}, {"text": "«Б»"}])
    Markup('<tr><th scope="row">1</th><td data-label="«Б»">2</td></tr>')
    """
    names = [_plain(column["text"]) for column in columns]
    place = 0

    def name(found: re.Match[str]) -> str:
        nonlocal place
        if found[0].startswith("<tr"):
            place = 0
            return found[0]
        words = names[place] if place < len(names) else ""
        place += int(spanned[1]) if (spanned := _SPAN.search(found[0])) else 1
        return found[0] if found[0].startswith("<th") or not words else f'{found[0]} data-label="{words}"'

    return Markup(_ROW_OR_CELL.sub(name, rows))  # noqa: S704  # the rows were escaped by their template


def _plain(words: object) -> str:
    """Return the words of a heading without its tags, fit for an attribute."""
    return " ".join(_TAG.sub(" ", _DRAWN.sub("", Markup.escape(words))).split())
