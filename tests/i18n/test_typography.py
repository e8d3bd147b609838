"""Sentences are set as printed texts are: quotes, dashes, minus and blanks of the language."""

import re

import pytest

from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.catalogue import TRANSLATIONS
from tests.i18n.test_catalogues import DOMAINS, sentences

#: What is typed by a program or into a file stands as it is typed there.
AS_TYPED = {"balancing.error.cost_sign", "money.not_wire_form"}

#: What no sentence holds, and what stands there instead.
RULED_OUT: tuple[tuple[tuple[Language, ...], str, str], ...] = (
    (LANGUAGES, r"  ", "one blank"),
    (LANGUAGES, r"^\s|\s$", "no blank at the ends"),
    (("ky", "ru"), r"[\"'“”„]", "«…»"),
    (("en",), r"[\"„«»]", "“…”"),
    (("en",), r"\w'", "the apostrophe ’"),
    (LANGUAGES, r"(?<![\w}])-\d", "the minus −"),
    (LANGUAGES, r" - ", "the dash —"),
    (LANGUAGES, r"\.\.\.", "the sign …"),
    (LANGUAGES, r" [.,;:!?](?!\w)", "no blank before it"),
)

#: A noun after a number has three forms in Russian, and a catalogue holds one. So a number stands after its
#: noun («вопросов: 6 из 9») or before a short form («15 мин.»); what is left, and why it reads rightly:
BEFORE_A_NOUN = {
    "accounts.password.rule": "a setting of twelve or more after «не менее»",
    "accounts.password_too_long": "a fixed limit in hundreds",
    "accounts.password_too_short": "a setting of twelve or more after «не менее»",
    "balancing.error.kappa": "a fixed limit in thousands",
    "balancing.error.too_large": "a fixed limit in millions",
    "disputes.table.size": "a choice of sizes that all end in a nought",
}
_NUMBER_AND_NOUN = re.compile(
    r"\{(?:\w*count|characters|largest|limit|lines|all|most|days|seats|minutes|hours)\}"
)
_SIGNED = re.compile(r"[+\u2212-]\{\w+\}")
_THEN_A_NOUN = re.compile(_NUMBER_AND_NOUN.pattern + r" [а-яё]{4,}(?!\.)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("languages", "pattern", "instead"), RULED_OUT, ids=[rule[2] for rule in RULED_OUT])
def test_no_sentence_is_typed_like_a_typewriter(
    language: Language, languages: tuple[Language, ...], pattern: str, instead: str
) -> None:
    told = sentences(language) if language in languages else {}
    found = {key: words for key, words in told.items() if key not in AS_TYPED and re.search(pattern, words)}
    assert found == {}, f"write {instead}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_come_in_pairs(language: Language) -> None:
    opening, closing = "“”" if language == "en" else "«»"
    assert [k for k, said in sentences(language).items() if said.count(opening) != said.count(closing)] == []


@pytest.mark.parametrize(
    ("words", "pattern"),
    [("а  б", r"  "), ('"а"', r"[\"'“”„]"), ("-5", r"(?<![\w}])-\d"), ("а .", r" [.,;:!?](?!\w)")],
)
def test_the_search_finds_what_is_ruled_out(words: str, pattern: str) -> None:
    assert re.search(pattern, words)
    assert pattern in {rule[1] for rule in RULED_OUT}


def test_no_russian_noun_waits_for_the_form_its_number_needs() -> None:
    found = {key for key, words in sentences("ru").items() if _THEN_A_NOUN.search(words)}
    assert found - BEFORE_A_NOUN.keys() == set(), "put the number after its noun"
    assert BEFORE_A_NOUN.keys() - found == set(), "the reason is no longer needed"


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_nothing_obsolete_and_nothing_doubtful(domain: str, language: Language) -> None:
    written = (TRANSLATIONS / language / f"{domain}.po").read_text(encoding="utf-8")
    assert re.findall(r"^#~.*|^#,.*fuzzy.*", written, re.MULTILINE) == []


def test_a_figure_has_the_same_sign_before_it_in_every_language() -> None:
    """Papers are compared figure by figure: a sign in one language alone would make their texts differ."""
    signed = {language: {k: sorted(_SIGNED.findall(said)) for k, said in sentences(language).items()}
              for language in LANGUAGES}  # fmt: skip
    assert signed["ky"] == signed["ru"] == signed["en"]
