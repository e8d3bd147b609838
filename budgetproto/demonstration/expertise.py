"""The expertise of the demonstration: of a made-up draft, made up itself, handed in and answered."""

import tomllib
from typing import Any, Final

from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import service, storage
from budgetproto.coordination.storage import act_rows
from budgetproto.database import Database
from budgetproto.demonstration.fixture import FIXTURES
from budgetproto.errors import Unknown
from budgetproto.money import Som

EXPERTISE: Final = FIXTURES / "draft_expertise.toml"


def read_expertise() -> dict[str, Any]:
    """Return the expertise as the file has it."""
    return tomllib.loads(EXPERTISE.read_text(encoding="utf-8"))


def review_of(values: dict[str, Any]) -> d.Review:
    """Return the review of the file."""
    findings = tuple(
        d.Finding(d.Part(each["part"]), each["touched"], each["text"], tuple(map(_sum, each.get("sums", ()))))
        for each in values["finding"]
    )
    return d.Review(values["language"], findings, d.Verdict(values["verdict"]), values["conclusion"])


def stage_expertise(database: Database, keeper: str, expert: str, login: str) -> str:
    """Have the draft of the file reviewed by one expert and the reply recorded; return the expertise's id.

    A draft that has an expertise stays as it is. Raises Unknown where the register has no such draft.
    """
    values = read_expertise()
    with database.reading() as session:
        act = next((row.id for row in act_rows(session) if row.draft().title.ky == values["draft"]), None)
        if act is None:
            raise Unknown
        before = storage.of_act(session, act)
    if before:
        return before[0].id
    made = service.commission(
        database, keeper, act, party=None, task=values["task"], until=None, logins=[login]
    )
    reply = values["reply"]
    steps: tuple[tuple[str, d.What], ...] = (
        (expert, d.Declared(values["interests"])),
        (expert, d.Written(review_of(values))),
        (expert, d.HandedIn()),
        (keeper, d.Replied(d.Stance(reply["stance"]), reply["text"])),
    )
    for seen, (person, what) in enumerate(steps, start=1):
        service.record(database, person, made, what, seen=seen)
    return made


def _sum(values: dict[str, Any]) -> d.Sum:
    return d.Sum(values["year"], Som.from_json(values["amount"]), values["what"])
