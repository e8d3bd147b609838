"""The demonstration, staged once."""

from tests.staged import kept, master, staged

__all__ = ["kept", "master", "staged"]
