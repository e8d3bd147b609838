"""Random requests to every address for programs, made from its own description, by everybody in turn."""

from collections.abc import Iterator
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from budgetproto.reporting.annual import storage
from budgetproto.sittings.domain import Stage
from tests.access.expecting import NOWHERE, values_of
from tests.access.seats import House
from tests.factories import Scene

#: Whose programs ask: every role, both sides, two associations, and somebody who has nothing to do with it.
SEATS: Final = (
    *(("secretary", Stage.OPENED), ("analyst", Stage.OPENED), ("outsider", Stage.OPENED)),
    *(("unionist", Stage.COLLECTING), ("minister", Stage.COLLECTING), ("mayor", Stage.OPENED)),
    *(("unionist", Stage.ISSUED), ("minister", Stage.ISSUED)),
    *(("unionist", Stage.IN_SESSION), ("minister", Stage.IN_SESSION)),
)
#: What is held against every answer. That a right request is taken is not among it: a text must be printable
#: in the fonts of the protocol, and what may be filed when is for the sitting to say.
CHECKS: Final = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
#: Of so many requests one breaks the description.
_WRONG: Final = 3


def described(house: House) -> Any:
    """Return the description, its addresses filled with what there is: random ids would all be unknown."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", house.app)
    everywhere, filing = _places(*house.scenes.values()), _places(house.scenes[Stage.COLLECTING])
    answering = _places(house.scenes[Stage.IN_SESSION])
    for address, path in schema.raw_schema["paths"].items():
        of_party = answering if "/responses/" in address else filing
        known = of_party if "party_id" in address else everywhere
        told = [path, *(each for each in path.values() if isinstance(each, dict))]
        for parameter in (one for each in told for one in each.get("parameters", [])):
            if values := known.get(parameter["name"]):
                parameter["schema"] = {"enum": values}
    return schema


def _places(*scenes: Scene) -> dict[str, list[Any]]:
    """Return what can stand in an address or name a version: things of these scenes, one that is nowhere."""
    return {
        "sitting_id": [*(scene.sitting for scene in scenes), NOWHERE],
        "line_id": [*(line for scene in scenes for line in scene.lines), NOWHERE],
        "party_id": [*(party.id for scene in scenes for party in scene.parties[::2]), NOWHERE],
        "soate": ["41702000000000", "41711000000000", "00000000000000"],
        "act_id": [values_of(scenes[0])["act_id"], NOWHERE],
        "report_id": [*_reports(scenes[0]), NOWHERE],
        "number": [1, 2],
        "If-Match": ['"0"', '"1"', "*"],
    }


def _reports(scene: Scene) -> list[str]:
    with scene.database.reading() as session:
        return [row.id for row in storage.filed(session)]


def ask(schema: Any, tokens: list[str], *, count: int, begin: int) -> dict[int, int]:
    """Ask every address so often in all, from one seed; return how often each status was answered."""
    statuses: dict[int, int] = {}
    operations = list(_operations(schema))
    for place, operation in enumerate(operations):
        share = count // len(operations) + (place < count % len(operations))
        wrong = share // _WRONG
        for mode, times in ((GenerationMode.POSITIVE, share - wrong), (GenerationMode.NEGATIVE, wrong)):

            @seed(begin + place)
            @_settings(times)
            @given(case=operation.as_strategy(mode), token=st.sampled_from(tokens))
            def asked(case: Any, token: str) -> None:
                # What is no text goes into the address as it is: with a question mark it would end there.
                assume("?" not in case.formatted_path)
                headers = {"Authorization": f"Bearer {token}"}
                answer = case.call(headers=headers)
                statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
                case.validate_response(answer, checks=list(CHECKS), headers=headers)

            asked()
    return statuses


def _settings(times: int) -> settings:
    return settings(
        max_examples=max(1, times),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def _operations(schema: Any) -> Iterator[Any]:
    yield from (found.ok() for found in schema.get_all_operations())
