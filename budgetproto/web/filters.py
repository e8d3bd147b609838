"""What templates say: sentences, amounts, dates and names, always in the reader's language."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from budgetproto.errors import Problem
from budgetproto.i18n import Named, Sentence, Words, formatting, text, told
from budgetproto.i18n.letters import collation, is_kyrgyz
from budgetproto.money import Som, Unit
from budgetproto.web.language import request_language


def init_app(app: Flask) -> None:
    """Make Jinja strict and register every function below under its own name, as filter and as function."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["t"] = t
    app.jinja_env.globals["decimals_of"] = formatting.decimals_of
    app.jinja_env.filters["alphabetical"] = alphabetical
    for function in _FILTERS:
        app.jinja_env.filters[function.__name__] = _for_each_reader(function)
        app.jinja_env.globals[function.__name__] = function


def t(key: str, /, **values: object) -> str:
    """Return the sentence of `key` in the reader's language."""
    return text(key, request_language(), **values)


def amount(som: Som | None, unit: Unit, decimals: int = 0) -> str:
    """Write an amount in `unit`, a table's with the decimals of all its cells; unstated it is a dash."""
    return formatting.DASH if som is None else formatting.amount(som, unit, request_language(), decimals)


def signed(som: Som | None, unit: Unit, decimals: int = 0) -> str:
    """Write a difference with its sign; a dash when there is none."""
    return formatting.DASH if som is None else formatting.signed(som, unit, request_language(), decimals)


def points(hundredths: int | None) -> str:
    """Write hundredths of a percentage point as a percentage."""
    return formatting.DASH if hundredths is None else formatting.points(hundredths, request_language())


def moment(instant: datetime | None) -> str:
    """Write an instant as Bishkek's clock shows it."""
    return formatting.shown(instant, request_language())


def day(value: date | None) -> str:
    """Write a date as printed acts do."""
    return formatting.shown(value, request_language())


def shown(value: object) -> str:
    """Write any value of the domain."""
    return formatting.shown(value, request_language())


def named(name: Named | None) -> Markup:
    """Write a name, marked with its language when it is not the reader's."""
    if name is None:
        return escape(formatting.DASH)
    wording, language = name.in_(request_language())
    if language == request_language():
        return escape(wording)
    return Markup('<span lang="{}">{}</span>').format(language, wording)


def words(party_text: Words | None) -> Markup:
    """Write a party's text: in the reader's language if it can be, else the original, each marked so."""
    if party_text is None or party_text.text == Named():
        return escape(formatting.DASH)
    reader, original = request_language(), party_text.language
    if translation := getattr(party_text.text, reader):
        confirmed = reader == original or reader in party_text.confirmed
        return escape(translation) if confirmed else _marked(escape(translation), "web.words.unconfirmed")
    shown_original = Markup('<span lang="{}">{}</span>').format(original, getattr(party_text.text, original))
    return _marked(shown_original, "web.words.untranslated")


def cited(source: str) -> Markup:
    """Write a source as it was typed, in whatever language; what looks Kyrgyz is marked for others."""
    if request_language() == "ky" or not is_kyrgyz(source):
        return escape(source)
    return _marked(Markup('<span lang="ky">{}</span>').format(source), "web.words.kyrgyz")


def alphabetical(things: Iterable[Any], attribute: str = "name") -> list[Any]:
    """Return things by the name their reader sees, in the order of the Kyrgyz alphabet."""
    language = request_language()
    return sorted(things, key=lambda thing: collation(getattr(thing, attribute).text(language)))


def unit_name(unit: Unit) -> str:
    """Name the unit amounts are shown in."""
    return t(f"money.unit.{unit.key}")


def label(words: str | Named) -> Markup:
    """Write a label: a `str` is a message key, a `Named` is a text of our own data."""
    return named(words) if isinstance(words, Named) else escape(t(words))


def leading(words: str) -> str:
    """Write a label before what it is about: with a colon, unless it asks.

    >>> leading("Reason"), leading("Do local bodies carry it out?")
    ('Reason:', 'Do local bodies carry it out?')
    """
    plain = words.striptags() if isinstance(words, Markup) else words
    return words if plain.endswith("?") else words + ":"


def sentence(problem: Problem | Sentence | str) -> str:
    """Tell a message key, a sentence with its values, or a problem with its place first."""
    if isinstance(problem, str):
        return t(problem)
    if isinstance(problem, Sentence):
        return told(problem, request_language())
    fault, place = t(problem.key, **problem.details), where(problem)
    return f"{place}: {fault}" if place else fault


def where(problem: Problem) -> str:
    """Tell where a problem stands: file, row and column, as far as they are known."""
    known = {"file": problem.file, "row": problem.row, "column": problem.column}
    parts = (t(f"web.where.{place}", value=value) for place, value in known.items() if value is not None)
    return " · ".join(parts)


def _for_each_reader(function: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from working out a filter of a constant once, in the language of the first reader."""

    @pass_context
    def ask_again(_: Context, *arguments: object, **options: object) -> str:
        return function(*arguments, **options)

    return ask_again


def _marked(wording: Markup, key: str) -> Markup:
    return Markup('{} <span class="bp-mark">[{}]</span>').format(wording, t(key))


_FILTERS: tuple[Callable[..., str], ...] = (
    amount,
    signed,
    points,
    moment,
    day,
    shown,
    named,
    words,
    cited,
    unit_name,
    label,
    leading,
    sentence,
    where,
)
