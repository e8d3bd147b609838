"""A long rationale stands in brief at its line and whole in its annex, and rows of long ones break well."""

from dataclasses import replace
from functools import cache
from typing import Final

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.protocol.composition import compose
from budgetproto.protocol.delivery.extract_drawing import draw_extract
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing.rationales import BRIEF, LONG, beginning
from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.reading import pages, plain_text
from tests.protocol.samples import make_line, make_snapshot, million, words

#: A sentence of its own in each place, so that whatever is lost or stands twice is seen.
SENTENCES: Final = [f"Сүйлөм{number} жергиликтүү бюджеттин чыгашасы жөнүндө." for number in range(40)]
LONG_TEXT: Final = " ".join(SENTENCES)
SHORT_TEXT: Final = SENTENCES[0]


def sitting(said: str, lines: int = 1) -> Snapshot:
    line = make_line(1, million(1), million(2))
    reason = replace(words(""), text=Named(said, said, said))
    positions = tuple(replace(position, rationale=reason) for position in line.positions)
    return make_snapshot(*(replace(line, number=each, positions=positions) for each in range(1, lines + 1)))


@cache
def printed(said: str, language: Language) -> str:
    return plain_text(draw(compose(sitting(said)), language))


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_rationale_is_in_brief_at_its_line_and_whole_in_the_annex(language: Language) -> None:
    title = text("protocol.annexes.rationales", language)
    assert len(LONG_TEXT) > LONG
    before, _, annex = printed(LONG_TEXT, language).rpartition(title)
    assert before.count(f"… {text('protocol.position.whole', language)}") == 4  # in the table, in the list
    assert SENTENCES[-1] not in before
    # Page feet stand within, so words are counted and not the whole text.
    for sentence in SENTENCES:
        assert annex.count(f"{sentence.split()[0]} ") == 2


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_rationale_stands_whole_at_its_line_and_needs_no_annex(language: Language) -> None:
    found = printed(SHORT_TEXT, language)
    assert text("protocol.position.whole", language) not in found
    none = f"{text('protocol.annexes.rationales', language)} — {text('protocol.annexes.empty', language)}"
    assert none in found


def test_a_beginning_ends_with_a_sentence_or_at_least_with_a_word() -> None:
    assert beginning(SHORT_TEXT) == SHORT_TEXT
    assert len(beginning(LONG_TEXT)) <= BRIEF + 2
    assert beginning(LONG_TEXT).endswith("жөнүндө. …")
    assert beginning("сөз " * 300).endswith("сөз …")
    assert beginning("ы" * 900) == "ы" * BRIEF + " …"


@pytest.mark.poppler
def test_an_extract_has_no_annexes_and_tells_a_long_rationale_whole() -> None:
    found = plain_text(draw_extract(compose(replace(sitting(LONG_TEXT), number="1")), {1}, "ky"))
    assert SENTENCES[-1].split()[0] in found
    assert text("protocol.position.whole", "ky") not in found


@pytest.mark.poppler
def test_rows_of_twenty_lines_fill_their_pages_and_lose_nothing() -> None:
    """Rows that are some twenty lines deep go on to the next page, and no page stays half empty."""
    snapshot = replace(sitting(LONG_TEXT, lines=9), number="1")
    pdf = draw_extract(compose(snapshot), set(range(1, 10)), "ky")
    table = [page for page in pages(pdf) if page.width > page.height]
    assert len(table) > 4
    for page in table[:-1]:
        body = [word for word in page.words if word.to_y < page.height - 50]
        assert max(word.to_y for word in body) > 0.75 * page.height
    said = [word.text for page in table for word in page.words]
    for number in range(len(SENTENCES)):
        assert said.count(f"Сүйлөм{number}") == 18
