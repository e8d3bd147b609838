"""The annexes have fixed numbers, are listed near the beginning, and hold what page 1 refers to."""

import re
from dataclasses import replace
from typing import Final, get_args

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing.annexes import ANNEXES
from budgetproto.protocol.fixed_terms import Rule
from budgetproto.protocol.snapshot import Decision, Opinion, OpinionKind, Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.reading import layout_text, plain_text
from tests.protocol.samples import make_line, make_snapshot, million, words

pytestmark = pytest.mark.poppler

#: The sentences that name an annex by its number.
REFERRING: Final = {
    "front.vote.amending": "amendments",
    "front.vote.unresolved": "unresolved",
    "annexes.dissent_of": "dissents",
    "annexes.opinion_of": "opinions",
    "position.whole": "rationales",
}

NO_ACT = Rule(
    Named("Даттануу", "Обжалование", "Appeal"),
    Named("Акт жок", "Акта нет", "No act sets this"),
    Named("Божомол", "Предположение", "Assumption"),
)


def settled_and_open() -> Snapshot:
    decision = Decision(outcome="agreed", decided=million(341))
    return make_snapshot(
        make_line(1, million(100), million(600), decision=decision), make_line(2, million(50), million(70))
    )


def printed(snapshot: Snapshot, language: Language) -> str:
    return plain_text(draw(compose(snapshot), language))


def test_page_one_says_what_to_vote_on_and_what_follows_if_nothing_is_done() -> None:
    first = " ".join(layout_text(draw(compose(settled_and_open()), "ru")).split("\f")[0].split())
    assert "учесть в проекте бюджета принятые решения (приложение 5, число вопросов: 1)" in first
    assert "остальным вопросам (приложение 2, число вопросов: 1)" in first
    assert "Если парламент не примет решения" in first
    assert "150 000,0 тыс. сомов; разница остаётся неразрешённой" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_says_the_legal_standing_and_the_end_how_to_appeal(language: Language) -> None:
    snapshot = replace(settled_and_open(), legal_basis=NO_ACT, appeal=NO_ACT)
    first, *_, last = layout_text(draw(compose(snapshot), language)).split("\f")[:-1]
    stated = NO_ACT.stated.text(language)
    said = f"{stated} ({NO_ACT.source.text(language)})"
    assert text("protocol.front.legal_basis", language, said=stated) in " ".join(first.split())
    assert text("protocol.front.legal_basis", language, said=said) in last
    assert text("protocol.end.appeal", language) in last
    assert said in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decided_line_is_an_amendment_and_the_open_one_is_put_to_parliament(language: Language) -> None:
    found = printed(settled_and_open(), language)
    # Each once in the list of annexes and once over the annex.
    for name in ("unresolved", "amendments"):
        assert found.count(text(f"protocol.annexes.{name}", language)) == 2
    amendments = found.rpartition(text("protocol.annexes.amendments", language))[2]
    for figure in ("100 000,0", "341 000,0", "+241 000,0"):
        assert (figure.translate({32: ",", 44: "."}) if language == "en" else figure) in amendments


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_annex_without_content_is_named_as_such_and_not_printed(language: Language) -> None:
    found = printed(replace(settled_and_open(), opinions=()), language)
    title = text("protocol.annexes.dissents", language)
    assert found.count(title) == 1
    assert f"{title} — {text('protocol.annexes.empty', language)}" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dissent_and_an_opinion_are_flagged_at_their_line_and_stand_whole_in_their_annex(
    language: Language,
) -> None:
    whose, said = Named("Асанов", "Асанов", "Asanov"), words("Менин пикиримче сумма аз.")
    opinions = tuple(Opinion(kind, whose, said, line=2) for kind in get_args(OpinionKind))
    found = printed(replace(settled_and_open(), opinions=opinions), language)
    for kind in get_args(OpinionKind):
        title = text(f"protocol.annexes.{kind}s", language)
        assert found.count(text(f"protocol.annexes.{kind}_of", language, whose=whose.text(language))) == 1
        assert found.count(title) == 2
        assert "Менин пикиримче сумма аз." in found.rpartition(title)[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_in_force_stands_with_its_source_in_an_annex(language: Language) -> None:
    found = printed(replace(settled_and_open(), settings=(NO_ACT,)), language)
    title = text("protocol.annexes.settings", language)
    assert found.count(title) == 2
    annex = found.rpartition(title)[2]
    for said in (NO_ACT.name, NO_ACT.stated, NO_ACT.source):
        assert said.text(language) in annex


@pytest.mark.parametrize(
    ("language", "used", "unused"), [("ky", "ЖӨБ", "QR"), ("ru", "тыс.", "QR"), ("en", "LSG", "QR")]
)
def test_the_abbreviations_that_stand_on_the_pages_are_explained(
    language: Language, used: str, unused: str
) -> None:
    annex = printed(settled_and_open(), language).rpartition(
        text("protocol.annexes.abbreviations", language)
    )[2]
    assert f"{used} — " in annex
    assert f"{unused} — " not in annex


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_refers_to_an_annex_names_its_number(language: Language) -> None:
    titles = [annex.title.rpartition(".")[2] for annex in ANNEXES]
    for key, name in REFERRING.items():
        said = text(f"protocol.{key}", language, lines="", whose="")
        assert re.findall(r"\d+", said) == [str(titles.index(name) + 1)], key


def test_the_list_of_annexes_stands_before_the_table_of_lines() -> None:
    found = printed(dispute_2020(), "ky")
    assert found.index(text("protocol.annexes.title", "ky")) < found.index(text("protocol.lines.title", "ky"))
