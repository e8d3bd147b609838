"""PURE: a position as canonical bytes, so that its commitment means every word of it, and back.

So too the parts of a line that are stored as documents or hashed.
"""

import json
from datetime import date
from typing import Any

from budgetproto.disputes.domain import Base, Figure, Instrument, Position, Vulnerable
from budgetproto.disputes.lines.history import HistoryEntry, HistoryKind
from budgetproto.i18n.languages import Named, Words
from budgetproto.money import Som


def written(position: Position) -> str:
    """Write the whole position as canonical JSON: sorted keys, no spaces, letters as they are."""
    values: dict[str, object] = {
        "attachments": list(position.attachments),
        "figure": figure_written(position.figure),
        "illustrative": position.illustrative,
        "instrument": position.instrument.value if position.instrument else None,
        "legal_basis": position.legal_basis,
        "rationale": words_written(position.rationale),
        "recurring": position.recurring,
        "source": position.source,
        "source_date": position.source_date.isoformat() if position.source_date else None,
        "speaker": position.speaker,
        "timing": position.timing,
        "vulnerable": position.vulnerable.value,
        "vulnerable_text": position.vulnerable_text,
    }
    if position.priority:
        values["priority"] = position.priority  # left out while there is none, as before there were any
    if position.approved_by:
        # Only then, so that what one person files reads as it always did.
        values |= {"approved_by": position.approved_by, "written_by": position.written_by}
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(document: str) -> Position:
    """Read a position back from its document."""
    values: dict[str, Any] = json.loads(document)
    instrument, dated = values.pop("instrument"), values.pop("source_date")
    return Position(
        **values
        | {
            "attachments": tuple(values["attachments"]),
            "figure": figure_read(values["figure"]),
            "instrument": Instrument(instrument) if instrument else None,
            "rationale": words_read(values["rationale"]),
            "source_date": date.fromisoformat(dated) if dated else None,
            "vulnerable": Vulnerable(values["vulnerable"]),
        }
    )


def figure_of(document: str) -> Figure:
    """Read the figure alone: a table of hundreds of positions needs nothing else of them."""
    return figure_read(json.loads(document)["figure"])


def figure_written(figure: Figure) -> dict[str, object] | None:
    """Write a figure with its kind: amounts as text in som, percentages as whole hundredths of a point.

    >>> figure_written(Som(60_000_000_000))
    {'amount': '600000000.00'}
    """
    match figure:
        case None:
            return None
        case Som():
            return {"amount": figure.to_json()}
        case bool():
            return {"answer": figure}
        case int():
            return {"points": figure}
        case Words():
            return {"wording": words_written(figure)}


def figure_read(values: dict[str, Any] | None) -> Figure:
    """Read a figure back."""
    match values:
        case None:
            return None
        case {"amount": text}:
            return Som.from_json(text)
        case {"answer": answer}:
            return bool(answer)
        case {"points": points}:
            return int(points)
        case {"wording": wording}:
            return words_read(wording)
    raise ValueError(f"not a figure: {values}")


def words_written(words: Words | None) -> dict[str, object] | None:
    """Write a text with its language, its translations and their confirmations."""
    if words is None:
        return None
    return {
        "confirmed": sorted(words.confirmed),
        "language": words.language,
        "text": vars(words.text),
        "translator": words.translator,
    }


def words_read(values: dict[str, Any] | None) -> Words | None:
    """Read a text back."""
    if values is None:
        return None
    return Words(
        Named(**values["text"]), values["language"], tuple(values["confirmed"]), values["translator"]
    )


def history_written(history: tuple[HistoryEntry, ...]) -> list[dict[str, object]]:
    """Write the history of a line before the sitting."""
    return [
        {
            "figure": figure_written(entry.figure),
            "kind": entry.kind.value,
            "on": entry.on.isoformat() if entry.on else None,
            "party": entry.party,
            "side": entry.side,
            "source": entry.source,
            "text": vars(entry.text),
        }
        for entry in history
    ]


def history_read(values: list[dict[str, Any]]) -> tuple[HistoryEntry, ...]:
    """Read the history of a line back."""
    return tuple(
        HistoryEntry(
            **entry
            | {
                "figure": figure_read(entry["figure"]),
                "kind": HistoryKind(entry["kind"]),
                "on": date.fromisoformat(entry["on"]) if entry["on"] else None,
                "text": Named(**entry["text"]),
            }
        )
        for entry in values
    )


def base_written(base: Base) -> dict[str, object]:
    """Write a known figure; a date that is not stated is left out, as before there were dates.

    >>> base_written(Base(Som(100), "24K"))
    {'figure': '1.00', 'source': '24K', 'illustrative': False}
    """
    figure = base.figure.to_json() if isinstance(base.figure, Som) else base.figure
    written: dict[str, object] = {"figure": figure, "source": base.source, "illustrative": base.illustrative}
    return written | ({"as_of": base.as_of.isoformat()} if base.as_of else {})
