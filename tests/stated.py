"""What is stated in a sitting, with the figures of the 2020 disputes: lines, terms, positions."""

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from budgetproto.disputes.domain import Base, Figure, LineText, Measure, Position
from budgetproto.disputes.terms.proposing import NewTerms
from budgetproto.i18n import Language, Named, Words
from budgetproto.money import Som, Unit
from budgetproto.sittings.domain import LsgFigure, Source
from budgetproto.sittings.service import NewSitting

GRANTS_TITLE = Named("Стимулдаштыруучу гранттар", "Стимулирующие гранты", "Stimulating grants")
#: Tyiyn in a million soms.
MILLION = 100_000_000
#: What the stimulating grants were before they were cut to nothing in the amended budget of 2020.
GRANTS = Som(600 * MILLION)
#: The revenue that was found for it.
FOUND = Som(2_200 * MILLION)


def new_sitting(*, number: str | None = None, deadline: datetime | None = None) -> NewSitting:
    """Describe a sitting on the amended budget of 2020, open for a day unless said otherwise."""
    title = Named(
        "2020-жылдын такталган бюджети", "Уточнённый бюджет 2020 года", "The amended budget of 2020"
    )
    place = Named("Бишкек ш.", "г. Бишкек", "Bishkek")
    return NewSitting(
        number=number or f"МЖ-{secrets.token_hex(3)}",
        title=title,
        draft_budget=title,
        draft_reference="6-7123/20",
        draft_submitted=date(2020, 5, 4),
        budget_year=2020,
        place=place,
        held_on=date(2020, 5, 14),
        deadline=deadline or datetime.now(UTC) + timedelta(days=1),
        unit=Unit.THOUSAND_SOMS,
        currency=Named("миң сом", "тыс. сомов", "thousand soms"),
    )


def line_text(
    *,
    title: Named = GRANTS_TITLE,
    measure: Measure = Measure.AMOUNT,
    government: Som | int | None = None,
    lsg: Som | int | None = None,
    floor: Som | int | None = None,
    cap: Som | int | None = None,
    protected: bool = False,
    lead_government: str | None = None,
    lead_lsg: str | None = None,
    money_base: Som | None = None,
) -> LineText:
    """Describe a contested line; `government` and `lsg` are the sides' own base figures."""
    return LineText(
        title=title,
        kind="stimulating_grant",
        territory=None,
        group=Named(),
        year=2020,
        measure=measure,
        recurring=False,
        legal_basis=Named(),
        budget_code="",
        history=(),
        base_government=Base(government, "2020-ж. бюджет долбоору" if government is not None else ""),
        base_lsg=Base(lsg, "2019-ж. бюджет" if lsg is not None else ""),
        money_base=money_base,
        cost_sign=1,
        step=None,
        floor=floor,
        cap=cap,
        protected=protected,
        limit_basis="",
        lead_government=lead_government,
        lead_lsg=lead_lsg,
        illustrative=False,
    )


def new_terms(*, envelope: Som = FOUND, rule: str = "A") -> NewTerms:
    """Describe terms whose envelope is the 2.2 bn of revenue found for the amended budget of 2020."""
    name = Named("Кошумча киреше", "Дополнительные доходы", "Additional revenue")
    source = Source(name, envelope, 2020, Named("", "24K-153595", ""), None, illustrative=True)
    return NewTerms(rule=rule, sources=(source,), quantum=Som(10_000), kappa=0, lsg_figure=LsgFigure.LEAD)


def make_position(*, figure: Figure = GRANTS, rationale: str = "", language: Language = "ky") -> Position:
    """State a figure (600 million soms unless said otherwise), with a reason if given."""
    named = replace(Named(), **{language: rationale})
    return Position(figure, Words(named, language) if rationale else None)
