"""Where programs ask: below this address a token says who they are, and no cookie counts."""

from typing import Final

from flask import has_request_context, request

#: What the address of everything for programs begins with.
PREFIX: Final = "/api/v1"


def by_program() -> bool:
    """Tell whether the present request is one of a program."""
    return has_request_context() and request.path.startswith(f"{PREFIX}/")
