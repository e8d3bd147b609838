"""The words of each row, made once per page where they repeat; the template puts them in place."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from budgetproto.disputes.domain import Figure
from budgetproto.disputes.figures.stands import Difference
from budgetproto.disputes.showing import gap, stated
from budgetproto.disputes.table.domain import Entry, Status
from budgetproto.disputes.table.service import Table
from budgetproto.i18n import Named, Words, formatting
from budgetproto.i18n.formatting import DASH
from budgetproto.money import Som, Unit
from budgetproto.web import request_language
from budgetproto.web.filters import moment, named, t

#: How each status looks; its words carry the meaning.
_TONES: Final[dict[Status, str]] = {
    Status.FILED: "good",
    Status.MISSING: "attention",
    Status.CLOSED: "attention",
    Status.AGREED: "good",
    Status.DIFFERING: "neutral",
    Status.DIVIDED: "attention",
    Status.ONE_SIDED: "attention",
    Status.UNSTATED: "quiet",
}
#: Letters of a figure that is a text; the card of the line has the rest.
_LETTERS: Final = 80
_TAG: Final = Markup('<strong class="bp-tag bp-tag--{}">{}</strong>')
_MARK: Final = Markup('<span class="bp-mark">{}</span>')


class Row(NamedTuple):
    """What one row says: the template takes it apart by place, which costs less than asking by name."""

    id: str
    version: int
    number: int
    title: Markup
    marks: Markup
    kind: Markup
    place: Markup
    government: Markup
    lsg: Markup
    difference: str
    share: str
    status: Markup
    filed: tuple[Markup, ...]


def rows(table: Table) -> Iterator[Row]:
    """Return what the rows of a page say, in the reader's language."""
    figure, kind, place, filed = (
        _figure(table.sitting.unit),
        _kind(table),
        cache(_place),
        cache(_filed(table)),
    )
    marks, status = _marks(table), cache(_status)
    difference, share = _difference(table.sitting.unit), _share()
    for entry in table.entries:
        line, gone = entry.line, entry.difference
        government, lsg = _figures(entry, opened=table.opened)
        yield Row(
            id=line.id,
            version=line.version,
            number=line.number,
            title=named(line.title),
            marks=marks(line.year, line.illustrative, line.protected),
            kind=kind(line.kind),
            place=place(line.territory, line.place, line.group),
            government=figure(government),
            lsg=status(Status.DIVIDED) if entry.lsg_divided else figure(lsg),
            difference=difference(gone),
            share=share(gone.share) if gone else DASH,
            status=_closed(entry) if entry.status is Status.CLOSED else status(entry.status),
            filed=tuple(filed(each) for each in entry.filed),
        )


def _figures(entry: Entry, *, opened: bool) -> tuple[Figure, Figure]:
    """Return both figures the page shows: the bases before the opening, what the sides state from then on."""
    if opened:
        return entry.government, entry.lsg
    return entry.line.base_government, entry.line.base_lsg


def _figure(unit: Unit) -> Callable[[Figure], Markup]:
    language = request_language()

    def written(figure: Figure) -> Markup:
        if isinstance(figure, Som):
            # Nothing in an amount needs escaping, and most cells are amounts.
            return Markup(formatting.amount(figure, unit, language))  # noqa: S704
        return stated(_shortened(figure) if isinstance(figure, Words) else figure, unit)

    return written


def _difference(unit: Unit) -> Callable[[Difference | None], str]:
    language = request_language()

    def written(difference: Difference | None) -> str:
        if difference is not None and isinstance(difference.signed, Som):
            return formatting.signed(difference.signed, unit, language)
        return gap(difference, unit)

    return written


def _share() -> Callable[[Fraction | None], str]:
    language = request_language()
    return lambda share: DASH if share is None else formatting.percentage(share, language)


def _shortened(words: Words) -> Words:
    cut = (
        text if len(text) <= _LETTERS else f"{text[:_LETTERS].rstrip()}…"
        for text in vars(words.text).values()
    )
    return replace(words, text=Named(*cut))


def _kind(table: Table) -> Callable[[str], Markup]:
    return cache(lambda code: named(table.kinds[code]) if code in table.kinds else escape(code))


def _place(territory: str | None, name: Named, group: Named) -> Markup:
    if territory is not None:
        return named(name) if name != Named() else escape(territory)
    return named(group) if group != Named() else escape(t("disputes.territory.whole"))


def _marks(table: Table) -> Callable[[int, bool, bool], Markup]:
    """Return what stands under a title: another year than the budget's, made-up figures, protection."""

    @cache
    def marks(year: int, illustrative: bool, protected: bool) -> Markup:
        told = (
            _MARK.format(year) if year != table.sitting.budget_year else None,
            _tag("quiet", "sittings.illustrative.mark") if illustrative else None,
            _tag("neutral", "disputes.protected") if protected else None,
        )
        return Markup(" ").join(each for each in told if each)

    return marks


def _status(status: Status | None) -> Markup:
    return _tag(_TONES[status], f"disputes.status.{status}") if status else escape(DASH)


def _closed(entry: Entry) -> Markup:
    """Tell of a line that is still closed until when its second term runs."""
    until, told = entry.line.second_term_until, _status(Status.CLOSED)
    return told if until is None else told + Markup("<br>") + _MARK.format(moment(until))


def _filed(table: Table) -> Callable[[int], Markup]:
    def told(version: int) -> Markup:
        if not table.versions:
            return _tag("good", "disputes.filed.yes") if version else _tag("quiet", "disputes.filed.no")
        if not version:
            return _tag("attention", "disputes.not_filed")
        return _TAG.format("good", t("disputes.filed_version", version=version))

    return told


def _tag(tone: str, key: str) -> Markup:
    return _TAG.format(tone, t(key))
