"""A picture as SVG inside a page: real words, told to readers who cannot see it, with no style of its own."""

from markupsafe import Markup, escape

from budgetproto.disputes.options.explanation.picture import (
    WIDTH,
    Mark,
    Picture,
    Place,
    Shape,
    Stroke,
    Written,
)

_ANCHOR = {"left": "start", "center": "middle", "right": "end"}


def as_svg(picture: Picture, *, name: str, title: str, told: str) -> Markup:
    """Return the picture; `name` makes its ids its own, `title` and `told` say what it shows."""
    marks = Markup("\n").join(_mark(mark) for mark in picture.marks)
    return Markup(
        '<svg class="bp-chart" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="{name}-title {name}-told" xmlns="http://www.w3.org/2000/svg">\n'
        '<title id="{name}-title">{title}</title>\n<desc id="{name}-told">{told}</desc>\n{marks}\n</svg>'
    ).format(width=WIDTH, height=picture.height, name=name, title=title, told=told, marks=marks)


def _mark(mark: Mark) -> Markup:
    match mark:
        case Stroke():
            dash = Markup(' stroke-dasharray="{}"').format(mark.dash) if mark.dash else ""
            return Markup('<polyline class="bp-chart__{}" points="{}" stroke-width="{}"{}/>').format(
                mark.tone, _points(mark.points), mark.weight, dash
            )
        case Shape():
            return Markup('<polygon class="bp-chart__{}" points="{}"/>').format(
                mark.tone, _points(mark.points)
            )
        case Written():
            return Markup('<text x="{}" y="{}" font-size="{}" text-anchor="{}">{}</text>').format(
                mark.x, mark.y, mark.size, _ANCHOR[mark.align], escape(mark.text)
            )


def _points(points: tuple[Place, ...]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
