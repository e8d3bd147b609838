"""The words of the glossary are the words of the screens and the paper: a term used otherwise is found."""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.catalogue import TRANSLATIONS, domains

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"

#: Words that the notes of the glossary rule out, and the term to use instead.
RULED_OUT: tuple[tuple[Language, str, str], ...] = (
    ("ky", r"конверт", "envelope"),
    ("ru", r"конверт", "envelope"),
    ("ky", r"мөөр", "sealed"),
    ("ru", r"опечат|запечат", "sealed"),
    ("ky", r"теңдештир|тендештир|тендоо|тенд[өо]{2}ч", "equalization_transfer"),
    ("ky", r"кенемте", "compensation"),
    ("ky", r"жарым-жартылай", "partly_agreed"),
    ("ky", r"айылдык аймак", "aiyl_aimak"),
    ("ru", r"айыльн", "aiyl_aimak"),
    ("ky", r"(?<!айыл )\bаймак(?!тык)|(?<!айыл )\bаймаг", "territory"),
    ("ky", r"(?<!айыл )\bөкмөт", "gov_position"),
    ("ru", r"\bправительств", "gov_position"),
    ("ky", r"бюджет саб|бюджет сап|талаштуу сап|талаштуу саб|талаштуу берене", "contested_line"),
    ("ru", r"спорн\w+ стать", "contested_line"),
    ("ky", r"\bотурум", "conciliation_sitting"),
    ("ky", r"комитет\w* токтом", "resolution"),
    ("ky", r"насыя|кредит|зайым", "budget_loan"),
    ("ru", r"бюджетн\w+ (?:кредит|за[её]м)", "budget_loan"),
    ("ky", r"дүмүрчөк|квитанция", "receipt"),
    ("ru", r"квитанци", "receipt"),
    ("ky", r"черновик", "writers_draft"),
    ("ky", r"кол тамга", "signature"),
    ("ky", r"айырмачылык", "difference"),
    ("ky", r"индикатор", "indicator"),
    ("ru", r"индикатор", "indicator"),
    ("ky", r"негиздөө", "rationale"),
    ("ky", r"\bпарол", "password"),
    ("ky", r"\bмандат", "mandate"),
    ("ky", r"фильтр", "filter"),
    ("ky", r"келишүү", "conciliation"),
    ("ru", r"примирит", "conciliation"),
    ("ky", r"\bпроект", "draft_budget"),
    ("ky", r"справка", "reference_note"),
    ("ky", r"бюджеттер аралык мамиле", "interbudget_relations"),
    ("ky", r"айыл өкмөтчүлүк", "aiyl_okmotu"),
    ("ky", r"\bхеш", "check_code"),
    ("ru", r"\bхеш", "check_code"),
    ("ru", r"айил", "aiyl_okmotu"),
)

#: Where «сап» is the row of a table or of a file, as the glossary allows; anywhere else it would be a
#: contested question, which is «маселе».
ROWS = (
    "exchange.",
    "balancing.file.",
    "web.where.",
    "transfers.",
    "commands.",
    "disputes.terms.",
    "disputes.table.",
    "analysis.axis.",
    "analysis.note.pivot",
    "analysis.same_axis",
)
_ROW = re.compile(r"(?<!\}-)\bса[пб](?:тар|ы|ты|тын|та|тан|ка)?\w*", re.IGNORECASE)
#: Words that only begin like «сап».
_NO_ROWS = re.compile(r"\bсапат|\bсабак|\bсапар|\bсабыр", re.IGNORECASE)

#: Messages that are a term, and the term they must be. The last part of many keys is the term itself and is
#: found without this table.
TERMS = {
    "analysis.column.votes_abstained": "abstained",
    "balancing.reason.cap": "cap",
    "balancing.reason.floor": "floor",
    "sittings.envelope": "envelope",
    "sittings.draft_budget": "draft_budget",
    "protocol.column.line": "contested_line",
    "protocol.column.difference": "difference",
    "protocol.standing.partly_agreed": "partly_agreed",
    "protocol.vote.abstained": "abstained",
    "transfers.kind_of_territory.oblast": "oblast",
    "transfers.kind_of_territory.district": "district",
    "transfers.kind_of_territory.republican_city": "city_rep",
    "transfers.kind_of_territory.oblast_city": "city_obl",
    "transfers.kind_of_territory.district_city": "city_dist",
    "transfers.kind_of_territory.aiyl_aimak": "aiyl_aimak",
    "transfers.column.territory": "territory",
    "transfers.column.kind": "transfer_kind",
    "transfers.column.per_head": "per_head",
    "transfers.no_data": "no_data",
    "transfers.total": "total",
    "transfers.title": "transfer",
    "transfers.kinds.save": "save",
    "transfers.kinds.edit": "edit",
    "transfers.territories.find": "search",
    "transfers.territory.budget": "local_budget",
}

#: Kinds of transfers and the terms they are called by.
KIND_TERMS = {
    "equalization": "equalization_transfer",
    "targeted": "targeted_transfer",
    "delegated_powers": "delegated_powers",
    "stimulating_grant": "stimulating_grant",
    "electricity_50pct": "compensation",
    "lost_revenue": "lost_revenue_compensation",
    "mutual_settlements": "mutual_settlements",
    "budget_loan": "budget_loan",
    "deduction_norm": "deduction_norm",
}


@cache
def glossary() -> dict[str, dict[str, str]]:
    with (FIXTURES / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


@cache
def sentences(language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for domain in domains():
        with (TRANSLATIONS / language / f"{domain}.po").open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id}
    return found


def stems(term: str) -> list[str]:
    """Return what every form of a term's words begins with; what stands in brackets is an explanation."""
    words = re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", term).casefold())
    return [word[: max(3, len(word) - 3)] for word in words]


def uses(words: str, term: str) -> bool:
    """Tell whether a text uses a term, in whatever case its words stand."""
    return all(re.search(rf"\b{re.escape(stem)}", words.casefold()) for stem in stems(term))


def named_by_its_key() -> dict[str, str]:
    """Return the messages whose key ends in the key of a term, in places where the term stands alone."""
    places = re.compile(r"\.(?:stage|standing|outcome|vote|side_of|term)\.(\w+)$")
    return {
        key: term
        for key in sentences("ky")
        if (match := places.search(key))
        for term in (match[1], f"stage_{match[1]}")
        if term in glossary() and (".stage." not in key or term.startswith("stage_"))
    }


def test_the_glossary_is_whole() -> None:
    assert len(glossary()) == 263
    for row in glossary().values():
        assert all(row[language].strip() for language in LANGUAGES)
        assert row["confidence"] in {"A", "B", "C"}


def test_a_kyrgyz_term_is_written_with_kyrgyz_letters_and_no_latin_ones() -> None:
    latin = [key for key, row in glossary().items() if re.search(r"[a-z]", re.sub(r"\{\w+\}", "", row["ky"]))]
    assert latin == []


@pytest.mark.parametrize(("language", "pattern", "term"), RULED_OUT)
def test_a_word_that_the_glossary_rules_out_is_used_nowhere(
    language: Language, pattern: str, term: str
) -> None:
    found = {
        key: words for key, words in sentences(language).items() if re.search(pattern, words, re.IGNORECASE)
    }
    assert found == {}, f"say «{glossary()[term][language]}»"


@pytest.mark.parametrize(("language", "pattern", "term"), RULED_OUT)
def test_no_term_of_the_glossary_is_itself_ruled_out(language: Language, pattern: str, term: str) -> None:
    assert term in glossary()
    own = [row[language] for row in glossary().values() if row["key"] != "equalization_grant_old"]
    assert [words for words in own if re.search(pattern, words, re.IGNORECASE)] == []


def test_a_row_of_a_table_is_never_a_contested_question() -> None:
    found = {
        key: words
        for key, words in sentences("ky").items()
        if not key.startswith(ROWS) and any(not _NO_ROWS.match(m[0]) for m in _ROW.finditer(words))
    }
    assert found == {}, "say «талаштуу маселе»; «сап» is only the row of a table"


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("Мындай сап жок.", True),
        ("Талаштуу саптар", True),
        ("{number}-сап", False),
        ("Сапаты", False),
        ("Талаштуу маселе", False),
    ],
)
def test_the_search_for_rows_finds_them(words: str, row: bool) -> None:
    assert any(not _NO_ROWS.match(found[0]) for found in _ROW.finditer(words)) is row


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_that_is_a_term_uses_the_term(language: Language) -> None:
    said = sentences(language)
    known = {key: term for key, term in {**named_by_its_key(), **TERMS}.items() if key in said}
    otherwise = {
        key: (said[key], glossary()[term][language])
        for key, term in known.items()
        if not uses(said[key], glossary()[term][language])
    }
    assert otherwise == {}


def test_the_keys_that_end_in_a_term_are_found() -> None:
    assert len(named_by_its_key()) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_transfers_is_called_as_the_glossary_calls_it(language: Language) -> None:
    kinds = tomllib.loads((FIXTURES / "transfer_kinds.toml").read_text(encoding="utf-8"))["kinds"]
    names = {kind["code"]: kind["name"][language] for kind in kinds}
    otherwise = {
        code: names[code]
        for code, term in KIND_TERMS.items()
        if not uses(names[code], glossary()[term][language])
    }
    assert otherwise == {}


@pytest.mark.parametrize(
    ("words", "term", "used"),
    [
        ("Жогорку чектен жогору", "жогорку чек", True),
        ("айрым бөлүгү макулдашылды", "айрым бөлүгү макулдашылды", True),
        ("жарым-жартылай макулдашылды", "айрым бөлүгү макулдашылды", False),
        ("Талаштуу маселелер", "талаштуу маселе", True),
        ("Талаштуу бюджет сабы", "талаштуу маселе", False),
    ],
)
def test_a_term_is_recognised_in_every_case_and_nothing_else_is(words: str, term: str, used: bool) -> None:
    assert uses(words, term) is used


@pytest.mark.parametrize("path", sorted((FIXTURES / "sittings").glob("*.toml")), ids=lambda path: path.stem)
def test_the_texts_of_a_sitting_use_no_word_that_is_ruled_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [pattern for language, pattern, _ in RULED_OUT if _said(text, language, pattern)]
    assert found == []


def _said(text: str, language: Language, pattern: str) -> list[str]:
    own = re.findall(rf'^\S*\b{language} = "(.*)"$', text, re.MULTILINE)
    return [words for words in own if re.search(pattern, words, re.IGNORECASE)]
