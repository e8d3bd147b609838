"""Form fields the pages of a sitting share: texts in three languages, texts that paper can print."""

from typing import Any, Final

from wtforms import Field, StringField, TextAreaField

from budgetproto.i18n import DEFAULT, LANGUAGES, Named, text
from budgetproto.web import Form, Label, OnPaper, longest, required

#: The languages in which an act has its title.
_OFFICIAL: Final = ("ky", "ru")


class Preset:
    """Mark a choice that always has a value, so that the page does not call it optional."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, _form: object, _field: Field) -> None:
        """Refuse nothing: the field starts with a value."""


class Either:
    """Mark a text that is needed in Kyrgyz or in Russian, so that the page calls neither optional."""

    def __init__(self) -> None:
        self.field_flags = {"either": True}

    def __call__(self, _form: object, _field: Field) -> None:
        """Refuse nothing: whether one of the two is there the domain judges."""


def line(
    label: Any, *, needed: bool = False, either: bool = False, most: int = 300, **options: Any
) -> StringField:
    """Return a field for one line of text."""
    return StringField(label, [*_needed(needed), *_either(either), longest(most), OnPaper()], **options)


def passage(label: Any, *, needed: bool = False, most: int = 8000, **options: Any) -> TextAreaField:
    """Return a field for a longer text."""
    return TextAreaField(label, [*_needed(needed), longest(most), OnPaper()], **options)


def in_either(key: str, *, most: int = 300) -> tuple[Any, ...]:
    """Return a line for each language, of which the Kyrgyz or the Russian one is needed."""
    return tuple(line(labelled(key, code), either=code in _OFFICIAL, most=most) for code in LANGUAGES)


def in_languages(key: str, *, needed: bool = False, long: bool = False, most: int = 300) -> tuple[Any, ...]:
    """Return a field for each language; `needed` asks for the Kyrgyz text."""
    make = passage if long else line
    return tuple(make(labelled(key, code), needed=needed and code == "ky", most=most) for code in LANGUAGES)


def labelled(key: str, code: str) -> Label:
    """Return the label of a language's field, in the words of every reader; the Kyrgyz one has the hint."""
    ky, ru, en = (f"{text(key, reader)} ({text(f'sittings.in.{code}', reader)})" for reader in LANGUAGES)
    return Label(ky, ru, en, key=key if code == DEFAULT else "")


def numbered(key: str, number: int) -> Named:
    """Return a label with the number of its row."""
    return Named(*(f"{number}. {text(key, reader)}" for reader in LANGUAGES))


def named(form: Form, name: str) -> Named:
    """Return the texts of the fields `name_ky`, `name_ru` and `name_en`; a missing field is empty."""
    typed = {code: form[f"{name}_{code}"].data for code in LANGUAGES if f"{name}_{code}" in form}
    return Named(**{code: (each or "").strip() for code, each in typed.items()})


def spread(name: str, texts: Named) -> dict[str, str]:
    """Return a name as the values of its fields, to fill a form with."""
    return {f"{name}_{code}": getattr(texts, code) for code in LANGUAGES}


def _either(either: bool) -> list[Any]:
    return [Either()] if either else []


def _needed(needed: bool) -> list[Any]:
    return [required()] if needed else []
