"""PURE: what a sitting is by its kind; every kind goes through the same stages."""

from enum import StrEnum


class SittingKind(StrEnum):
    """What sits, and to what end; the associations take part in each kind alike."""

    CONCILIATION = "conciliation"
    COMMITTEE = "committee"
    JOINT = "joint"
    HEARING = "hearing"
    PLENARY = "plenary"
