"""The sensitivity of an option on the command line: as a part of the JSON, as sentences below the table."""

import json
from collections.abc import Iterator
from math import ceil, floor

from budgetproto.balancing import Sensitivity
from budgetproto.balancing.document import plain
from budgetproto.i18n import Language, shown, text


def with_sensitivity(document: str, found: Sensitivity) -> str:
    """Return the JSON of an option with its sensitivity under a key of its own."""
    whole = json.loads(document) | {"sensitivity": plain(found)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def sensitivity_block(found: Sensitivity, language: Language) -> str:
    """Return the block of sentences; what does not apply is said once for each cause."""
    told = [("title", {}), *_of_envelope(found), *_of_claims(found, language), *_of_rules(found)]
    told += [(f"absent_{why.value}", {}) for why in dict.fromkeys(found.absent.values())]
    return "\n" + "".join(
        text(f"balancing.sensitivity.{name}", language, **values) + "\n" for name, values in told
    )


Told = tuple[str, dict[str, object]]


def _of_envelope(found: Sensitivity) -> Iterator[Told]:
    for rate, envelope in (found.needed or {}).items():
        yield "needed", {"rate": rate, "envelope": ceil(envelope)}
    if found.marginal is None:
        return
    for line, part in found.marginal.parts.items():
        yield "part", {"line": line, "rate": part}
    if above := found.marginal.above:
        yield "above", {"envelope": ceil(above.envelope), "lines": ", ".join(above.lines)}
    if below := found.marginal.below:
        yield "below", {"envelope": floor(below.envelope), "lines": ", ".join(below.lines)}


def _of_claims(found: Sensitivity, language: Language) -> Iterator[Told]:
    if found.protection is not None:
        yield "protection", {"rate": found.protection}
    for line, rate in (found.dropped or {}).items():
        if rate is not None:
            yield "dropped", {"line": line, "rate": rate}
    for each in found.inflation or ():
        changes = (
            f"{region or '-'}: {shown(money, language)}" for region, money in (each.changes or {}).items()
        )
        if each.changes is None:
            yield "inflation_unpaid", {"region": each.region}
        else:
            yield "inflation", {"region": each.region, "changes": "; ".join(changes)}


def _of_rules(found: Sensitivity) -> Iterator[Told]:
    swept = found.swept or ()
    for line in swept[0].granted if swept else ():
        granted = [money for each in swept if (money := each.granted[line]) is not None]
        if len(set(granted)) > 1:
            yield "swept", {"line": line, "least": min(granted), "most": max(granted)}
    if found.spread is None:
        return
    for span in found.spread.spans:
        if span.least is not None and span.most is not None:
            yield "spread", {"line": span.line, "least": span.least, "most": span.most}
    for line in found.spread.strong_lines:
        yield "strong_line", {"line": line}
    if found.spread.strong:
        yield "strong", {}
