"""Limits of territories and of kinds: as the terms state them, and what became of them in the option."""

from collections.abc import Sequence

from budgetproto.protocol.drawing.house_style import FIGURE, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, cell
from budgetproto.protocol.group_limits import GroupLimit, GroupShare
from budgetproto.protocol.snapshot import Sentence


def draw_limits(paper: Paper, groups: Sequence[GroupLimit]) -> None:
    """Draw each limit with the law it rests on; nothing where there is none."""
    if not groups:
        return
    writer = paper.writer
    paper.flow.text(writer.message("sittings.groups"), SUBSECTION)
    titles = [
        writer.message(f"sittings.{name}") for name in ("group", "group.floor", "group.cap", "group.basis")
    ]
    rows = [
        (
            cell(f"{writer.message(f'sittings.group.{group.scope}')}: {writer.name(group.name)}"),
            cell(writer.money(group.floor), FIGURE),
            cell(writer.money(group.cap), FIGURE),
            cell(writer.name(group.basis)),
        )
        for group in groups
    ]
    paper.table(paper.columns(30, 17, 17, 36), titles, rows, right=(1, 2))


def draw_shares(paper: Paper, groups: Sequence[GroupShare]) -> None:
    """Draw what the lines of each limit get together, and whether it holds them."""
    if not groups:
        return
    writer = paper.writer
    paper.flow.text(writer.message("sittings.groups"), SUBSECTION)
    bounds = [writer.message(f"sittings.{name}") for name in ("group", "group.floor", "group.cap")]
    became = [writer.message(f"disputes.option.group.{name}") for name in ("granted", "state", "rate")]
    rows = [
        (
            cell(writer.name(group.name)),
            cell(writer.money(group.floor), FIGURE),
            cell(writer.money(group.cap), FIGURE),
            cell(writer.money(group.granted), FIGURE),
            cell(writer.message(f"disputes.option.group.{group.state}")),
            cell(_rates(paper, group), FIGURE),
        )
        for group in groups
    ]
    paper.table(paper.columns(22, 14, 14, 18, 17, 15), [*bounds, *became], rows, right=(1, 2, 3, 5))


def _rates(paper: Paper, group: GroupShare) -> str:
    if group.rate is None or group.common is None:
        return "—"
    rates = (("rate", group.rate), ("common", group.common))
    return paper.writer.sentence(Sentence("disputes.option.group.rates", rates))
