"""The annexes to look things up in: the settings in force with their sources, the abbreviations."""

from collections.abc import Iterator

from budgetproto.protocol.drawing.house_style import LIST
from budgetproto.protocol.drawing.paper import Paper, cell

#: What may stand around a word.
_AROUND = "«»“”\"'()[],;:…"


def draw_settings(paper: Paper) -> None:
    """Draw each setting of the procedure: what it says and where it comes from."""
    writer = paper.writer
    titles = [writer.message(f"sittings.setting{part}") for part in ("", "_value", "_source")]
    rows = [
        tuple(cell(writer.name(said)) for said in (rule.name, rule.stated, rule.source))
        for rule in paper.protocol.facts.settings
    ]
    paper.table(paper.columns(30, 34, 36), titles, rows)


def draw_abbreviations(paper: Paper) -> None:
    """Draw what the abbreviations mean that stand on the pages before."""
    for short, meant in _used(paper):
        paper.flow.text([("bold", short), ("text", f"— {meant}")], LIST)


def _used(paper: Paper) -> Iterator[tuple[str, str]]:
    words = {word.strip(_AROUND) for word in paper.flow.press.words()}
    words |= {word.rstrip(".") for word in words}
    for entry in paper.writer.say("abbreviations").split("; "):
        short, _, meant = entry.partition(" — ")
        if short in words:
            yield short, meant
