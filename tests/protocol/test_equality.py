"""The three texts say the same, the paper says so, and a difference in one language is found."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw, main_table
from budgetproto.protocol.drawing import equality as equality_module
from budgetproto.protocol.drawing import written as written_module
from budgetproto.protocol.drawing.equality import STATES, Equality, compared, figures
from budgetproto.protocol.drawing.foot import begun
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.drawing.written import Place
from budgetproto.protocol.snapshot import Decision, Line, Snapshot
from budgetproto.protocol.typesetting.tables import Cell
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.reading import plain_text
from tests.protocol.samples import make_line, make_snapshot, million, words
from tests.staged import Staged

COUNTED: Final = ("lines", "figures", "signatories", "untranslated")


def equality(snapshot: Snapshot) -> Equality:
    return compared(begun(compose(snapshot), "ky", ""))


def places(found: Sequence[Place]) -> set[tuple[str, str]]:
    return {(each.part, each.number) for each in found}


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
    wrong = replace(same, ru="Не хватает 7 500,6 тыс. сомов")
    assert places(equality(with_rationales(wrong)).differing) == {("lines.title", "2")}


def test_the_texts_of_the_demonstration_agree(kept: Staged) -> None:
    assert equality(kept.protocol().facts).differing == ()


def test_a_sum_written_differently_in_one_language_is_found_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = Writer.money
    monkeypatch.setattr(
        Writer,
        "money",
        lambda writer, som: right(writer, som + Som(10_000) if som and writer.language == "ru" else som),
    )
    found = places(equality(make_snapshot(make_line(1, million(1), million(2)))).differing)
    totals = {("totals.title", "2020"), ("totals.title", "")}
    assert found == {("front.in_short", ""), ("lines.title", "1"), *totals}


def test_a_decision_told_otherwise_in_one_language_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    told = main_table.line_cells

    def wrong(paper: Paper, line: Line, made: ComposedLine) -> Iterator[tuple[Cell, ...]]:
        return told(
            paper, line, replace(made, standing="referred") if paper.writer.language == "ru" else made
        )

    line = make_line(1, million(1), million(2), decision=Decision(outcome="agreed", decided=million(2)))
    monkeypatch.setattr(written_module, "line_cells", wrong)
    assert places(equality(make_snapshot(line)).differing) == {("lines.title", "1")}


def test_what_is_read_back_of_decisions_and_signatures_is_told_apart_in_each_language() -> None:
    for language in LANGUAGES:
        said = [text(f"protocol.{key}", language) for key in STATES]
        assert len(set(said)) == len(said)


def test_a_signatory_with_another_number_in_one_language_is_found() -> None:
    snapshot = make_snapshot()
    remark = words("3 эскертүү", "4 замечания", "3 remarks")
    first = replace(snapshot.signatories[0], state="signed_with_remarks", remark=remark)
    found = equality(replace(snapshot, signatories=(first, *snapshot.signatories[1:])))
    assert places(found.differing) == {("signatures.title", "1")}
    assert found.signatories == len(snapshot.signatories)


def test_an_opinion_and_the_agenda_are_compared_too() -> None:
    snapshot = make_snapshot()
    item = replace(snapshot.agenda[0], title=Named("2021-жыл", "2022 год", "2021"))
    opinion = replace(snapshot.opinions[0], words=words("7 %", "7 %", "8 %"))
    found = equality(replace(snapshot, agenda=(item,), opinions=(opinion,)))
    assert places(found.differing) == {("agenda.title", "1"), ("annexes.opinions", "1")}


def test_a_text_printed_without_its_mark_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_rationales(Named(ky="Жетпейт: 7 500,5 миң сом"))
    assert equality(snapshot).unmarked == ()
    monkeypatch.setattr(Writer, "words", lambda writer, words: words.text.text(writer.language))
    assert ("lines.title", "2") in places(equality(snapshot).unmarked)


def test_the_texts_are_compared_once_for_all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noted(paper: Paper) -> Iterator[Place]:
        made.append(paper.writer.language)
        return iter(())

    monkeypatch.setattr(equality_module, "written", noted)
    protocol = compose(dispute_2020())
    for language in LANGUAGES:
        draw(protocol, language)
    assert made == list(LANGUAGES)


def test_a_text_without_a_translation_is_counted_and_its_figures_are_compared_still() -> None:
    found = equality(with_rationales(Named(ky="Жетпейт: 7 500,5 миң сом")))
    assert found.differing == ()
    assert found.untranslated > equality(make_snapshot()).untranslated


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_prints_the_result_and_what_text_it_is(language: Language) -> None:
    printed = plain_text(draw(compose(dispute_2020()), language))
    keys = ("end.this_text", "end.marked", "front.this_text")
    said = [told("end.equal", language, dispute_2020()), *(told(key, language) for key in keys)]
    assert [each for each in said if each not in printed] == []


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_prints_where_the_texts_differ(language: Language) -> None:
    snapshot = with_rationales(Named("Жетпейт: 7", "Не хватает 8", "Short of 7"))
    where = f"{text('protocol.lines.title', language)}, 2"
    said = told("end.unequal", language, snapshot, places=where)
    assert said in plain_text(draw(compose(snapshot), language))


def told(key: str, language: Language, snapshot: Snapshot | None = None, **values: object) -> str:
    found = equality(snapshot) if snapshot else None
    counted = {name: getattr(found, name) for name in COUNTED} if found else {}
    return " ".join(text(f"protocol.{key}", language, **counted, **values).split())
