"""PURE: limits of groups over the lines of a sitting: what is refused when the terms are proposed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from budgetproto import balancing
from budgetproto.balancing.errors import LimitCutsRecipient, LimitUnknown
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.errors import Refused
from budgetproto.i18n.languages import Named, Sentence
from budgetproto.money import Som
from budgetproto.sittings.groups import GroupLimit, Scope

#: The measures whose lines can get money.
_WITH_MONEY: Final = frozenset({Measure.AMOUNT, Measure.PERCENTAGE})


class GroupRefused(Refused):
    """A limit of a group cannot stand in the terms; `place` is its place, `about` what of it is wrong."""

    def __init__(self, key: str, *, place: int, about: str = "of", **details: object) -> None:
        super().__init__(f"disputes.group.{key}", **details)
        self.place, self.about = place, about


def grouped(texts: Iterable[LineText]) -> dict[str, tuple[Scope, str]]:
    """Return every group that some line belongs to, by the key of its limit, in the order of the lines."""
    found: dict[str, tuple[Scope, str]] = {}
    for text in texts:
        for scope, code in ((Scope.REGION, text.territory), (Scope.KIND, text.kind)):
            if text.measure in _WITH_MONEY and code:
                found.setdefault(f"{scope.value}:{code}", (scope, code))
    return dict(sorted(found.items(), key=lambda each: each[1][0] is Scope.KIND))


def check_groups(
    groups: Sequence[GroupLimit], texts: Sequence[LineText], *, rule: str, envelope: Som | None
) -> None:
    """Raise GroupRefused for the first limit that contradicts itself, another one, the lines or the rule."""
    counted = Counter[str]()
    floors: dict[Scope, Som] = {}
    for place, group in enumerate(groups):
        if group.floor is not None and group.cap is not None and group.floor > group.cap:
            raise GroupRefused(
                "floor_above_cap", place=place, about="floor", floor=group.floor, cap=group.cap
            )
        counted[group.key] += 1
        if counted[group.key] > 1:
            raise GroupRefused("twice", place=place, group=group.name)
        floors[group.scope] = floors.get(group.scope, Som(0)) + (group.floor or Som(0))
        if group.floor and _beyond(floors[group.scope], envelope):
            sums = {"floors": floors[group.scope], "envelope": envelope}
            raise GroupRefused("floors_above_envelope", place=place, about="floor", **sums)
    _check_rule(groups, texts, rule)


def _beyond(floors: Som, envelope: Som | None) -> bool:
    """Tell whether floors ask for more than there is; of a cut a floor only says how much may be taken."""
    return envelope is not None and envelope >= Som(0) and floors > envelope


def _check_rule(groups: Sequence[GroupLimit], texts: Sequence[LineText], rule: str) -> None:
    """Ask what the rule could not keep, whatever the figures will be."""
    lines = [
        balancing.Line(
            str(place), None, None, region=text.territory, territory=text.territory, kind=text.kind
        )
        for place, text in enumerate(texts)
        if text.measure in _WITH_MONEY
    ]
    try:
        balancing.require_feasible(lines, limits_of(groups), rule=rule)
    except balancing.Unbalanceable as fault:
        names, key = group_names(groups), str(fault.details.get("limit", groups[0].key))
        place = [group.key for group in groups].index(key)
        if isinstance(fault, LimitUnknown):
            raise GroupRefused("no_line", place=place, group=names[key]) from fault
        if isinstance(fault, LimitCutsRecipient):
            raise GroupRefused("cuts_recipient", place=place, group=names[key]) from fault
        details = {name: names.get(str(value), value) for name, value in sorted(fault.details.items())}
        why = Sentence(fault.key, tuple(details.items()))
        raise GroupRefused("impossible", place=place, why=why) from fault


def limits_of(groups: Iterable[GroupLimit]) -> list[balancing.Limit]:
    """Return the limits as the balancing knows them."""
    return [
        balancing.Limit(
            group.key,
            least=None if group.floor is None else group.floor.tyiyn,
            most=None if group.cap is None else group.cap.tyiyn,
            region=group.code if group.scope is Scope.REGION else None,
            kind=group.code if group.scope is Scope.KIND else None,
        )
        for group in groups
    ]


def group_names(groups: Iterable[GroupLimit]) -> dict[str, Named]:
    """Return what each limit is called, by its key."""
    return {group.key: group.name for group in groups}


def named(groups: Iterable[GroupLimit], names: Mapping[str, Named]) -> tuple[GroupLimit, ...]:
    """Return the limits with what their territories and kinds are called today."""
    return tuple(replace(each, name=names.get(each.key, Named(*[each.code] * 3))) for each in groups)
