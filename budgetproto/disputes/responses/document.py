"""PURE: a response as canonical bytes, so that its hash means every word of it, and back."""

import json
from datetime import date
from typing import Any

from budgetproto.disputes.positions.document import figure_read, figure_written, words_read, words_written
from budgetproto.disputes.responses.domain import Kind, Response


def written(response: Response) -> str:
    """Write a response as canonical JSON: sorted keys, no spaces, letters as they are.

    >>> written(Response(Kind.CONDITION, lines=(2, 5)))
    '{"kind":"condition","lines":[2,5]}'
    """
    values: dict[str, object] = {
        "kind": response.kind.value,
        "reason": words_written(response.reason),
        "figure": figure_written(response.figure),
        "confirmer": response.confirmer or None,
        "until": response.until.isoformat() if response.until else None,
        "lines": list(response.lines) or None,
    }
    stated = {name: value for name, value in values.items() if value is not None}
    return json.dumps(stated, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(document: str) -> Response:
    """Read a response back from its document."""
    values: dict[str, Any] = json.loads(document)
    return Response(
        kind=Kind(values["kind"]),
        reason=words_read(values.get("reason")),
        figure=figure_read(values.get("figure")),
        confirmer=values.get("confirmer", ""),
        until=date.fromisoformat(values["until"]) if "until" in values else None,
        lines=tuple(values.get("lines", ())),
    )
