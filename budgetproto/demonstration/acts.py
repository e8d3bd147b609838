"""Draft acts in the register of the demonstration: real as far as sources go, the others marked made up."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import document, service
from budgetproto.coordination.domain import Answer, Draft, Level, Related, Screening, Touch
from budgetproto.coordination.happenings import Attached, TextKind, TextLanguage
from budgetproto.coordination.public.domain import Scope
from budgetproto.coordination.public.service import publish
from budgetproto.coordination.shipped import load_procedures
from budgetproto.coordination.storage import act_rows
from budgetproto.coordination.texts.service import attach
from budgetproto.database import Database, now
from budgetproto.demonstration.fixture import FIXTURES, named
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.i18n.formatting import bishkek_day

ACTS: Final = FIXTURES / "draft_acts.toml"
_TEXTS: Final = FIXTURES / "draft_texts"
_SOURCES: Final = FIXTURES / "sources.toml"
_SHOWN: Final = "Көрсөтмө / Показ / Demonstration"
_NOT_TOUCHED: Final = "Тийиштүү эмес"
#: What an answer of ours about a real draft ends with: no source answers the three questions.
_OURS: Final = "(шарттуу мисал)"


def read_acts() -> list[dict[str, Any]]:
    """Return the drafts as the file has them."""
    found: list[dict[str, Any]] = tomllib.loads(ACTS.read_text(encoding="utf-8"))["act"]
    return found


def stage_acts(database: Database, keeper: str) -> int:
    """Enter the drafts with their steps; return how many. A register that has any stays as it is.

    The course of the made-up ones is published, with files where there are any. Real ones are not: their
    screening and terms are ours.
    """
    load_procedures(database)
    with database.reading() as session:
        if act_rows(session):
            return 0
        bodies = {party.key: party.id for party in accounts.parties(session)}
        today = bishkek_day(now(session))
    for values in read_acts():
        act = _enter(database, keeper, values, bodies)
        if values["illustrative"]:
            publish(database, keeper, act, _scope(values), since=today, reason=_SHOWN)
    return len(read_acts())


def _scope(values: Mapping[str, Any]) -> Scope:
    attached = any(step["kind"] == "attached" for step in values.get("steps", ()))
    return "files" if attached else "course"


def draft_of(values: Mapping[str, Any]) -> Draft:
    """Return a draft of the file."""
    published = values.get("published")
    return Draft(
        named(values["title"]),
        Level(values["level"]),
        named(values["initiator"]),
        reference=values.get("reference", ""),
        published=date.fromisoformat(published) if published else None,
        source=_source(values.get("sources", ())),
        illustrative=values["illustrative"],
        related=tuple(
            Related(Named(each["ky"], each["ru"]), present=each["present"])
            for each in values.get("related", ())
        ),
    )


def _enter(database: Database, keeper: str, values: Mapping[str, Any], bodies: Mapping[str, str]) -> str:
    act = service.enter_act(database, keeper, draft_of(values))
    if "steps" not in values:
        return act
    steps = values["steps"]
    first = min((date.fromisoformat(step["on"]) for step in steps), default=None)
    service.screen(database, keeper, act, _screening(values), seen=0, on=first)
    for seen, step in enumerate(steps, start=1):
        _record(database, keeper, act, {**step, "seen": seen}, bodies)
    return act


def _record(
    database: Database, keeper: str, act: str, step: Mapping[str, Any], bodies: Mapping[str, str]
) -> None:
    """Record a step of the file; one that attaches a text takes its bytes from the folder of texts."""
    said = {name: value for name, value in step.items() if name not in {"kind", "on", "seen"}}
    seen, on = step["seen"], date.fromisoformat(step["on"])
    if "body" in said:
        said["body"] = bodies.get(said["body"], "")
    if step["kind"] == "attached":
        kind, language = TextKind(said["text"]), TextLanguage(said["language"])
        what = Attached(said["body"], kind, language, said["file"], 0, "", said["title"])
        content = (_TEXTS / said["file"]).read_bytes()
        attach(database, keeper, act, what, content, seen=seen, on=on)
    else:
        service.record(
            database, keeper, act, document.read_what(step["kind"], json.dumps(said)), seen=seen, on=on
        )


def _screening(values: Mapping[str, Any]) -> Screening:
    no = values.get("untouched", _NOT_TOUCHED)
    reasons = {touch: values.get(touch.value, no) for touch in Touch}
    if not values["illustrative"]:
        reasons = {touch: f"{reason} {_OURS}" for touch, reason in reasons.items()}
    return Screening({touch: Answer(touch.value in values, reason) for touch, reason in reasons.items()})


def _source(keys: tuple[str, ...]) -> Named:
    """Return the titles and addresses of sources."""
    known = tomllib.loads(_SOURCES.read_text(encoding="utf-8"))
    texts = {
        code: "; ".join(f"{known[key]['title'][code]}, {known[key].get('url', '')}" for key in keys)
        for code in LANGUAGES
    }
    return Named(**texts)
