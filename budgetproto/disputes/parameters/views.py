"""What the pages say of a contested parameter: what may be chosen, what the values mean per territory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from budgetproto.disputes.domain import Figure, Line, Measure, ParameterLink
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.options import service as options
from budgetproto.disputes.parameters.lines import ParameterEffects, effects_of, known_of, offered
from budgetproto.disputes.service import view_of
from budgetproto.errors import BadInput
from budgetproto.exchange import Cell, Column, Sheet, Total
from budgetproto.i18n import LANGUAGES, NO_NAME, Named, every_language
from budgetproto.money import Som
from budgetproto.sittings.domain import Sitting
from budgetproto.transfers.domain import oblast_code
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.asking import set_name
from budgetproto.transfers.modelling.names import parameter_name
from budgetproto.transfers.modelling.service import require_set
from budgetproto.transfers.models import ParameterSet, Row, label_of, total

_BESIDE: Final = ("funding", "shortfall", "surplus")
GOVERNMENT, LSG, OPTION = "government", "lsg", "option"


@dataclass(frozen=True)
class EffectRow:
    """What the values mean for a territory, an oblast, or all; the option is None before there is one."""

    code: str
    government: Som
    lsg: Som
    option: Som | None

    @property
    def difference(self) -> Som:
        """What the LSG side's value gives more than the Government's."""
        return self.lsg - self.government

    @property
    def gained(self) -> Som | None:
        """What the option gives more than the Government's value."""
        return None if self.option is None else self.option - self.government


@dataclass(frozen=True, eq=False)
class EffectView:
    """The values of an opened line per territory, per oblast and in sum; every sum is the model's."""

    effects: ParameterEffects
    figures: Mapping[str, Figure]
    territories: tuple[EffectRow, ...]
    oblasts: tuple[EffectRow, ...]
    whole: EffectRow

    def beside(self) -> dict[str, dict[str, Som]]:
        """Return what a model sets beside its money in sum, by whose value: funding of powers and its gap."""
        return {
            name: {what: Som(total(run.beside[what])) for what in _BESIDE if what in run.beside}
            for name, run in self.effects.runs.items()
            if _BESIDE[0] in run.beside
        }

    def money(self) -> list[int]:
        """Return the money of every territory by each value, in tyiyn; every sum is made of it."""
        runs = self.effects.runs.values()
        beside = (run.beside[what] for run in runs for what in _BESIDE if what in run.beside)
        return [each for column in (*(run.money for run in runs), *beside) for each in column.tolist()]

    def name(self, code: str) -> Named:
        """Return what a territory or oblast is called."""
        return self.effects.names.get(code, Named(code, code, code))


def parameters_offered(
    session: Session, measure: Measure, chosen: str
) -> tuple[dict[str, Named], tuple[int, ...]]:
    """Return the parameters a line can be about and the years with data; what was chosen before stays."""
    found = offered(session, measure)
    if chosen and chosen not in found:
        key, _, name = chosen.partition(" ")
        found[chosen] = (require_set(session, key), name)
    models = {parameters.model for parameters, _ in found.values()}
    years = {year for model in models for year in storage.years_of(session, model)}
    named = {code: _told(set_name(each), parameter_name(name)) for code, (each, name) in found.items()}
    return named, tuple(sorted(years, reverse=True))


def effect_view(session: Session, sitting: Sitting, view: LineView) -> EffectView | None:
    """Return what the values of an opened line mean; None where no difference can be computed."""
    figures: dict[str, Figure] = {GOVERNMENT: view.stand.government, LSG: view.stand.lsg}
    published = options.latest(session, sitting.id)
    award = published.awards.get(view.line.number) if published else None
    figures |= {OPTION: award.figure} if award else {}
    try:
        effects = effects_of(session, view, figures)
    except BadInput:
        return None
    if effects is None or not {GOVERNMENT, LSG} <= effects.runs.keys():
        return None
    return _viewed(effects, figures)


def line_effects(session: Session, sitting: Sitting, line: Line) -> EffectView | None:
    """Return the same for a line whose positions may be read."""
    return effect_view(session, sitting, view_of(session, line))


def effect_sheet(view: EffectView, title: Named) -> Sheet:
    """Return the table of the territories, with what the figures are."""
    money = ("government", "lsg", "difference", "option", "gained")
    return Sheet(
        title=title,
        columns=(
            Column("code", every_language("transfers.models.column.code")),
            Column("territory", every_language("transfers.models.column.territory")),
            Column("oblast", every_language("transfers.models.column.oblast")),
            *(Column(each, every_language(f"disputes.effects.{each}"), "amount") for each in money),
        ),
        rows=[(row.code, *_places(view, row.code), *_cells(row)) for row in view.territories],
        notes=told(view),
        totals=[Total(("", every_language("transfers.total"), "", *_cells(view.whole)))],
        about=((Column("label", every_language("transfers.models.column.label")), told(view)[0]),),
        held=2,
    )


def told(view: EffectView) -> tuple[Named, ...]:
    """Return what must stand with the figures: what they are, what is made up, of which set and year."""
    effects = view.effects
    return _said(effects.parameters, effects.link, made_up=effects.illustrative)


def parameter_words(session: Session, link: ParameterLink) -> Named:
    """Return what the paper says of the parameter of a line: its set and year, and what the figures are."""
    if not link:
        return NO_NAME
    parameters, data = known_of(session, link)
    first, *more = _said(parameters, link, made_up=parameters.illustrative or data.illustrative)
    parts = (*more[-1:], first, *more[:-1])
    return Named(*(" ".join(part.text(language) for part in parts) for language in LANGUAGES))


def _said(parameters: ParameterSet, link: ParameterLink, *, made_up: bool) -> tuple[Named, ...]:
    """Say what the figures are, that something is made up if so, and of which parameter, set and year."""
    told_of = every_language(
        "disputes.effects.told",
        parameter=parameter_name(link.name),
        set=set_name(parameters),
        year=str(link.year),
    )
    marks = [every_language("transfers.models.made_up")] if made_up else []
    return every_language(label_of(parameters.model)), *marks, told_of


def _viewed(effects: ParameterEffects, figures: Mapping[str, Figure]) -> EffectView:
    compared = effects.between(GOVERNMENT, LSG)
    with_option = effects.between(GOVERNMENT, OPTION) if OPTION in effects.runs else None
    tables = [(compared.rows(), with_option.rows() if with_option else ())]
    tables += [(effects.oblasts(GOVERNMENT, LSG), effects.oblasts(GOVERNMENT, OPTION) if with_option else ())]
    territories, oblasts = (_rows(*table) for table in tables)
    whole = _rows((compared.whole,), (with_option.whole,) if with_option else ())[0]
    return EffectView(effects, figures, territories, oblasts, whole)


def _rows(compared: tuple[Row, ...], with_option: tuple[Row, ...]) -> tuple[EffectRow, ...]:
    after = {row.code: Som(row.after) for row in with_option}
    return tuple(
        EffectRow(row.code, Som(row.before), Som(row.after), after.get(row.code)) for row in compared
    )


def _places(view: EffectView, code: str) -> tuple[Named, Named]:
    return view.name(code), view.name(oblast_code(code))


def _cells(row: EffectRow) -> tuple[Cell, ...]:
    return row.government, row.lsg, row.difference, row.option, row.gained


def _told(first: Named, second: Named) -> Named:
    return Named(*(f"{second.text(language)} — {first.text(language)}" for language in LANGUAGES))
