"""PURE: why a text cannot be attached to a draft."""

from budgetproto.errors import Refused


class TextUntitled(Refused):
    """A text of no known kind says what it is."""

    message_key = "draft_texts.untitled"


class TextTwice(Refused):
    """These bytes are attached already by the same side."""

    message_key = "draft_texts.twice"


class TextOfInitiator(Refused):
    """A text of this kind is the initiator's to attach."""

    message_key = "draft_texts.of_initiator"


class NotAdopted(Refused):
    """There is no adopted text before the adoption."""

    message_key = "draft_texts.not_adopted"


class CompanionUnnamed(Refused):
    """A companion's text says which act of the bundle it is of."""

    message_key = "draft_texts.companion_unnamed"


class OfNoCompanion(Refused):
    """Only the text of a companion names an act of the bundle."""

    message_key = "draft_texts.of_no_companion"


class CompanionNotArrived(Refused):
    """The arrival of a companion is recorded before its text is attached."""

    message_key = "draft_texts.companion_not_arrived"


class AnotherText(Refused):
    """A text comes in the place of one of the same side, kind and act."""

    message_key = "draft_texts.another"


class TextReplaced(Refused):
    """Another text has come in the place of this one already."""

    message_key = "draft_texts.replaced_already"


class TooManyTexts(Refused):
    """One side has as many texts on a draft as it may have."""

    message_key = "draft_texts.too_many"


class TextsTooLarge(Refused):
    """All texts of one side on a draft together are larger than they may be."""

    message_key = "draft_texts.too_large_together"
