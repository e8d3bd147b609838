"""PURE: what follows from the facts of one line: figures in money, difference, gain, standing."""

from budgetproto.disputes.figures import stands
from budgetproto.i18n.languages import Words
from budgetproto.money import Som
from budgetproto.protocol.answers import come_to
from budgetproto.protocol.composed import ComposedLine, Difference, Stand, Standing
from budgetproto.protocol.snapshot import Figure, Line, Position, Side


def composed_line(line: Line, *, illustrative_envelope: bool = False) -> ComposedLine:
    """Work out everything that follows from the facts of one line.

    What is computed from a made-up figure, or from a made-up envelope, is itself marked as made up.
    """
    government, lsg = _stand_of(line, "government"), _stand_of(line, "lsg")
    decision, option = line.decision, line.option
    made_up = illustrative_envelope or government.illustrative or lsg.illustrative
    computed = _stand(line, option.figure if option else None, illustrative=made_up)
    made_up = decision is not None and decision.illustrative
    decided = _stand(line, decision.decided if decision else None, illustrative=made_up)
    return ComposedLine(
        number=line.number,
        government=government,
        lsg=lsg,
        difference=difference(line, government.figure, lsg.figure),
        computed=computed,
        proposed=_stand(line, decision.proposed if decision else None, illustrative=made_up),
        decided=decided,
        extra_computed=_extra(line, government, computed),
        extra_decided=_extra(line, government, decided) if is_agreed(line) else None,
        missing=_missing(government, lsg),
        standing=_standing(line, government, lsg),
        answered=come_to(line.answers),
    )


def difference(line: Line, government: Figure, lsg: Figure) -> Difference | None:
    """Return LSG minus Government with what it means in money; `None` when a side has no figure."""
    found = stands.difference(government, lsg)
    if found is None:
        return None
    # The money is the difference of the two money effects, so that it closes with the sums of both sides.
    high, low = money(line, lsg), money(line, government)
    effect = None if high is None or low is None else high - low
    absolute = None if effect is None else abs(effect)
    return Difference(found.signed, found.absolute, found.share, effect, absolute)


def money(line: Line, figure: Figure) -> Som | None:
    """Return what a figure of this line means in money, `None` when it means none or is not stated.

    A value of a contested parameter costs what the list of its prices says, one off the list is not known.
    A percentage is taken of the line's base and rounded to the nearest tyiyn, a half away from zero.
    """
    if isinstance(figure, Som):
        return figure
    if line.prices:
        return line.prices.of(figure)
    if line.measure != "percentage" or type(figure) is not int or line.money_base is None:
        return None
    product = line.money_base.tyiyn * figure
    rounded = (2 * abs(product) + 10_000) // 20_000
    return Som(-rounded if product < 0 else rounded)


def counted_position(line: Line, side: Side) -> Position | None:
    """Return the position whose figure counts for a side: that of the lead party, and no other."""
    lead = line.lead_government if side == "government" else line.lead_lsg
    return next((position for position in line.positions if lead and position.party == lead), None)


def _stand_of(line: Line, side: Side) -> Stand:
    position = counted_position(line, side)
    if position is None:
        return Stand()
    return _stand(line, position.figure, illustrative=position.illustrative)


def _stand(line: Line, figure: Figure, *, illustrative: bool) -> Stand:
    return Stand(figure, money(line, figure), illustrative and figure is not None)


def is_agreed(line: Line) -> bool:
    """Tell whether money follows from the decision: a figure that was voted down is nobody's gain."""
    return line.decision is not None and line.decision.outcome in {"agreed", "partly_agreed"}


def _missing(government: Stand, lsg: Stand) -> tuple[Side, ...]:
    sides: tuple[tuple[Side, Stand], ...] = (("government", government), ("lsg", lsg))
    return tuple(side for side, stand in sides if stand.figure is None)


def _extra(line: Line, government: Stand, figure: Stand) -> Som | None:
    """Return what the LSG side gets above the Government's figure; a higher figure may also cost it."""
    if government.money is None or figure.money is None:
        return None
    more = figure.money - government.money
    return more if line.cost_sign == 1 else -more


def _standing(line: Line, government: Stand, lsg: Stand) -> Standing:
    outcome = line.decision.outcome if line.decision else None
    equal = government.figure is not None and _same(government.figure, lsg.figure)
    if equal and outcome in (None, "agreed"):
        return "not_in_dispute"
    return outcome or "undecided"


def _same(one: Figure, other: Figure) -> bool:
    if isinstance(one, Words) and isinstance(other, Words):
        return one.text == other.text
    return type(one) is type(other) and one == other
