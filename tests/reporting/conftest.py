"""The demonstration, staged once."""

from tests.staged import kept, master

__all__ = ["kept", "master"]
