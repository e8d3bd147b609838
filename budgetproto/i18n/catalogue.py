"""The gettext catalogues: one file per room and language, read once, the language always an argument."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from budgetproto.i18n.formatting import NO_BREAK_SPACE, shown
from budgetproto.i18n.languages import DEFAULT, LANGUAGES, Language, Named, Sentence
from budgetproto.money import Amount, Som, Unit

TRANSLATIONS = Path(__file__).parent.parent / "translations"


class MissingMessage(LookupError):
    """A key stands in no catalogue of this language."""


def text(key: str, language: Language, /, **values: object) -> str:
    """Return the sentence of `key`, its {places} filled with `values` as the language writes them.

    The part of the key before the first point names the catalogue file. Raises MissingMessage when the
    sentence does not exist: the tests prove that no such key is left.

    >>> text("errors.unknown.title", "ru")
    'Страница не найдена'
    """
    return pattern(key, language).format(**{name: _told(value, language) for name, value in values.items()})


def pattern(key: str, language: Language) -> str:
    """Return the sentence of `key` with its {places} open; raise MissingMessage where there is none."""
    try:
        return _catalogue(key.partition(".")[0], language)[key]
    except KeyError as missing:
        raise MissingMessage(f"{key} [{language}]") from missing


def is_known(key: str) -> bool:
    """Tell whether a key has a sentence.

    >>> is_known("errors.unknown"), is_known("errors.unheard_of")
    (True, False)
    """
    return key in _catalogue(key.partition(".")[0], DEFAULT)


def with_unit(value: object, unit: Unit, language: Language) -> object:
    """Return an amount written in `unit` with the unit's name, anything else as it is."""
    if not isinstance(value, Som):
        return value
    name = text(f"money.unit.{unit.key}", language)
    return f"{shown(Amount(value, unit), language)}{NO_BREAK_SPACE}{name}"


def told_in_unit(key: str, values: Iterable[tuple[str, object]], unit: Unit, language: Language) -> str:
    """Return a sentence whose amounts stand in the sitting's unit, each with its name."""
    return text(key, language, **{name: with_unit(value, unit, language) for name, value in values})


def every_language(key: str, /, **values: object) -> Named:
    """Return a message in all languages at once, for tables that are written in any of them."""
    return Named(*(text(key, language, **values) for language in LANGUAGES))


def keys(domain: str, language: Language) -> frozenset[str]:
    """Return every key of one catalogue."""
    return frozenset(_catalogue(domain, language))


def domains() -> tuple[str, ...]:
    """Return the names of the catalogues, in alphabetical order."""
    return tuple(sorted({path.stem for path in TRANSLATIONS.glob("*/*.po")}))


def told(sentence: Sentence, language: Language) -> str:
    """Return a sentence with its values in `language`."""
    return text(sentence.key, language, **dict(sentence.values))


def _told(value: object, language: Language) -> str:
    return told(value, language) if isinstance(value, Sentence) else shown(value, language)


@cache
def _catalogue(domain: str, language: Language) -> dict[str, str]:
    path = TRANSLATIONS / language / f"{domain}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
