"""Every sentence exists in three languages, says the same things, and every key that is asked for exists."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeVar

import pytest
from babel.messages.pofile import read_po

import budgetproto
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.catalogue import TRANSLATIONS, domains
from budgetproto.journal.events import KINDS, sentence_key

T = TypeVar("T")
PACKAGE = Path(budgetproto.__file__).parent
DOMAINS = domains()

#: Rooms whose name begins a key, whether or not they have a catalogue yet.
ROOMS = sorted({path.name for path in PACKAGE.iterdir() if path.is_dir()} | set(DOMAINS))
_KEY = re.compile(rf"(?:{'|'.join(ROOMS)})(?:\.[a-z0-9_]+)+")
_QUOTED = re.compile(r"""(["'])([a-z_]+(?:\.[a-zA-Z0-9_]+)+)\1""")
_ENDPOINT = re.compile(r"@\w*blueprint\.[^\n]*\n(?:@[^\n]*\n)*def (\w+)\(")
#: Texts of the shape of a key that are none: a foreign key, the access chain's name of a position.
NO_KEYS = {"protocol.id", "disputes.position"}
#: The part of a key before a place: f"money.unit.{unit.key}", "web.side." + which.
_BEGUN = re.compile(r"""f?["'](?P<start>[a-z_]+\.[a-z0-9_.]*)(?:\{|["']\s*[+~])""")
#: Any text that may be a key or part of one, and the first half of two that are joined.
_ANY_QUOTED = re.compile(r"""(["'])([a-zA-Z0-9_.]+)\1""")
_FORMED = re.compile(r"""f["']((?:[a-z0-9_.]|\{[^}\n]*\})*\.(?:[a-z0-9_.]|\{[^}\n]*\})*)["']""")
_JOINED = re.compile(r"""(["'])([a-z_]+\.[a-z0-9_.]*)\1\s*[+~]""")
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
    """Return every text of the shape of a key that is no endpoint, no event and no name of a denied act."""
    text = path.read_text(encoding="utf-8")
    written = set(constants(text)) if path.suffix == ".py" else {key for _, key in _QUOTED.findall(text)}
    shaped = {words for words in written if _KEY.fullmatch(words)}
    return shaped - endpoints() - events() - NO_KEYS


def constants(code: str) -> Iterator[str]:
    """Give every whole text of a module but the names of denied acts, which only the journal reads."""
    nodes = list(ast.walk(ast.parse(code)))
    passed_over = {id(node.value) for node in nodes if isinstance(node, ast.keyword) and node.arg == "denied"}
    passed_over |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node.value


@cache
def endpoints() -> frozenset[str]:
    """Return the name of every view: its blueprint, then its function."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for blueprint in re.findall(r"Blueprint\(\s*\"(\w+)\"", text):
            found |= {f"{blueprint}.{view}" for view in _ENDPOINT.findall(text)}
    return frozenset(found)


@cache
def events() -> frozenset[str]:
    """Return every kind of event of the package."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "budgetproto."):
        if module.name.endswith(".events"):
            importlib.import_module(module.name)
    return frozenset(kind for kind in KINDS if kind.partition(".")[0] in ROOMS)


def offenders(files: Iterable[Path], wrong: Callable[[Path], T], *, of: Path = PACKAGE) -> dict[str, T]:
    """Ask `wrong` of every file; return what it finds, by file."""
    return {path.relative_to(of).as_posix(): found for path in files if (found := wrong(path))}


def begun(path: Path) -> set[str]:
    """Return the beginnings of keys that a file puts together."""
    found = {match["start"] for match in _BEGUN.finditer(path.read_text(encoding="utf-8"))}
    return {start for start in found if start.partition(".")[0] in ROOMS}


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


def test_each_key_that_is_asked_for_exists() -> None:
    known = sentences("ky").keys()
    assert offenders(sources(), lambda path: sorted(asked_for(path) - known)) == {}


def test_each_beginning_of_a_key_begins_one() -> None:
    known = sentences("ky").keys()
    assert offenders(sources(), lambda path: begins_nothing(path, known)) == {}


def begins_nothing(path: Path, known: Iterable[str]) -> list[str]:
    return [start for start in sorted(begun(path)) if not any(key.startswith(start) for key in known)]


def test_each_sentence_is_said_somewhere() -> None:
    whole, patterns = said_somewhere()
    put_together = re.compile("|".join(patterns))
    never = {key for key in sentences("ky").keys() - whole if not put_together.fullmatch(key)}
    # The title of a refusal and the hint of a field belong to a key that is said.
    assert {key for key in never if key.rpartition(".")[0] not in whole} == set()


def said_somewhere() -> tuple[set[str], set[str]]:
    """Return the keys that stand in code or templates, and patterns of those that are put together.

    The paper says its keys without the room before them.
    """
    texts = [path.read_text(encoding="utf-8") for path in sources()]
    quoted = {words for text in texts for _, words in _ANY_QUOTED.findall(text)}
    whole = quoted | {f"protocol.{words}" for words in quoted} | {sentence_key(kind) for kind in events()}
    begun = {re.escape(start) + ".+" for text in texts for _, start in _JOINED.findall(text)}
    formed = {_pattern(words) for text in texts for words in _FORMED.findall(text)}
    parts = {part for part in begun | formed if _names_more_than_a_room(part)} | {r"guides\..+"}
    shorter = {rf"protocol\.{part}" for part in begun | formed}
    return whole, parts | shorter


def _names_more_than_a_room(pattern: str) -> bool:
    fixed = pattern.replace("[a-zA-Z0-9_.]+", "").replace(".+", "")
    return bool(fixed.partition("\\.")[2])


def _pattern(words: str) -> str:
    return "[a-zA-Z0-9_.]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", words))


def test_the_search_for_keys_sees_texts_and_passes_over_denied_acts() -> None:
    code = """sections = (("a.b", "c.d"),)\nraise Unknown(denied="e.f")\nkey = f"g.h" if x else 'i.j'"""
    assert set(constants(code)) >= {"a.b", "c.d", "i.j"}
    assert "e.f" not in set(constants(code))


def test_the_views_are_known_by_their_names() -> None:
    assert {"transfers.table", "transfers.kind", "accounts.log_in"} <= endpoints()


def test_each_event_has_its_sentence() -> None:
    assert events()
    known = sentences("ky")
    assert sorted(sentence_key(kind) for kind in events() if sentence_key(kind) not in known) == []


def test_no_template_carries_words_of_its_own() -> None:
    assert offenders(sorted(PACKAGE.rglob("*.html")), words_of_its_own) == {}


def words_of_its_own(template: Path) -> list[str]:
    without_comments = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"[А-Яа-яӨөҮүҢң]+", without_comments)


@pytest.mark.parametrize(
    ("wrong", "name", "text"),
    [
        (asked_for, "asking.py", 'title = ("disputes.nowhere_said",)'),
        (asked_for, "asking.html", "{{ text('disputes.nowhere_said') }}"),
        (lambda path: begins_nothing(path, {"disputes.line"}), "begun.py", 'f"disputes.nowhere.{x}"'),
        (words_of_its_own, "own.html", "{# Бул эскертүү #}<p>Сүйлөм</p>"),
    ],
)
def test_each_search_names_the_file_that_offends(
    wrong: Callable[[Path], object], name: str, text: str, tmp_path: Path
) -> None:
    offending, plain = tmp_path / name, tmp_path / "plain.html"
    offending.write_text(text, encoding="utf-8")
    plain.write_text("{# Бул эскертүү #}", encoding="utf-8")
    assert offenders([offending, plain], wrong, of=tmp_path).keys() == {name}
