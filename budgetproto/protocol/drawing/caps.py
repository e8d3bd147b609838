"""Claims that count only up to their need: what was filed, what counts and why, and the figure without it."""

from collections.abc import Sequence

from budgetproto.i18n.formatting import DASH
from budgetproto.i18n.languages import Points
from budgetproto.money import Som
from budgetproto.protocol.drawing.house_style import BODY, FIGURE, FIGURE_BOLD, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, cell
from budgetproto.protocol.need_caps import NeedCap
from budgetproto.protocol.snapshot import Sentence, Value

_TITLES = (
    "disputes.line",
    "disputes.option.cap.filed",
    "disputes.option.cap.capped",
    "disputes.option.cap.ground",
    "disputes.option.figure",
    "disputes.option.cap.without",
)


def draw_caps(paper: Paper, caps: Sequence[NeedCap]) -> None:
    """Draw a row for each such claim; nothing where there is none."""
    if not caps:
        return
    writer = paper.writer
    titles = {line.number: line.title for line in paper.protocol.facts.lines}
    paper.flow.text(writer.message("disputes.option.caps"), SUBSECTION)
    rows = [
        (
            cell(f"№ {cap.line}. {writer.name(titles[cap.line])}"),
            cell(writer.figure(cap.filed), FIGURE),
            cell(writer.figure(cap.capped), FIGURE),
            cell(writer.sentence(_ground(paper, cap))),
            cell(writer.figure(cap.figure), FIGURE_BOLD),
            cell(writer.figure(cap.without), FIGURE),
        )
        for cap in caps
    ]
    columns = paper.columns(19, 16, 13, 21, 16, 15)
    paper.table(columns, [writer.message(key) for key in _TITLES], rows, right=(1, 2, 4, 5))
    paper.flow.text(writer.message("disputes.option.caps.what"), BODY)


def _ground(paper: Paper, cap: NeedCap) -> Sentence:
    known = cap.known if isinstance(cap.known, Som) else Points(cap.known)
    values: dict[str, Value] = {"figure": known, "source": paper.writer.name(cap.source) or DASH}
    if cap.growth is not None:
        values["growth"] = cap.growth
    return Sentence(f"disputes.need.{cap.ground}", tuple(values.items()))
