"""The staged demonstration, for tests of what is made of an opened sitting."""

from tests.staged import kept, master, staged

__all__ = ["kept", "master", "staged"]
