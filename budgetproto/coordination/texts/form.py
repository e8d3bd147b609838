"""The form by which a text is attached to a draft: whose it is, what it is, and the file."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

from flask_wtf.file import FileField
from wtforms import SelectField

from budgetproto.coordination import refusals as no
from budgetproto.coordination.domain import LONGEST_NAME, Related
from budgetproto.coordination.happenings import Attached, TextKind, TextLanguage
from budgetproto.coordination.step_form import StepForm, TargetForm
from budgetproto.coordination.texts import refusals as unfit
from budgetproto.coordination.texts.domain import Text
from budgetproto.disputes.positions.attachments.file_kinds import (
    ENDINGS,
    FileEncrypted,
    FileRuns,
    KindNotTaken,
    NotItsKind,
)
from budgetproto.disputes.positions.attachments.values import FileEmpty, FileTooLarge
from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.sittings.fields import line
from budgetproto.web import choice, required, whole

#: What stands in the form for the initiator, who may be no party.
INITIATOR: Final = "initiator"
_CHOOSE: Final = choice("", "web.choose")
_ABOUT_FILE: Final = (
    *(FileEmpty, FileTooLarge, FileEncrypted, FileRuns, KindNotTaken, NotItsKind),
    *(unfit.TextTwice, unfit.TooManyTexts, unfit.TextsTooLarge),
)

_ABOUT_COMPANION: Final = (unfit.CompanionUnnamed, unfit.CompanionNotArrived, unfit.OfNoCompanion)


def _kinds(prefix: str, kinds: Iterable[Any]) -> list[Any]:
    return [_CHOOSE, *(choice(each.value, f"draft_texts.{prefix}.{each.value}") for each in kinds)]


class AttachedForm(TargetForm):
    """A text as a file; the acts of the bundle and the texts that stand are offered by the page."""

    places: ClassVar = {
        **StepForm.places,
        no.NotAsked: "target",
        **dict.fromkeys((unfit.TextOfInitiator, unfit.NotAdopted, no.IsAdopted), "kind"),
        unfit.TextUntitled: "title",
        **dict.fromkeys(_ABOUT_COMPANION, "companion"),
        **dict.fromkeys((unfit.AnotherText, unfit.TextReplaced), "replaces"),
        **dict.fromkeys(_ABOUT_FILE, "file"),
    }

    #: What the file chooser offers at first.
    endings: ClassVar = ENDINGS

    target = SelectField("draft_texts.whose", [required()])
    kind = SelectField("draft_texts.kind", [required()])
    companion = SelectField("draft_texts.companion")
    title = line("draft_texts.title", most=LONGEST_NAME)
    language = SelectField("draft_texts.language", [required()], choices=_kinds("language", TextLanguage))
    replaces = SelectField("draft_texts.replaces")
    file = FileField("draft_texts.file", [required()], description="draft_texts.file.hint")

    def what(self) -> Attached:
        """Return what was said of the text; size and hash are taken from its bytes."""
        return Attached(
            body="" if self.target.data == INITIATOR else self.target.data,
            kind=TextKind(self.kind.data),
            language=TextLanguage(self.language.data),
            name=self.file.data.filename or "",
            size=0,
            digest="",
            title=self.typed("title"),
            companion=self._chosen("companion"),
            replaces=self._chosen("replaces"),
        )

    def offer(self, kinds: Iterable[TextKind], related: Sequence[Related], standing: Iterable[Text]) -> None:
        """Offer kinds, the acts of the bundle that are there, and the texts in whose place this may come."""
        self.kind.choices = _kinds("kind", kinds)
        there = [(number, each.title) for number, each in enumerate(related, 1) if each.present]
        acts = [choice(str(number), numbered_name(number, title)) for number, title in there]
        self._offer("companion", "draft_texts.companion.none", acts)
        self._offer("replaces", "draft_texts.replaces.none", [_text_choice(each) for each in standing])

    def _offer(self, name: str, none: str, choices: list[Any]) -> None:
        """Offer choices beside none; a field with nothing to choose is left out."""
        if choices:
            self[name].choices = [choice("", none), *choices]
        else:
            del self[name]

    def _chosen(self, name: str) -> int:
        return whole(self[name].data) if name in self else 0


def numbered_name(number: int, name: Named) -> Named:
    """Return a name behind its number, in every language."""
    return Named(*(f"№ {number}. {name.text(code)}" for code in LANGUAGES))


def _text_choice(each: Text) -> Any:
    kind = every_language(f"draft_texts.kind.{each.said.kind.value}")
    words = Named(*(f"{kind.text(code)}: {each.said.name}" for code in LANGUAGES))
    return choice(str(each.number), numbered_name(each.number, words))
