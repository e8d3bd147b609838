"""PURE: what is computed beside an option to explain it, as values that are stored with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from budgetproto import balancing
from budgetproto.balancing.document import plain
from budgetproto.balancing.sharing.rules import PER_RESIDENT
from budgetproto.i18n.languages import Named

#: Residents and own revenue in tyiyn, by territory.
Known = Mapping[str, tuple[int | None, int | None]]


def explained(
    option: balancing.Option,
    claims: Sequence[balancing.Line],
    *,
    plain_lines: Sequence[balancing.Line],
    counted: Sequence[balancing.Line],
    limits: Sequence[balancing.Limit],
    envelope: int | None,
) -> dict[str, Any]:
    """Return findings, sensitivity and what every rule grants, in JSON's own types.

    `claims` are the lines the option was computed from, `plain_lines` the same as a rule is told of them that
    counts nobody, `counted` with the indicators of their territories: for the other rules per resident and
    the measures of equity.
    """
    settings: dict[str, Any] = {
        "quantum": option.quantum,
        "kappa": option.kappa,
        "limits": limits,
        "on_conflict": "hold_at_floor",
    }
    told = dict.fromkeys(PER_RESIDENT, counted) | {option.rule: claims}
    compared = balancing.alternatives(plain_lines, envelope, told=told, **settings)
    found = balancing.sensitivity(claims, envelope, rule=option.rule, compared=compared, **settings)
    return {
        "findings": plain(balancing.findings(option, counted)),
        "sensitivity": plain(found),
        "rules": {rule: [award.granted for award in each.lines] for rule, each in compared.options.items()},
    }


def counted_beside(
    claims: Sequence[balancing.Line], indicators: Known, names: Mapping[str, Named]
) -> dict[str, Any]:
    """Return what the explanation counted beside the lines: names and indicators of their territories."""
    codes = sorted({claim.region for claim in claims if claim.region})
    return {
        "regions": {
            code: {
                "name": vars(names.get(code, Named(*[code] * 3))),
                "indicators": list(indicators.get(code, (None, None))),
            }
            for code in codes
        }
    }
