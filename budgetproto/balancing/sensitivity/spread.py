"""PURE: how far the rules lie apart, line by line, and when that is no matter of arithmetic (method, 3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from budgetproto.balancing.alternatives import Span, alternatives
from budgetproto.balancing.lines import Line

#: The rules disagree strongly on a line where their figures lie further apart than this part of its claim.
STRONG_LINE: Final = Fraction(1, 2)
#: They disagree strongly on the whole where such lines make up more than this part of all claims.
STRONG_WHOLE: Final = Fraction(1, 4)


@dataclass(frozen=True)
class Disagreement:
    """The span of each line over the rules that share the envelope; its `least` is what none disputes.

    `strong` says that the choice of a rule decides too much: this needs politics, not arithmetic.
    """

    spans: tuple[Span, ...]
    strong_lines: tuple[str, ...]
    strong: bool


def spread(lines: Sequence[Line], envelope: int | None, **settings: Any) -> Disagreement:
    """Return how far the rules lie apart; `settings` are those of `alternatives`."""
    return disagreement(alternatives(lines, envelope, **settings).spans)


def disagreement(spans: Sequence[Span]) -> Disagreement:
    """Return the lines on which the spans say that the rules disagree strongly, and whether they weigh much.

    >>> disagreement([Span("roads", 60, 10, 50), Span("schools", 40, 20, 30)]).strong_lines
    ('roads',)
    """
    strong = [span for span in spans if _strong(span)]
    claims = sum(max(span.claim or 0, 0) for span in spans)
    money = sum(span.claim or 0 for span in strong)
    return Disagreement(tuple(spans), tuple(span.line for span in strong), money > STRONG_WHOLE * claims)


def _strong(span: Span) -> bool:
    if span.least is None or span.most is None or span.claim is None or span.claim <= 0:
        return False
    return span.most - span.least > STRONG_LINE * span.claim
