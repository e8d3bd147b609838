"""The findings of an option on the command line: as a part of the JSON, as sentences below the table."""

import json
from collections.abc import Iterator

from budgetproto.balancing import Findings, Option
from budgetproto.balancing.document import plain
from budgetproto.balancing.findings.equity import Equity
from budgetproto.i18n import Language, text

Told = tuple[str, dict[str, object]]


def with_findings(document: str, found: Findings) -> str:
    """Return the JSON of an option with its findings under a key of their own."""
    whole = json.loads(document) | {"findings": plain(found)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def findings_block(option: Option, found: Findings, language: Language) -> str:
    """Return the block of sentences: sides, regions, residents, and what each side would say; or nothing."""
    told = [*_of_sides(found), *_of_regions(found), *_of_residents(found), *_would_say(option, found)]
    if not told:
        return ""
    told.insert(0, ("title", {}))
    lines = (text(f"balancing.findings.{name}", language, **values) for name, values in told)
    return "\n" + "".join(f"{line}\n" for line in lines)


def _of_sides(found: Findings) -> Iterator[Told]:
    if found.shares:
        yield "shares", {"lsg": found.shares.lsg, "government": found.shares.government}
    if found.standings:
        above, at, below = (each.lines for each in found.standings)
        yield "standings", {"above": above, "at": at, "below": below}


def _of_regions(found: Findings) -> Iterator[Told]:
    for each in found.regions:
        if each.closing is not None:
            values = {"region": each.region or "—", "claims": each.claims, "shared": each.shared}
            yield "region", values | {"rate": each.closing}
        if each.gain is not None:
            yield "gain", {"region": each.region or "—", "gain": round(1_000 * each.gain)}


def _of_residents(found: Findings) -> Iterator[Told]:
    if found.before and found.after:
        yield from _moved("gini", found.before, found.after)
    if found.before and found.left_out:
        yield "left_out", {"count": found.left_out}


def _moved(name: str, before: Equity, after: Equity) -> Iterator[Told]:
    if before.gini is not None and after.gini is not None:
        yield name, {"before": before.gini, "after": after.gini}


def _would_say(option: Option, found: Findings) -> Iterator[Told]:
    """Yield what each side can say of the same figures."""
    totals = option.totals
    if not found.shares or totals.shared is None:
        return
    yield "government_says", {"shared": totals.shared, "claims": totals.claims, "rate": found.shares.lsg}
    yield "lsg_says", {"conceded": totals.conceded, "claims": totals.claims, "rate": found.shares.government}
    closing = [(each.closing, each.region) for each in found.regions if each.closing is not None]
    if found.spread and len(closing) > 1:
        least, region = min(closing, key=lambda each: each[0])
        yield "least_closed", {"region": region or "—", "rate": least}
