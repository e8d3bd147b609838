"""The report on paper: whole, hashed, the same figures in every language, for archives and screen readers."""

import re

import pytest

from budgetproto.demonstration.annual import real_report
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.journal.domain import sha256_of
from budgetproto.reporting.annual import document
from budgetproto.reporting.annual.content import SECTIONS
from budgetproto.reporting.annual.drawing import draw
from tests.protocol.archival import verdicts
from tests.protocol.reading import pages, plain_text
from tests.reporting.annual.printed import WORDS, YEAR, report, with_record


@pytest.mark.verapdf
def test_it_is_a_file_for_archives_and_screen_readers() -> None:
    files: dict[str, bytes] = {language: draw(report(), language) for language in LANGUAGES}
    files["record"] = draw(with_record(drafts=40), "ky")
    files |= {"long": draw(report(places=60, indicators=10), "ky"), "real": draw(real_report(), "ru")}
    found = verdicts(files)
    assert len(found) == 2 * len(files)
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_report_is_printed(language: Language) -> None:
    made = report()
    said = plain_text(draw(made, language))
    for key in SECTIONS:
        assert text(f"annual.section.{key}", language) in said
    for measured in made.measured:
        assert _flat(measured.indicator.name.text(language)) in _flat(said)
        assert _flat(measured.indicator.definition.text(language)) in _flat(said)
        for row in measured.rows:
            assert _flat(row.place.name.text(language)) in _flat(said)
    assert _flat(WORDS.text(language)) in _flat(said)
    assert sha256_of(document.written_report(made)) in _flat(said)
    assert "Өзгөргөн мөөнөт" in said


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_recommended_means(language: Language) -> None:
    said = text("annual.money.recommended.what", language)
    assert _flat(said) in _flat(plain_text(draw(report(), language)))


@pytest.mark.poppler
def test_the_figures_are_the_same_in_every_language() -> None:
    made = report()
    flat = {language: _flat(plain_text(draw(made, language))) for language in LANGUAGES}
    written = {"600000,0": "600,000.0", "347538,5": "347,538.5", "0,2011": "0.2011"}
    for ours, english in written.items():
        assert flat["ky"].count(ours) == flat["ru"].count(ours) == flat["en"].count(english) > 0, ours


@pytest.mark.poppler
def test_a_hand_and_an_illustration_are_marked_and_a_draft_says_so() -> None:
    said = plain_text(draw(report(), "ru"))
    assert "35*†" in said
    assert text("annual.paper.illustrative", "ru")[:30] in said
    assert text("annual.paper.closed", "ru", on=report().closed_on) in said
    draft = plain_text(draw(real_report(), "ky"))
    assert "municipalitet.kg" in draft


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_computed_is_marked_and_its_rows_are_printed(language: Language) -> None:
    made = with_record()
    said = _flat(plain_text(draw(made, language)))
    for key in ("title", "how", "drafts", "sittings", "questions", "bypassed", "coordinated", "open"):
        assert _flat(text(f"annual.record.{key}", language)) in said, key
    assert _flat(text("annual.record.entered", language, year=str(YEAR), drafts=8)) in said
    assert _flat(text("annual.mark.record", language, mark="°")) in said
    touching, rows = "3°†", ("№1†", "№2", "№3")
    assert all(each in said for each in (touching, *rows))


@pytest.mark.poppler
def test_a_report_in_which_nothing_is_computed_has_no_rows_and_no_mark() -> None:
    said = _flat(plain_text(draw(report(), "ky")))
    assert _flat(text("annual.record.title", "ky")) not in said
    assert "°" not in said


def test_the_same_report_gives_the_same_bytes_and_another_another_hash() -> None:
    assert draw(report(), "ky") == draw(report(), "ky")
    one, other = (document.written_report(report(places=places)) for places in (6, 5))
    assert sha256_of(one) != sha256_of(other)
    assert document.read_report(one) == report()


@pytest.mark.poppler
def test_nothing_is_printed_outside_the_paper() -> None:
    for page in pages(draw(report(places=40, indicators=10), "ky")):
        assert all(word.x > 0 and word.to_x < page.width for word in page.words)


def test_the_real_report_states_nothing_that_its_sources_do_not() -> None:
    made = real_report()
    assert (made.year, made.measured, made.money, made.illustrative) == (2019, (), (), False)
    assert all(made.content.section(key).ky and made.content.section(key).ru for key in SECTIONS)
    words = " ".join(made.content.section(key).ru for key in SECTIONS)
    cited = set(re.findall(r"[A-Z]{3}[0-9]{4}", words))
    assert {"MUN2141", "MUN2527", "DPI1476"} <= cited
    assert str(YEAR) not in document.written_report(made)


def _flat(said: str) -> str:
    return re.sub(r"\s+", "", said)
