"""Colours stand in one place and can be read: on the screen by everybody, on paper without colours."""

import re
from functools import cache
from pathlib import Path

import pytest

CSS = Path("budgetproto/static/css").resolve()

#: (text, ground) of everything that is read; WCAG AA asks for 4.5.
READ = [
    ("text-colour", "paper"), ("text-colour", "sheet"), ("text-colour", "shade"), ("text-colour", "hover"),
    ("ink-soft", "paper"), ("ink-soft", "sheet"), ("ink-soft", "shade"), ("ink-soft", "hover"),
    ("on-ink", "ink"), ("on-ink-soft", "ink"), ("on-ink", "on-ink-hover"), ("ink", "on-ink"),
    ("government", "sheet"), ("government", "government-pale"), ("government", "hover"),
    ("on-government", "government"), ("government-deep", "government-pale"),
    ("lsg", "sheet"), ("lsg", "lsg-pale"), ("lsg", "hover"), ("lsg-deep", "lsg-pale"),
    ("lsg-deep", "lsg-hatch"), ("good-deep", "good-pale"), ("attention-deep", "attention-pale"),
    ("bad-deep", "bad-pale"), ("quiet-deep", "shade"), ("good", "sheet"), ("bad", "sheet"), ("bad", "paper"),
    ("link", "paper"), ("link", "sheet"), ("link", "hover"), ("link-visited", "sheet"),
    ("link-hover", "sheet"),
    ("on-ink", "button"), ("on-ink", "button-hover"),
]  # fmt: skip
#: (line, ground) of what is only seen: edges of fields, marks of the current place; AA asks for 3.
SEEN = [
    ("input-border", "sheet"), ("rule-strong", "sheet"), ("on-ink-current", "ink"), ("on-ink-mark", "ink"),
    ("government", "paper"), ("lsg", "paper"), ("on-ink-rule", "ink"),
]  # fmt: skip


@cache
def colours() -> dict[str, tuple[int, int, int]]:
    """Return the colours by name."""
    found = re.findall(r"--bp-([a-z-]+): #([0-9a-f]{6});", (CSS / "tokens.css").read_text())
    return {name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)) for name, code in found}


def luminance(name: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [part / 255 for part in colours()[name]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("text", "ground"), READ, ids=" on ".join)
def test_what_is_read_stands_out(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), SEEN, ids=" on ".join)
def test_what_is_seen_stands_out(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3


def test_contrast_is_measured_as_wcag_does() -> None:
    colours()["black"], colours()["white"] = (0, 0, 0), (255, 255, 255)
    assert contrast("black", "white") == pytest.approx(21)


def test_the_grounds_of_the_two_marks_differ_in_grey() -> None:
    assert contrast("government", "lsg-pale") >= 4.5


@pytest.mark.parametrize("sheet", ["budgetproto.css", "fonts.css"])
def test_no_colour_and_no_size_of_type_stands_outside_the_one_place(sheet: str) -> None:
    rules = (CSS / sheet).read_text()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|font-size: [\d.]+(?:px|rem)", rules) == []


def test_every_name_that_is_used_is_defined() -> None:
    defined = set(re.findall(r"(--bp-[a-z-]+):", (CSS / "tokens.css").read_text()))
    rules = "".join(path.read_text() for path in CSS.glob("*.css"))
    used = set(re.findall(r"var\((--bp-[a-z-]+)\)", rules))
    assert used - defined == set()
    assert defined - used == set()
