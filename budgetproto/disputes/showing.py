"""How pages write the figures and texts of a line: by its measure, in the sitting's unit."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from flask import Flask
from markupsafe import Markup, escape

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Base, Figure, LineText, Position, costs_more
from budgetproto.disputes.figures.doubts import doubts
from budgetproto.disputes.figures.stands import Difference
from budgetproto.disputes.lines.history import KNOWN_FIGURES, HistoryEntry, HistoryKind
from budgetproto.disputes.parameters.prices import Prices, told_prices
from budgetproto.i18n import Language, Named, Sentence, Words, told_in_unit
from budgetproto.i18n.formatting import DASH, MINUS, NO_BREAK_SPACE, percentage
from budgetproto.money import Som, Unit
from budgetproto.transfers.modelling.names import parameter_name
from budgetproto.web import request_language
from budgetproto.web.filters import amount, day, label, named, points, signed, t, unit_name, words

#: A row of a comparison: the label's message key, or a name of our own data, and what stands there.
Told = Mapping[str, Markup]


def init_app(app: Flask) -> None:
    """Give templates the functions below."""
    for function in (
        stated,
        stated_in,
        gap,
        share_of,
        in_unit,
        acted,
        file_size,
        told_position,
        told_line,
        doubts,
        in_soms,
    ):
        app.jinja_env.globals[function.__name__] = function
    app.jinja_env.globals["known_figures"] = KNOWN_FIGURES


def stated(figure: Figure, unit: Unit) -> Markup:
    """Write a figure without the name of its unit, for tables; no figure is a dash, never zero."""
    match figure:
        case None:
            return escape(DASH)
        case Som():
            return escape(amount(figure, unit))
        case bool():
            return escape(t("disputes.answer.yes" if figure else "disputes.answer.no"))
        case int():
            return escape(points(figure))
        case Words():
            return words(figure)


def stated_in(figure: Figure, unit: Unit) -> Markup:
    """Write a figure with the name of its unit."""
    name = f"{NO_BREAK_SPACE}{unit_name(unit)}" if isinstance(figure, Som) else ""
    return stated(figure, unit) + name


def in_soms(som: Som) -> str:
    """Write an amount in soms whatever the sitting's unit: what one resident gets is small."""
    return f"{amount(som, Unit.SOM)}{NO_BREAK_SPACE}{unit_name(Unit.SOM)}"


def gap(difference: Difference | None, unit: Unit) -> str:
    """Write a difference with its sign: an amount, or percentage points."""
    if difference is None:
        return DASH
    if isinstance(difference.signed, Som):
        return signed(difference.signed, unit)
    written = points(abs(difference.signed)).rstrip(f"%{NO_BREAK_SPACE}")
    sign = "+" if difference.signed > 0 else MINUS if difference.signed < 0 else ""
    return t("disputes.percentage_points", points=sign + written)


def share_of(share: Fraction | None) -> str:
    """Write a share as a percentage; a dash when it is undefined."""
    return DASH if share is None else percentage(share, request_language())


def in_unit(sentence: Sentence, unit: Unit) -> str:
    """Tell a sentence with its amounts in the sitting's unit, each with the unit's name."""
    return told_in_unit(sentence.key, sentence.values, unit, request_language())


def file_size(size: int) -> str:
    """Write the size of a file in whole kilobytes, at least one."""
    return t("disputes.attachment.kilobytes", size=-(-size // 1024))


def told_position(position: Position, unit: Unit) -> dict[str, Markup]:
    """Return a position as (message key of the label -> what it says), in the order of the form."""
    dated = f", {day(position.source_date)}" if position.source_date else ""
    told = {
        "disputes.figure": stated_in(position.figure, unit),
        "disputes.instrument": _key("disputes.instrument", position.instrument),
        "disputes.timing": _line(position.timing),
        "disputes.recurring": escape(t(f"disputes.recurring.{_yes(position.recurring)}")),
        "disputes.priority": escape(points(position.priority) if position.priority else DASH),
        "disputes.rationale.ky": _written(position.rationale, "ky"),
        "disputes.rationale.ru": _written(position.rationale, "ru"),
        "disputes.legal_basis": _line(position.legal_basis),
        "disputes.vulnerable": _key("disputes.vulnerable", position.vulnerable),
        "disputes.vulnerable_text": _line(position.vulnerable_text),
        "disputes.speaker": _line(position.speaker),
        "disputes.source": _line(position.source + dated),
    }
    return told | (
        {"disputes.illustrative": escape(t("disputes.answer.yes"))} if position.illustrative else {}
    )


def told_line(
    text: LineText, unit: Unit, *, kinds: Mapping[str, Named], territory: Named | None, parties: list[Party]
) -> dict[str, Markup]:
    """Return what was entered of a line as (message key of the label -> what it says)."""
    names = {party.id: party.name for party in parties}
    return {
        "disputes.title": named(text.title),
        "disputes.kind": named(kinds.get(text.kind)) if text.kind in kinds else escape(text.kind),
        "disputes.territory": _territory(text, territory),
        "disputes.group": named(text.group) or escape(DASH),
        "disputes.year": escape(text.year),
        "disputes.measure": label(f"disputes.measure.{text.measure.value}"),
        "disputes.recurring": escape(t(f"disputes.recurring.{_yes(text.recurring)}")),
        "disputes.cost_sign": escape(t(f"disputes.cost_sign.{'more' if costs_more(text) else 'less'}")),
        "disputes.legal_basis": named(text.legal_basis) or escape(DASH),
        "disputes.budget_code": _line(text.budget_code),
        **{f"disputes.{name}": _based(getattr(text, name), unit) for name in KNOWN_FIGURES},
        "disputes.parameter": _parameter(text),
        "disputes.prices": _prices(text.prices, unit),
        "disputes.money_base": stated_in(text.money_base, unit),
        "disputes.step": stated(text.step, unit),
        "disputes.floor": stated_in(text.floor, unit),
        "disputes.cap": stated_in(text.cap, unit),
        "disputes.protected": escape(t(f"disputes.answer.{_yes(text.protected)}")),
        "disputes.limit_basis": _line(text.limit_basis),
        "disputes.lead_government": named(names.get(text.lead_government or "")),
        "disputes.lead_lsg": named(names.get(text.lead_lsg or "")),
        "disputes.history": told_history(text.history, unit, names),
        "disputes.note": named(text.note) or escape(DASH),
        "disputes.illustrative": escape(t(f"disputes.answer.{_yes(text.illustrative)}")),
    }


def _parameter(text: LineText) -> Markup:
    """Write the parameter a line is about, with the set and the year of the data."""
    link = text.parameter
    if not link:
        return escape(DASH)
    return escape(f"{parameter_name(link.name).text(request_language())} ({link.parameters}, {link.year})")


def _prices(prices: Prices | None, unit: Unit) -> Markup:
    """Write what the values of a parameter cost, from the first to the last."""
    if prices is None:
        return escape(DASH)
    said = [told_in_unit(each.key, each.values, unit, request_language()) for each in told_prices(prices)]
    return escape(" ".join(said))


def told_history(history: Iterable[HistoryEntry], unit: Unit, names: Mapping[str, Named]) -> Markup:
    """Write the history before the sitting, an entry a line; in words also when nothing was tried."""
    entries = [_told_entry(entry, unit, names) for entry in history]
    return Markup("<br>").join(entries) if entries else escape(t("disputes.history.none"))


def acted(entry: HistoryEntry, names: Mapping[str, Named]) -> Markup:
    """Name who acted: the body, else the side or both; a dash when nobody is known."""
    if entry.party and entry.party in names:
        return named(names[entry.party])
    if entry.side is None:
        return escape(DASH)
    return escape(t("disputes.history.by.both" if entry.side == "both" else f"accounts.side.{entry.side}"))


def _told_entry(entry: HistoryEntry, unit: Unit, names: Mapping[str, Named]) -> Markup:
    dated = escape(day(entry.on)) if entry.on else None
    by = acted(entry, names) if entry.side else None
    kind = None if entry.kind is HistoryKind.OTHER else escape(t(f"disputes.history.kind.{entry.kind.value}"))
    figure = None if entry.figure is None else stated_in(entry.figure, unit)
    parts = (dated, kind, by, named(entry.text), figure, escape(entry.source))
    return Markup("; ").join(part for part in parts if part)


def _written(text: Words | None, language: Language) -> Markup:
    """Write a party's text in one of its two languages: marked when its author did not confirm it."""
    written = getattr(text.text, language) if text else ""
    if text is None or not written:
        return escape(DASH)
    marked = Markup('<span lang="{}">{}</span>').format(language, written)
    confirmed = language == text.language or language in text.confirmed
    return (
        marked
        if confirmed
        else marked + Markup(' <span class="bp-mark">[{}]</span>').format(t("web.words.unconfirmed"))
    )


def _based(base: Base, unit: Unit) -> Markup:
    told = (escape(base.source), escape(day(base.as_of)) if base.as_of else None)
    about = Markup(", ").join(part for part in told if part)
    return stated_in(base.figure, unit) + (f" ({about})" if about else "")


def _territory(text: LineText, territory: Named | None) -> Markup:
    if text.territory is None:
        return escape(t("disputes.territory.whole"))
    return named(territory) + f" ({text.territory})" if territory else escape(text.territory)


def _key(prefix: str, value: object) -> Markup:
    return escape(t(f"{prefix}.{value}")) if value else escape(DASH)


def _line(written: str) -> Markup:
    return escape(written or DASH)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
