"""PURE: drafts, steps and procedures as canonical JSON, so that a hash means every word, and back."""

import json
from functools import lru_cache
from typing import Final, get_args

from budgetproto.coordination import happenings
from budgetproto.coordination.domain import Draft
from budgetproto.coordination.happenings import What
from budgetproto.coordination.procedure_values import Procedure
from budgetproto.journal.domain import canonical_json
from budgetproto.journal.plain import plain, read

#: The name under which each thing that can happen is kept; a name is never changed.
KINDS: Final[dict[str, type[What]]] = {kind.__name__.lower(): kind for kind in get_args(happenings.What)}


def kind_of(what: What) -> str:
    """Return the name under which something is kept.

    >>> kind_of(happenings.RoundBegun("Жаңы текст"))
    'roundbegun'
    """
    return type(what).__name__.lower()


def written(value: Draft | What | Procedure) -> str:
    """Write a value as canonical JSON: sorted keys, no spaces, letters as they are.

    >>> written(happenings.Adopted("№ 12"))
    '{"number":"№ 12"}'
    """
    return canonical_json(plain(value))


def read_draft(document: str) -> Draft:
    """Read a draft back from its document."""
    found: Draft = read(Draft, json.loads(document))
    return found


def read_what(kind: str, document: str) -> What:
    """Read back what happened."""
    found: What = read(KINDS[kind], json.loads(document))
    return found


@lru_cache(maxsize=64)
def read_procedure(document: str) -> Procedure:
    """Read a version of the procedure back; none is ever changed, and every page of drafts asks for some."""
    found: Procedure = read(Procedure, json.loads(document))
    return found
