"""No log line says who, or what about: a whole sitting is held and nothing of it is found in its log."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from budgetproto.operations import logs
from tests.journeys.conftest import app, catalogue, kinds, seal_key_file, settings  # noqa: F401 - fixtures
from tests.journeys.test_whole_sitting import (
    Cast,
    cast,  # noqa: F401 - a fixture
    decided,
    done,
    entered,
    filed,
    opened,
    prepared,
    proposed,
    quorate,
    settled,
)
from tests.journeys.visitor import Visitor


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Write the log of everything, down to the finest, into memory."""
    root, stream = logging.getLogger(), io.StringIO()
    kept, level = list(root.handlers), root.level
    logs.configure("debug", stream)
    yield stream
    root.handlers[:] = kept
    root.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_nothing_of_a_whole_sitting_is_in_its_log(
    app: Flask,  # noqa: F811
    cast: Cast,  # noqa: F811
    log: io.StringIO,
) -> None:
    people = (cast.secretary, cast.chair, cast.minister, cast.unionist)
    secretary, chair, minister, unionist = (Visitor(app, person) for person in people)
    sitting = prepared(secretary, cast)
    addresses = [entered(secretary, sitting, title) for title in ("Дем берүүчү грант", "Мугалимдердин акысы")]
    sides = [(minister, cast.ministry), (unionist, cast.union)]
    settled(secretary, sitting, sides)
    done(secretary.send(f"{sitting}/collect"))
    assert minister.fill(f"{addresses[0]}/position", act="file", figure="77 жети миң").status_code == 422
    assert secretary.get(f"{addresses[0]}/position?figure=987654").status_code in {403, 404}
    filed(minister, addresses, ["0", "100 000,0"])
    filed(unionist, addresses, ["600 000,0", "300 000,0"])
    opened(secretary, sitting, sides)
    done(secretary.send(f"{sitting}/option"))
    done(secretary.send(f"{sitting}/session"))
    quorate(secretary, sitting)
    proposed(chair, addresses[1])
    decided(secretary, addresses)
    done(secretary.send(f"{sitting}/close"))
    assert unionist.get("/log-in\nИван").status_code == 404

    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines(log))
    assert len(lines(log)) > 80
    ids = [each.rpartition("/")[2] for each in (sitting, *addresses)]
    said = [*ids, *(party.id for party in (cast.ministry, cast.union))]
    said += [word for person in people for word in (person.name, person.login, person.id)]
    said += ["Дем берүүчү", "Мугалимдердин", "Долбоорлор даяр", "Мектептер", "жети", "987654", "Иван"]
    said += ["600 000", "600000", "300 000", "300000", "375 000", "250 000", "tests-of-a-sitting", "csrf"]
    assert [words for words in said if words in text] == []
    assert re.search("[А-Яа-яӨөҮүҢң]", text) is None


def test_a_line_says_which_kind_of_page_how_it_ended_and_how_long_it_took(
    app: Flask,  # noqa: F811
    log: io.StringIO,
) -> None:
    answer = app.test_client().get("/lines/abcdef?figure=5")
    found = lines(log)[-1]
    assert (found["rule"], found["method"], found["status"]) == ("/lines/<line_id>", "GET", 303)
    assert isinstance(found["milliseconds"], int)
    assert found["request"] == answer.headers["X-Request-Id"]
    assert set(found) == {
        *("event", "level", "logger", "method", "milliseconds", "request", "rule", "status", "timestamp")
    }


def test_a_fault_is_traced_without_its_text_and_its_values(
    app: Flask,  # noqa: F811
    log: io.StringIO,
) -> None:
    def failing() -> str:
        secret = "1234567890"
        raise ValueError(f"Айгүл {secret}\nnew line")

    app.view_functions["transfers.table"] = failing
    assert app.test_client().get("/transfers").status_code == 500
    fault = next(line for line in lines(log) if line["event"] == "fault")
    assert fault["rule"] == "/transfers"
    assert "ValueError" in str(fault["exception"])
    assert "failing" in str(fault["exception"])
    assert "1234567890" not in log.getvalue()
    assert "Айгүл" not in str(lines(log))


def test_a_library_keeps_its_sentence_and_whole_numbers_only(log: io.StringIO) -> None:
    logging.getLogger("other").warning("Worker %s (pid:%s) handled %s", "w", 17, "/lines/abc")
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=10.0.0.1: 'GET /lines/abc'")
    first, second = lines(log)
    assert first["event"] == "Worker … (pid:17) handled …"
    assert second["event"] == "Invalid request"


def test_no_line_can_be_forged(log: io.StringIO) -> None:
    logging.getLogger("other").warning('one\n{"event": "forged"}\u2028two')
    assert len(log.getvalue().splitlines()) == 1
    assert len(lines(log)) == 1


def test_the_level_is_kept(log: io.StringIO) -> None:
    logs.configure("warning", log)
    logging.getLogger("other").info("quiet")
    logging.getLogger("other").warning("loud")
    assert [line["event"] for line in lines(log)] == ["loud"]
