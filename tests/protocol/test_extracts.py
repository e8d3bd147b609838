"""An extract says of its lines what the protocol says, under the protocol's number and hashes."""

import pytest

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.protocol import service
from budgetproto.protocol.composition import compose, fingerprint
from budgetproto.protocol.delivery.extract_drawing import draw_extract
from budgetproto.protocol.drawing import draw
from tests.factories import make_person
from tests.journeys.visitor import Visitor, shown
from tests.protocol.delivery_samples import issued_2020
from tests.protocol.reading import plain_text
from tests.staged import Staged

PROTOCOL = compose(issued_2020())


def page(staged: Staged, query: str = "") -> str:
    return f"/sittings/{staged.finished}/protocol/extract{query}"


@pytest.fixture
def issued(staged: Staged) -> Staged:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    return staged


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_extract_names_the_protocol_its_hash_and_its_head(language: Language) -> None:
    said = plain_text(draw_extract(PROTOCOL, [1], language))
    assert text("delivery.extract.note", language, number="2020-1").partition(".")[0] in said
    assert fingerprint(PROTOCOL) in said
    assert PROTOCOL.facts.head.digest in said


@pytest.mark.poppler
def test_what_an_extract_says_of_a_line_stands_so_in_the_protocol() -> None:
    whole, part = plain_text(draw(PROTOCOL, "ru")), plain_text(draw_extract(PROTOCOL, [1], "ru"))
    row = "0,0 600 000,0 +600 000,0 — % 450 000,0"
    assert row in part.replace("\xa0", " ")
    assert row in whole.replace("\xa0", " ")
    assert "7 против: 0 воздержались: 1" in part.replace("\xa0", " ")


@pytest.mark.poppler
def test_no_other_line_is_in_an_extract() -> None:
    titles = {line.number: line.title.ru for line in PROTOCOL.facts.lines}
    said = plain_text(draw_extract(PROTOCOL, [1], "ru"))
    assert titles[1] in said
    assert titles[2] not in said
    assert titles[3] not in said


def test_the_same_choice_gives_the_same_bytes_in_whatever_order() -> None:
    once = draw_extract(PROTOCOL, [1, 3], "ky")
    assert once == draw_extract(compose(issued_2020()), {3, 1}, "ky")
    assert once != draw_extract(PROTOCOL, [1], "ky")


def test_whoever_reads_the_protocol_takes_an_extract_of_several_lines(issued: Staged) -> None:
    union = issued.visitor("union")
    assert union.get(page(issued)).status_code == 200
    answer = union.get(page(issued, "?line=2&line=4&language=ky"))
    assert answer.data.startswith(b"%PDF-")
    assert "extract_2020-1_2-4_ky.pdf" in answer.headers["Content-Disposition"]
    again = issued.visitor("chair").get(page(issued, "?line=4&line=2&language=ky"))
    assert again.data == answer.data


@pytest.mark.parametrize(
    ("query", "key", "values"),
    [
        ("?language=ky", "delivery.extract.no_line", {}),
        ("?line=99&line=1&language=ky", "delivery.extract.unknown_lines", {"lines": "99"}),
        ("?line=x&language=ky", "delivery.extract.unknown_lines", {"lines": "0"}),
    ],
)
def test_a_choice_that_is_none_is_told_on_the_page(
    issued: Staged, query: str, key: str, values: dict[str, object]
) -> None:
    answer = issued.visitor("chair").get(page(issued, query))
    assert answer.status_code == 422
    assert text(key, "en", **values) in shown(answer)


def test_a_language_there_is_none_of_is_not_found(issued: Staged) -> None:
    assert issued.visitor("chair").get(page(issued, "?line=1&language=de")).status_code == 404


def test_a_draft_has_no_extracts(kept: Staged) -> None:
    chair = kept.visitor("chair")
    assert text("delivery.not_issued", "en") in shown(chair.get(page(kept)))
    assert chair.get(page(kept, "?line=1&language=ky")).status_code == 422
    assert page(kept) not in chair.get(f"/sittings/{kept.finished}/protocol").text


def test_protocol_and_line_lead_to_the_extract(issued: Staged) -> None:
    chair = issued.visitor("chair")
    assert page(issued) in chair.get(f"/sittings/{issued.finished}/protocol").text
    assert page(issued, "?line=1") in chair.get(f"/lines/{first_line(issued)}").text


def first_line(staged: Staged) -> str:
    listed: str = staged.visitor("chair").get(f"/sittings/{staged.finished}/protocol").text
    return listed.partition('href="/lines/')[2].partition('"')[0]


def test_outsiders_learn_nothing_of_it(issued: Staged) -> None:
    assert issued.app.test_client().get(page(issued)).status_code == 303
    outsider = Visitor(issued.app, make_person(issued.database), language="en")
    for query in ("", "?line=1&language=ky"):
        assert outsider.get(page(issued, query)).status_code == 404
