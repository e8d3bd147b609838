"""The printed protocol, read back."""

import os
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, Words, text
from budgetproto.money import Som, Unit
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.delivery.extract_drawing import draw_extract
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import Decision, Position, Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.reading import fonts, information, layout_text, pages, plain_text
from tests.protocol.samples import CITIES, MINISTRY, UNION, make_line, make_snapshot, million, words

GOLDEN = Path(__file__).parent.parent / "golden"
#: BUDGETPROTO_UPDATE_GOLDEN=1 writes the golden texts anew; read the difference before committing it.
UPDATE = os.environ.get("BUDGETPROTO_UPDATE_GOLDEN") == "1"

poppler = pytest.mark.poppler
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def printed(snapshot: Snapshot, language: Language = "ky") -> bytes:
    return draw(compose(snapshot), language)


def with_rationale(said: str) -> Snapshot:
    line = make_line(1, Som(0), million(600))
    positions = tuple(replace(position, rationale=words(said)) for position in line.positions)
    return make_snapshot(replace(line, positions=positions))


@poppler
@in_every_language
def test_the_text_of_the_2020_protocol_is_as_agreed(language: Language) -> None:
    # Widths of blanks differ between versions of poppler; words, lines and pages do not.
    found = re.sub(r" +", " ", layout_text(printed(dispute_2020(), language)))
    golden = GOLDEN / f"protocol_2020_{language}.txt"
    if UPDATE:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def _not_carried(snapshot: Snapshot, language: Language) -> str:
    """Return what is printed without the sums carried forward: pages end elsewhere in each language."""
    labels = [text(f"protocol.carried.{said}", language) for said in ("forward", "brought")]
    printed_lines = layout_text(printed(snapshot, language)).splitlines(keepends=True)
    return "".join(line for line in printed_lines if not any(label in line for label in labels))


@poppler
def test_the_three_languages_print_the_same_figures() -> None:
    # Page 1 shows as many lines in brief as it has room for, so it is compared by its distinct figures only.
    texts = [_not_carried(long_sitting(12), language).partition("\f") for language in LANGUAGES]
    after = [figures(text[2], language) for text, language in zip(texts, LANGUAGES, strict=True)]
    first = [figures(text[0], language) for text, language in zip(texts, LANGUAGES, strict=True)]
    assert after[0].total() > 100
    assert after[0] == after[1] == after[2]
    known = {figure.lstrip("+") for figure in after[0]}
    assert all({figure.lstrip("+") for figure in page} <= known for page in first)


@poppler
@in_every_language
def test_an_amount_is_never_cut(language: Language) -> None:
    huge = make_line(
        1, Som(12_345_678_901_200), Som(98_765_432_109_800), decision=Decision(decided=million(99_999))
    )
    snapshot = make_snapshot(huge, replace(huge, number=2))
    found = plain_text(printed(replace(snapshot, sitting=replace(snapshot.sitting, unit=Unit.SOM)), language))
    shown = "123,456,789,012.00" if language == "en" else "123 456 789 012,00"
    total = "246,913,578,024.00" if language == "en" else "246 913 578 024,00"
    assert found.count(shown) >= 4
    assert found.count(total) >= 3


@in_every_language
def test_the_same_value_gives_the_same_bytes(language: Language) -> None:
    assert printed(dispute_2020(), language) == printed(dispute_2020(), language)


def test_protocols_printed_side_by_side_are_the_same_as_one_after_another() -> None:
    protocols = [compose(dispute_2020()), compose(long_sitting(5)), compose(make_snapshot())] * 4
    alone = [draw(protocol, "ky") for protocol in protocols]
    with ThreadPoolExecutor(6) as crew:
        assert list(crew.map(lambda protocol: draw(protocol, "ky"), protocols)) == alone


@poppler
@in_every_language
def test_hash_journal_head_and_page_number_stand_on_every_page(language: Language) -> None:
    snapshot = dispute_2020()
    found = layout_text(printed(snapshot, language)).split("\f")[:-1]
    digest = fingerprint(compose(snapshot))
    for number, page in enumerate(found, 1):
        assert digest[:16] in page
        assert snapshot.head.digest[:16] in page
        assert text("protocol.foot.page", language, page=number, pages=len(found)) in page


@poppler
@in_every_language
def test_the_whole_hash_stands_at_the_end(language: Language) -> None:
    snapshot = dispute_2020()
    last = layout_text(printed(snapshot, language)).split("\f")[-2]
    assert fingerprint(compose(snapshot)) in last
    assert snapshot.head.digest in last


@poppler
@in_every_language
def test_page_one_answers_in_plain_words(language: Language) -> None:
    first = " ".join(layout_text(printed(dispute_2020(), language)).split("\f")[0].split())
    for figure in ("450", "347", "744"):
        assert figure in first
    for key in ("front.in_short", "standing.partly_agreed", "standing.not_agreed", "standing.referred"):
        assert text(f"protocol.{key}", language) in first
    assert text("protocol.illustrative.mark", language) in first


@poppler
@in_every_language
def test_the_difference_is_also_in_words_at_its_line_on_page_one_and_below_the_totals(
    language: Language,
) -> None:
    protocol = compose(make_snapshot(make_line(1, million(100), million(341) + Som(50_000_000))))
    words = {
        "ky": "эки жүз кырк бир миллион беш жүз миң сом 00 тыйын",
        "ru": "двести сорок один миллион пятьсот тысяч сомов 00 тыйынов",
        "en": "two hundred forty-one million five hundred thousand soms 00 tyiyns",
    }
    first, *rest = layout_text(draw(protocol, language)).split("\f")
    assert words[language] in " ".join(first.split())
    assert " ".join(" ".join(rest).split()).count(words[language]) == 2


@poppler
def test_a_budget_in_another_currency_has_no_words_for_its_amounts() -> None:
    snapshot = dispute_2020()
    dollars = replace(snapshot, sitting=replace(snapshot.sitting, unit=Unit.MILLION_DOLLARS))
    assert text("protocol.line.difference_in_words", "en") not in plain_text(printed(dollars, "en"))


@poppler
@pytest.mark.parametrize("lines", [3, 40, 60, 500])
def test_the_answer_fits_on_page_one_at_any_length(lines: int) -> None:
    first, second = layout_text(printed(long_sitting(lines, sentences=0))).split("\f")[:2]
    assert text("protocol.attendance.title", "ky") not in first
    assert second.lstrip().startswith(text("protocol.attendance.title", "ky"))


@poppler
def test_the_head_of_the_main_table_is_repeated_on_each_of_its_pages() -> None:
    found = layout_text(printed(long_sitting(30))).split("\f")
    begin = next(n for n, page in enumerate(found) if text("protocol.lines.title", "ky") in page)
    end = next(n for n, page in enumerate(found) if text("protocol.totals.title", "ky") in page)
    assert end - begin > 5
    for page in found[begin:end]:
        assert text("protocol.column.line", "ky") in page


@poppler
@pytest.mark.parametrize("snapshot", [dispute_2020(), long_sitting(40)], ids=["short", "long"])
def test_nothing_is_printed_outside_the_margins_or_over_the_foot(snapshot: Snapshot) -> None:
    for page in pages(printed(snapshot)):
        foot = max(word.y for word in page.words)
        for word in page.words:
            assert word.x >= 35
            assert word.to_x <= page.width - 35
            assert word.y >= 35
            assert word.to_y <= foot + 0.5 or word.y == foot


@poppler
def test_no_two_words_of_a_long_protocol_overlap() -> None:
    for page in pages(printed(long_sitting(25))):
        for one, other in combinations(page.words, 2):
            beside = min(one.to_x, other.to_x) - max(one.x, other.x) < 0.6
            below = min(one.to_y, other.to_y) - max(one.y, other.y) < 2
            assert beside or below, (one, other)


@poppler
def test_a_long_rationale_runs_on_to_the_next_page_under_its_name() -> None:
    said = " ".join(f"Негиздеме {number}." for number in range(900))
    snapshot = replace(with_rationale(said), number="1")
    found = plain_text(draw_extract(compose(snapshot), {1}, "ky"))
    assert text("protocol.lines.continued", "ky", title=make_line().title) in found
    assert found.count("Негиздеме 899.") >= 2


@poppler
def test_no_line_of_a_paragraph_stands_alone_on_a_page() -> None:
    opinion = replace(dispute_2020().opinions[0], words=words(" ".join(f"Пикир{n}" for n in range(2000))))
    for page in pages(printed(replace(dispute_2020(), opinions=(opinion,)))):
        lines = {
            round(word.y) for word in page.words if word.text.startswith("Пикир") and word.text[5:].isdigit()
        }
        assert len(lines) != 1


@poppler
def test_a_letter_no_font_has_is_printed_as_its_code_point() -> None:
    assert "Грант [U+1F600] керек" in plain_text(printed(with_rationale("Грант 😀 керек")))


@poppler
def test_markup_in_a_partys_text_is_printed_as_it_stands() -> None:
    said = '<b>Грант</b> &amp; <img src="/etc/passwd"> (а\\б) {x} %s'
    assert said in plain_text(printed(with_rationale(said)))


@poppler
def test_signs_the_serif_lacks_come_from_the_font_for_signs() -> None:
    assert "Грант ✓ ☐ ₽ керек" in plain_text(printed(with_rationale("Грант ✓ ☐ ₽ керек")))


@poppler
def test_a_text_with_very_many_letters_is_still_readable() -> None:
    said = " ".join(chr(code) for code in [*range(0x400, 0x482), *range(0x100, 0x17F), *range(0x391, 0x3A1)])
    assert said in plain_text(printed(with_rationale(said)))


@poppler
@in_every_language
def test_no_position_is_said_in_words_and_zero_in_figures(language: Language) -> None:
    found = plain_text(printed(make_snapshot(make_line(1, Som(0), None)), language))
    assert text("protocol.no_position", language) in found
    assert ("0.0" if language == "en" else "0,0") in found


@poppler
def test_an_undefined_percentage_is_a_dash() -> None:
    assert "+600 000,0 — %" in plain_text(printed(dispute_2020()))


@poppler
def test_the_sum_of_no_figures_is_not_a_zero() -> None:
    found = plain_text(printed(make_snapshot(make_line(1, Som(0), None))))
    none = text("protocol.no_figures", "ky")
    assert text("protocol.totals.one_sided", "ky", lines=1, government="0,0", lsg=none, decided=none) in found


@poppler
def test_a_very_long_title_does_not_drive_the_lines_from_page_one() -> None:
    title = Named("Мугалимдердин эмгек акысын жогорулатууга багытталган максаттуу трансферт " * 12)
    found = layout_text(printed(make_snapshot(make_line(1, Som(0), million(600), title=title)))).split("\f")
    assert text("protocol.front.lines", "ky") in found[0]
    assert "…" in found[0]
    assert " ".join("\n".join(found).split()).count("Мугалимдердин") > 12


@poppler
def test_a_missing_and_an_unconfirmed_translation_are_marked() -> None:
    found = plain_text(printed(dispute_2020(), "ru"))
    language = text("protocol.language.ky", "ru")
    assert text("protocol.translation.unconfirmed", "ru", language=language) in found
    found = plain_text(printed(dispute_2020(), "ky"))
    assert text("protocol.translation.missing", "ky", language=text("protocol.language.ru", "ky")) in found


@poppler
def test_a_citation_that_reads_the_same_in_every_language_is_not_marked() -> None:
    line = make_line(1, Som(0), Som(1))
    timing = Words(Named("2020-07-01", "2020-07-01", "2020-07-01"))
    positions = tuple(replace(position, timing=timing) for position in line.positions)
    found = plain_text(printed(make_snapshot(replace(line, positions=positions)), "ru"))
    assert "2020-07-01" in found
    assert "2020-07-01 [" not in found


@poppler
def test_what_was_not_tried_before_the_sitting_is_said() -> None:
    assert text("protocol.history.none", "ky") in plain_text(
        printed(make_snapshot(make_line(1, Som(0), Som(1))))
    )


@poppler
def test_a_percentage_line_shows_points_and_the_money_they_mean() -> None:
    line = make_line(1, 1200, 2500, measure="percentage", money_base=million(15_420))
    found = plain_text(printed(make_snapshot(line), "ru"))
    assert "12 % (1 850 400,0) 25 % (3 855 000,0) +13 п. п. (+2 004 600,0) +108,3 %" in found


@poppler
def test_every_association_is_printed_and_the_one_that_does_not_count_says_so() -> None:
    positions = (Position(MINISTRY, Som(0)), Position(UNION, million(5)), Position(CITIES, million(9)))
    found = plain_text(printed(make_snapshot(make_line(1, positions=positions))))
    assert text("protocol.position.not_counted", "ky", figure="9 000,0") in found


@poppler
def test_a_refusal_to_sign_is_printed_with_its_reason() -> None:
    found = plain_text(printed(dispute_2020()))
    assert text("protocol.signatures.refused", "ky") in found
    assert "Ссуда грантты алмаштырбайт." in found


@poppler
def test_a_draft_says_so_on_every_page() -> None:
    draft = replace(dispute_2020(), number=None)
    for page in layout_text(printed(draft)).split("\f")[:-1]:
        assert text("protocol.draft", "ky") in page


@poppler
@in_every_language
def test_the_document_names_its_language_and_title(language: Language) -> None:
    pdf = printed(dispute_2020(), language)
    assert f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li>".encode() in pdf
    assert " ".join(text("protocol.title", language).split()) in information(pdf)


@poppler
def test_every_font_is_embedded_as_a_subset() -> None:
    found = fonts(printed(dispute_2020()))
    assert found
    for line in found:
        assert re.search(r"TrueType\s+\S+\s+yes yes yes", line), line
    assert not any("Helvetica" in line for line in found)


def test_a_sitting_without_any_line_is_still_a_protocol() -> None:
    assert printed(make_snapshot()).startswith(b"%PDF")


def test_everything_empty_is_still_a_protocol() -> None:
    snapshot = make_snapshot(make_line(1, title=Named(), decision=Decision()))
    bare = replace(
        snapshot, agenda=(), opinions=(), signatories=(), option=None, parties=(),
        attendance=replace(snapshot.attendance, people=(), quorum=None),
    )  # fmt: skip
    assert printed(bare).startswith(b"%PDF")


def figures(said: str, language: Language) -> Counter[str]:
    """Return every amount of the text, in one form for all languages."""
    amount = r"[+−]?\d{1,3}(?:,\d{3})*\.\d" if language == "en" else r"[+−]?\d{1,3}(?:[ \u00a0]\d{3})*,\d"
    return Counter(re.sub(r"[ \u00a0,.]", "", found) for found in re.findall(amount + r"(?!\d)", said))
