"""The three texts say the same, the paper says so, and a difference in one language is found."""

from dataclasses import replace

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.money import Som
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing.equality import Equality, compared, figures
from budgetproto.protocol.drawing.foot import begun
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.long_samples import long_sitting
from tests.protocol.reading import plain_text
from tests.protocol.samples import dispute_2020, make_line, make_snapshot, million, words


def equality(snapshot: Snapshot) -> Equality:
    return compared(begun(compose(snapshot), "ky", ""))


def with_rationales(said: Named) -> Snapshot:
    line = make_line(2, million(100), million(600))
    rationale = words(said.ky, said.ru, said.en)
    positions = tuple(replace(position, rationale=rationale) for position in line.positions)
    return make_snapshot(make_line(1, million(1), million(2)), replace(line, positions=positions))


def test_the_texts_of_a_real_and_of_a_long_sitting_agree() -> None:
    for snapshot in (dispute_2020(), long_sitting(12)):
        found = equality(snapshot)
        assert found.differing == ()
        assert found.lines == len(snapshot.lines)
        assert found.figures > 20 * found.lines


def test_a_figure_is_the_same_however_a_language_writes_it() -> None:
    assert figures("+1\u00a0200,5 миң сом, 26-декабры 2020") == figures(
        "26 December 2020: +1,200.5 thousand soms"
    )
    assert figures("\u22125") != figures("5")
    assert figures("1 200,5") != figures("1 200,6")


def test_a_translation_with_another_figure_is_found_at_its_line() -> None:
    same = Named("Жетпейт: 7 500,5 миң сом", "Не хватает 7 500,5 тыс. сомов", "Short of 7,500.5 thousand")
    assert equality(with_rationales(same)).differing == ()
    assert equality(with_rationales(replace(same, ru="Не хватает 7 500,6 тыс. сомов"))).differing == ("2",)


def test_a_sum_written_differently_in_one_language_is_found_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = Writer.money
    monkeypatch.setattr(
        Writer,
        "money",
        lambda writer, som: right(writer, som + Som(10_000) if som and writer.language == "ru" else som),
    )
    found = equality(make_snapshot(make_line(1, million(1), million(2)))).differing
    assert set(found) == {"", "1", "= 2020", "= "}


def test_a_text_without_a_translation_is_counted_and_its_figures_are_compared_still() -> None:
    found = equality(with_rationales(Named(ky="Жетпейт: 7 500,5 миң сом")))
    assert found.differing == ()
    assert found.untranslated > equality(make_snapshot()).untranslated


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_prints_the_result_and_what_text_it_is(language: Language) -> None:
    found = equality(dispute_2020())
    printed = plain_text(draw(compose(dispute_2020()), language))
    counted = {"lines": found.lines, "figures": found.figures, "untranslated": found.untranslated}
    for key, values in (("end.equal", counted), ("end.this_text", {})):
        assert plain(text(f"protocol.{key}", language, **values)) in printed


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_prints_where_the_texts_differ(language: Language) -> None:
    snapshot = with_rationales(Named("Жетпейт: 7", "Не хватает 8", "Short of 7"))
    found = equality(snapshot)
    counted = {"lines": found.lines, "figures": found.figures, "untranslated": found.untranslated}
    said = text("protocol.end.unequal", language, places="№ 2", **counted)
    assert plain(said) in plain_text(draw(compose(snapshot), language))


def plain(said: str) -> str:
    return " ".join(said.split())
