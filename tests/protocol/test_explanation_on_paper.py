"""The annex of the protocol: how the option was computed, with the figures of the page."""

import re
from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.options.explanation.page import shown_sections
from budgetproto.disputes.options.explanation.sections import Said
from budgetproto.disputes.options.explanation.telling import sections, sections_on_paper
from budgetproto.disputes.options.explanation.wording import Wording
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import Snapshot
from tests.disputes.terms.test_rules_of_terms import gathered, held, published
from tests.factories import Scene
from tests.protocol.reading import plain_text

pytestmark = pytest.mark.poppler


@pytest.fixture
def scene(sqlite_database: Database) -> Scene:
    return held(sqlite_database, "A")


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def without(snapshot: Snapshot) -> Snapshot:
    assert snapshot.option is not None
    return replace(snapshot, option=replace(snapshot.option, explained=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annex_has_every_sentence_and_figure_of_the_page(scene: Scene, language: Language) -> None:
    snapshot = gathered(scene)
    printed = squeezed(plain_text(draw(compose(snapshot), language)))
    wording = Wording(language, snapshot.sitting.unit)
    page = shown_sections(sections(published(scene).document), wording)
    assert squeezed(text("disputes.explained.title", language)) in printed
    for section in page:
        for said in (section.title, *section.said, *section.legend, *section.sources):
            assert squeezed(said) in printed
        for table in section.tables:
            figures = {words for row in table.rows for words, figure in row if figure}
            assert [each for each in figures if squeezed(each) not in printed] == []


def test_the_explanation_is_part_of_what_is_issued_and_reads_back(database: Database) -> None:
    snapshot = gathered(held(database, "B"))
    assert snapshot.option is not None
    assert [each.key for each in snapshot.option.explained][:3] == ["sides", "regions", "equity"]
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    assert fingerprint(compose(snapshot)) != fingerprint(compose(without(snapshot)))


def test_a_protocol_of_before_reads_and_prints_without_the_annex(scene: Scene) -> None:
    before = without(gathered(scene))
    document = snapshot_document(before)
    assert "explained" not in str(document)
    assert stored_snapshot(document) == before
    # The list of annexes names it, and says that there is none.
    title, none = text("disputes.explained.title", "ru"), text("protocol.annexes.empty", "ru")
    printed = plain_text(draw(compose(before), "ru"))
    assert printed.count(title) == 1
    assert f"{title} — {none}" in printed


def test_the_same_explanation_is_printed_in_the_same_bytes(scene: Scene) -> None:
    protocol = compose(gathered(scene))
    assert draw(protocol, "ky") == draw(protocol, "ky")


def test_with_many_lines_the_annex_names_them_by_their_numbers(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetproto.disputes.options.explanation.telling._MOST_TITLES", 1)
    document = published(scene).document
    told = {
        cell.key
        for section in sections_on_paper(document)
        for table in section.tables
        for row in table.rows
        if isinstance(cell := row[0], Said)
    }
    assert "disputes.explained.number" in told
    assert "disputes.explained.line" not in told
