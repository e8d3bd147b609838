"""PURE: the terms as one canonical JSON document, so that their hash means every word of them.

What was added later is left out while it is empty: the hash of older terms stays what it was.
"""

import json
from datetime import datetime
from typing import Any

from budgetproto.i18n.languages import Named
from budgetproto.money import Som
from budgetproto.sittings import groups, pinned
from budgetproto.sittings.domain import Limit, LsgFigure, Source, Terms


def written(terms: Terms) -> str:
    """Write terms as canonical JSON: sorted keys, no spaces, amounts as text in som."""
    document = {
        "deadline": terms.deadline.isoformat(timespec="seconds"),
        "kappa": terms.kappa,
        "lines": terms.lines,
        "limits": [vars(limit) for limit in sorted(terms.limits, key=lambda limit: limit.line)],
        "lsg_figure": terms.lsg_figure.value,
        "quantum": terms.quantum.to_json(),
        "rule": terms.rule,
        "sources": [_source(source) for source in terms.sources],
    }
    if terms.groups:
        document["groups"] = [groups.written(group) for group in terms.groups]
    if terms.indicators:  # left out while there are none: terms of earlier versions keep their hash
        document["indicators"] = [pinned.written(each) for each in terms.indicators]
    if terms.growth is not None:
        document["growth"] = terms.growth
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(document: str) -> Terms:
    """Read terms back from their document."""
    values = json.loads(document)
    return Terms(
        rule=values["rule"],
        sources=tuple(_source_read(source) for source in values["sources"]),
        quantum=Som.from_json(values["quantum"]),
        kappa=values["kappa"],
        lsg_figure=LsgFigure(values["lsg_figure"]),
        limits=tuple(Limit(**limit) for limit in values["limits"]),
        deadline=datetime.fromisoformat(values["deadline"]),
        lines=values["lines"],
        groups=tuple(groups.read(group) for group in values.get("groups", ())),
        indicators=tuple(pinned.read(each) for each in values.get("indicators", ())),
        growth=values.get("growth"),
    )


def _source(source: Source) -> dict[str, object]:
    return {
        "amount": source.amount.to_json(),
        "document": vars(source.document),
        "illustrative": source.illustrative,
        "name": vars(source.name),
        "side": source.side,
        "year": source.year,
    }


def _source_read(values: dict[str, Any]) -> Source:
    return Source(
        name=Named(**values["name"]),
        amount=Som.from_json(values["amount"]),
        year=values["year"],
        document=Named(**values["document"]),
        side=values["side"],
        illustrative=values["illustrative"],
    )
