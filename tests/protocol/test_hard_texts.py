"""Whatever somebody types is printed right or refused at the form: never a hole, a crash, an opened file."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wtforms import StringField, TextAreaField

import budgetproto.app  # noqa: F401 - every room's forms are loaded
from budgetproto.i18n import Named
from budgetproto.i18n.letters import printable, told_missing
from budgetproto.money import Som
from budgetproto.protocol.composition import compose
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.snapshot import Decision, Opinion, Snapshot
from budgetproto.web import Form, OnPaper
from tests.protocol.reading import plain_text
from tests.protocol.samples import make_line, make_snapshot, million, words

#: Fields of text that never reach a paper: log-ins, codes, searches, what a colleague is asked, pasted sheets
#: (whose cells the importer checks), names of one's own views, values of a simulation.
NOT_ON_PAPER = {
    *(f"budgetproto.accounts.bodies.forms.{name}" for name in ("document", "login", "name", "why")),
    "budgetproto.accounts.forms.code",
    "budgetproto.accounts.forms.link",
    "budgetproto.accounts.forms.login",
    "budgetproto.accounts.forms.reason",
    "budgetproto.analysis.forms.words",
    "budgetproto.analysis.view_routes.name",
    "budgetproto.disputes.lines.bulk_forms.codes",
    "budgetproto.disputes.lines.bulk_forms.pasted",
    "budgetproto.sittings.substitute_form.login",
    "budgetproto.transfers.forms.pasted",
    "budgetproto.transfers.forms.sources",
    "budgetproto.transfers.modelling.asking.value",
    "budgetproto.transfers.modelling.forms.code",
}
#: What is hard about a text, by what makes it so.
HARD = {
    "markup": "<b>x</b> &amp; <img src='file:///etc/passwd'/> {{ 7*7 }} (\\) %s \\n [/Launch]",
    "right to left": "שלום مرحبا \u202eабв\u202c",
    "emoji": "😀 👨\u200d👩\u200d👧 🇰🇬 ✌️",
    "marks": "и\u0306 е\u0308 x\u0302\u0301\u0327 Ко\u0301рс",
    "without width": "а\u200bб\u00adв\u2060г\ufeffд",
    "control": "а\x07б\x1b[31mв\x7f\x85г",
    "lost": "\ufffd \ufffc \ud800 \udfff",
    "blanks": "а\u00a0б\u202fвг\td\r\nе\u2028ж",
}

_letters = st.one_of(
    st.sampled_from("".join(HARD.values())),
    st.characters(),
    st.sampled_from("абвгдеёжзңөүҢӨҮ №«»—–(){}<>&\\/%"),
)
_texts = st.one_of(st.sampled_from(sorted(HARD.values())), st.text(_letters, min_size=1, max_size=40))


def forms(kind: type[Form] = Form) -> Iterator[type[Form]]:
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


def typed_fields() -> Iterator[tuple[str, bool]]:
    """Yield form and name of each field for text, and whether it refuses what paper cannot print."""
    for form in (each for each in forms() if each.__module__.startswith("budgetproto.")):
        for name, field in vars(form).items():
            if getattr(field, "field_class", None) in {StringField, TextAreaField}:
                given_ = dict(zip(("label", "validators"), field.args, strict=False)) | field.kwargs
                checks = given_.get("validators") or ()
                yield f"{form.__module__}.{name}", any(isinstance(each, OnPaper) for each in checks)


def test_every_field_that_reaches_paper_refuses_what_cannot_be_printed() -> None:
    found = dict(typed_fields())
    assert {name for name, refuses in found.items() if not refuses} == NOT_ON_PAPER
    assert len(found) > 40


def everywhere(text: str) -> Snapshot:
    """Return a protocol with a text in each kind of field that people fill."""
    named, said = Named(text, text, text), words(text)
    line = make_line(1, Som(0), million(600), decision=Decision(proposed_reason=said, note=said))
    positions = (
        replace(each, rationale=said, timing=said, vulnerable_groups=said) for each in line.positions
    )
    line = replace(line, title=named, legal_basis=named, positions=tuple(positions))
    made = make_snapshot(line, number="1")
    place = replace(made.signatories[0], name=text, remark=said, state="refused")
    return replace(
        made,
        opinions=(Opinion("opinion", named, said, text),),
        signatories=(place, *made.signatories[1:]),
        sitting=replace(made.sitting, title=named, place=named, notes=(named,)),
    )


def squeezed(text: str) -> str:
    """Return a text without blanks, its letters composed and its ligatures taken apart."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.poppler
@settings(max_examples=15)
@given(_texts)
@example(HARD["markup"])
@example(HARD["marks"])
def test_what_the_form_takes_is_on_paper_letter_by_letter(text: str) -> None:
    refused = told_missing(text)
    if refused:
        refused.encode()
        text = printable(text).replace("\ud800", "")
    found = squeezed(plain_text(draw(compose(everywhere(text)), "ky")))
    assert squeezed(printable(text)) in found
    assert "\ufffd" not in found


@pytest.mark.parametrize("kind", ["right to left", "emoji", "control", "lost"])
def test_what_cannot_be_printed_is_refused_with_its_letters(kind: str) -> None:
    named = told_missing(HARD[kind])
    assert named
    assert named.isprintable()


@pytest.mark.parametrize("kind", ["markup", "marks", "without width", "blanks"])
def test_what_can_be_printed_is_taken(kind: str) -> None:
    assert told_missing(HARD[kind]) == ""


@pytest.mark.poppler
@pytest.mark.parametrize(
    "unit", ["сөз ", "с", "а\u0301", "\u200b"], ids=["words", "one word", "marks", "no width"]
)
def test_a_text_of_twenty_thousand_letters_is_printed_whole(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    found = squeezed(plain_text(draw(compose(everywhere(text)), "ky")))
    letter = squeezed(unit)[:1] or "а"
    assert found.count(letter) >= 3 * squeezed(printable(text)).count(letter)
