"""Every sentence exists in three languages, says the same things, and every key that is asked for exists."""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import budgetproto
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.catalogue import TRANSLATIONS, domains
from budgetproto.journal.events import KINDS, sentence_key

PACKAGE = Path(budgetproto.__file__).parent
DOMAINS = domains()

#: How code and templates ask for a sentence, label a field, or name a fault.
_ASKED = re.compile(
    r"""(?:\b(?:text|t|tell|label|sentence|Problem|problem|UnreadableNumber|Sentence|choice|[A-Za-z]*Field)\(\s*
        |message_key\s*(?::[^=]+)?=\s*|\b(?:key|label|description)=\s*)
        (?P<quote>["'])(?P<key>[a-z_]+(?:\.[a-z0-9_]+)+)(?P=quote)""",
    re.VERBOSE,
)
#: The part of a key before a place: f"money.unit.{unit.key}", "web.side." + which.
_BEGUN = re.compile(
    r"""\b(?:text|t)\(\s*(?:f["'](?P<formatted>[a-z_]+\.[a-z0-9_.]*)\{|["'](?P<joined>[a-z_]+\.[a-z0-9_.]*\.)["']\s*[+~])"""
)
#: A value with a suffix glued to it, as in «{name}нын» or «{name}-га».
_GLUED = re.compile(r"\}(?:[^\W\d_]|-[^\W\d_]+)")
#: A number may count a thing as printed acts do, «3-сап», «1-тиркеме»: a whole noun, no suffix to it.
_ALLOWED_AFTER_A_VALUE = re.compile(r"\}-(?:сап|маселе|тиркеме|бет)\b")


@cache
def catalogue(domain: str, language: Language) -> dict[str, str]:
    """Read a catalogue with everything in it, the unfinished included."""
    with (TRANSLATIONS / language / f"{domain}.po").open("rb") as file:
        found = read_po(file, locale=language, abort_invalid=True)
    return {
        str(message.id): "" if message.fuzzy else str(message.string or "") for message in found if message.id
    }


def sentences(language: Language) -> dict[str, str]:
    return {key: words for domain in DOMAINS for key, words in catalogue(domain, language).items()}


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def sources() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")])


def asked_for(path: Path) -> set[str]:
    """Return the whole keys that a file asks for, in the domains we have."""
    return {
        found["key"]
        for found in _ASKED.finditer(path.read_text(encoding="utf-8"))
        if found["key"].partition(".")[0] in DOMAINS
    }


def begun(path: Path) -> set[str]:
    """Return the beginnings of keys that a file puts together."""
    found = _BEGUN.finditer(path.read_text(encoding="utf-8"))
    return {match["formatted"] or match["joined"] for match in found}


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_sentence_is_missing_or_unfinished_in_any_language(domain: str) -> None:
    keys = {key for language in LANGUAGES for key in catalogue(domain, language)}
    lacking = [
        (key, language)
        for key in sorted(keys)
        for language in LANGUAGES
        if not catalogue(domain, language).get(key)
    ]
    assert lacking == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_catalogue_states_its_keys_once(domain: str) -> None:
    for language in LANGUAGES:
        text = (TRANSLATIONS / language / f"{domain}.po").read_text(encoding="utf-8")
        keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_same_values_are_told_in_three_languages(domain: str) -> None:
    differing = [
        key
        for key in catalogue(domain, "ky")
        if len({frozenset(places(catalogue(domain, language).get(key, ""))) for language in LANGUAGES}) > 1
    ]
    assert differing == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_kyrgyz_sentence_glues_a_suffix_to_a_value(domain: str) -> None:
    glued = {
        key: words
        for key, words in catalogue(domain, "ky").items()
        if _GLUED.search(_ALLOWED_AFTER_A_VALUE.sub("} ", words))
    }
    assert glued == {}


@pytest.mark.parametrize(
    ("words", "glued"),
    [
        ("{name}нын", True),
        ("«{name}-га» чейин", True),
        ("{n}-сап", False),
        ("{n}-маселе. {title}", False),
        ("{n}-сапта", True),
        ("Облус: {name}", False),
        ("{a}–{b}", False),
        ("{year}-жылдын", True),
    ],
)
def test_the_search_for_glued_suffixes_finds_them(words: str, glued: bool) -> None:
    assert bool(_GLUED.search(_ALLOWED_AFTER_A_VALUE.sub("} ", words))) is glued


def test_no_kyrgyz_sentence_is_the_russian_one() -> None:
    """Names and words the two languages share are short; a whole sentence is never the same."""
    russian = sentences("ru")
    assert [key for key, words in sentences("ky").items() if words == russian[key] and len(words) > 40] == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_each_key_that_is_asked_for_exists(path: Path) -> None:
    known = sentences("ky")
    assert sorted(asked_for(path) - known.keys()) == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_each_beginning_of_a_key_begins_one(path: Path) -> None:
    known = sentences("ky")
    assert [start for start in sorted(begun(path)) if not any(key.startswith(start) for key in known)] == []


def test_the_search_for_keys_sees_how_they_are_asked_for() -> None:
    written = """text("a.b", language) t('c.d') message_key: ClassVar[str] = "e.f" Problem("g.h", {})
    StringField("i.j") description="k.l" url_for("m.n")"""
    assert {found["key"] for found in _ASKED.finditer(written)} == {"a.b", "c.d", "e.f", "g.h", "i.j", "k.l"}


def test_each_event_has_its_sentence() -> None:
    for module in pkgutil.walk_packages([str(PACKAGE)], "budgetproto."):
        if module.name.endswith(".events"):
            importlib.import_module(module.name)
    ours = {kind for kind in KINDS if kind.partition(".")[0] in DOMAINS}
    assert ours
    assert sorted(sentence_key(kind) for kind in ours if sentence_key(kind) not in sentences("ky")) == []


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.html")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_no_template_carries_words_of_its_own(path: Path) -> None:
    without_comments = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[А-Яа-яӨөҮүҢң]+", without_comments) == []
