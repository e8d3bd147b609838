"""Help at each field: a hint, or a reason why the label alone says what to write."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest
from wtforms import Field, HiddenField

import budgetproto
from budgetproto import web
from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_forms import procedure_form
from budgetproto.coordination.shipped import shipped as procedures
from budgetproto.disputes.domain import Measure
from budgetproto.disputes.lines.forms import line_form
from budgetproto.disputes.terms.forms import terms_form
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.money import Som, Unit
from budgetproto.proceedings.domain import Attendee, Group
from budgetproto.proceedings.forms import roll_form
from budgetproto.sittings.procedure import shipped
from budgetproto.sittings.settings_forms import setting_form

#: What is asked for by the label alone, and why nothing more need be said.
SELF_EVIDENT = {
    "accounts.current_password": "the password the reader has just used",
    "accounts.language": "a list of three languages",
    "accounts.new_password": "the page states the rule of passwords above the field",
    "analysis.axis.by": "a list of names",
    "analysis.axis.columns": "a list of names",
    "analysis.axis.figure": "a list of names",
    "analysis.axis.over": "three choices, each a sentence",
    "analysis.axis.rows": "a list of names",
    "analysis.column.state": "a filter: a list that begins with everything",
    "analysis.compare.after": "a list of names",
    "analysis.compare.before": "a list of names",
    "analysis.compare.figure": "a list of names",
    "analysis.column.kind": "a filter: a list that begins with everything",
    "analysis.column.measure": "a filter: a list that begins with everything",
    "analysis.column.outcome": "a filter: a list that begins with everything",
    "analysis.column.recurring": "a filter: a list that begins with everything",
    "analysis.column.region": "a filter: a list that begins with everything",
    "analysis.column.sitting": "a filter: a list that begins with everything",
    "analysis.column.status": "a filter: a list that begins with everything",
    "analysis.column.year": "a filter: a list that begins with everything",
    "analysis.consequences.against": "a list of five variants",
    "analysis.consequences.constituency": "a filter: a list that begins with everything",
    "analysis.consequences.counted": "a list of two; what is counted is said above the figures",
    "analysis.consequences.variant": "a list of variants",
    "analysis.group": "a list of names",
    "analysis.least": "a filter: an amount in the unit beside it",
    "analysis.most": "a filter: an amount in the unit beside it",
    "analysis.order": "two directions",
    "analysis.party": "a filter: a list that begins with everything",
    "analysis.sort": "a list of columns",
    "draft_texts.kind": "a list of names",
    "draft_texts.language": "a list of names",
    "draft_texts.whose": "a list of names",
    "expertise.form.language": "three languages",
    "expertise.form.party": "a list of names",
    "expertise.form.stance": "three names",
    "expertise.form.verdict": "three names",
    "coordination.column.level": "five names",
    "coordination.fact.appeal": "a list of what is open",
    "coordination.fact.body": "a list of what is open",
    "coordination.fact.companion": "a list of what is open",
    "coordination.fact.remark": "a list of what is open",
    "coordination.fact.served": "a list of what is open",
    "coordination.fact.ruling": "three names",
    "coordination.fact.settled": "remarks to tick",
    "coordination.fact.stance": "three names",
    "coordination.fact.stand": "two names",
    "coordination.fact.verdict": "three names",
    "coordination.form.illustrative": "the mark that stands on every page",
    "coordination.form.sitting": "a list of names",
    "coordination.note.data_of": "a date",
    "disputes.change.empty": "names of texts to tick",
    "disputes.lead_government": "a list of parties",
    "disputes.lead_lsg": "a list of parties",
    "disputes.bulk.groups": "names of groups to tick",
    "disputes.bulk.title": "the label says what follows it",
    "proceedings.clone.region": "a list of regions",
    "following.due": "a date",
    "following.state": "a filter: a list that begins with everything",
    "reporting.follow_up.column.owner": "a filter: a list that begins with everything",
    "reporting.follow_up.column.taken": "a filter: a list that begins with everything",
    "reporting.years.year": "a filter: a list that begins with everything",
    "following.reading": "a list of readings",
    "following.appeared": "the readings by name",
    "following.read.title": "a filter: a list that begins with everything",
    "proceedings.follow_up.kind": "a few names, each a step",
    "proceedings.follow_up.on": "a date",
    "proceedings.follow_up.words": "a free explanation",
    "sittings.body_name": "the name of a body",
    "sittings.side": "the two sides",
    "disputes.jump_confirmed": "the fault above it says what is confirmed",
    "disputes.kind": "a list of names, each with its law on a page of its own",
    "disputes.measure": "four names, each with a hint of its own",
    "proceedings.agenda_title": "a title",
    "proceedings.body": "the name of a body",
    "proceedings.group": "a list of names",
    "proceedings.heard_or_spoke": "two names",
    "proceedings.name": "the name of a person",
    "proceedings.opinion_about": "a list of questions",
    "proceedings.opinion_author": "a list of parties",
    "proceedings.opinion_kind": "a list of names",
    "proceedings.attendee_party": "a list of parties",
    "proceedings.must_invite.basis": "the page says above what is written here",
    "proceedings.must_invite.listed": "two names",
    "proceedings.participation.asked": "four questions",
    "proceedings.participation.association": "a list of parties",
    "proceedings.participation.item": "a list of questions",
    "proceedings.participation.waiver.reason": "the page says above what the reason is for",
    "proceedings.speech_party": "a list of parties",
    "proceedings.role": "the office of a person",
    "proceedings.speaker": "the name of a person",
    "proceedings.votes_abstained": "a number of votes",
    "proceedings.votes_against": "a number of votes",
    "proceedings.votes_for": "a number of votes",
    "sittings.calendar.begins": "the label says that this day is not counted",
    "sittings.calendar.count": "a number of days",
    "sittings.calendar.day": "a date",
    "sittings.calendar.name": "the name of a holiday",
    "sittings.calendar.working": "a question answered by yes or no",
    "sittings.deadline_time": "the label names the clock",
    "sittings.draft_submitted": "a date",
    "sittings.held_on": "a date",
    "sittings.setting_source": "the page shows the source that stands",
    "transfers.compare.first": "a list of years",
    "transfers.compare.second": "a list of years",
    "transfers.kinds.basis_en": "the Kyrgyz field has the hint",
    "transfers.kinds.basis_ru": "the Kyrgyz field has the hint",
    "transfers.models.name_en": "the Kyrgyz field has the hint",
    "transfers.models.name_ru": "the Kyrgyz field has the hint",
    "transfers.models.reference_en": "the Kyrgyz field has the hint",
    "transfers.models.reference_ru": "the Kyrgyz field has the hint",
    "sittings.valid_from": "the hint stands beside the other end of the term",
}

#: Rows of a sheet, parts of a known figure, one setting on its page: what they are is said at the head.
SAID_AT_THE_HEAD = re.compile(
    r"(TermsForm|RollForm|LineForm)\.\w+_[0-9]+|SettingForm\.(name_ky|value)|LineForm\.(base_\w+|approved_last_year|executed|documented_need)_(source|as_of|illustrative)"
)


def declared() -> Iterator[type[web.Form]]:
    """Give every form that stands in a module, whatever a page made for itself before."""
    for module in pkgutil.walk_packages(budgetproto.__path__, "budgetproto."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = list(web.Form.__subclasses__())
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        stands = vars(sys.modules[form.__module__]).get(form.__name__) is form
        if stands and form.__module__.startswith("budgetproto."):
            yield form


def forms() -> Iterator[web.Form]:
    """Give every form: the declared ones, and those a page makes for its rows or its kind of line."""
    bare = {"unit": Unit.SOM, "csrf": False}
    yield from (form(meta=bare) for form in declared())
    yield from (line_form(measure, 1)(meta=bare) for measure in Measure)
    yield from (setting_form(setting) for setting in shipped().values())
    yield procedure_form(procedures()[Level.MINISTRY])
    yield terms_form(Unit.SOM, None, step=Som(1000))
    yield roll_form((Attendee(Group.MEMBER, "А. Асанов", *(Named(),) * 3, present=True, reason=Named()),), "")


def fields() -> list[tuple[str, Field]]:
    """Return every field that people fill in, with the name of its form."""
    return [
        (f"{type(form).__name__}.{field.name}", field)
        for form in forms()
        for field in form
        if not isinstance(field, HiddenField)
    ]


def key_of(field: Field) -> str:
    """Return the message key of a label; the other languages of a text share the hint of the Kyrgyz field."""
    label = field.label.text
    return label if isinstance(label, str) else getattr(label, "key", "")


@pytest.mark.usefixtures("asked")
def test_every_field_has_a_hint_or_needs_none() -> None:
    bare = {
        name
        for name, field in fields()
        if not field.description
        and key_of(field) not in SELF_EVIDENT
        and not (isinstance(field.label.text, Named) and name.endswith(("_ru", "_en")))
        and not SAID_AT_THE_HEAD.fullmatch(name)
    }
    assert bare == set()


@pytest.mark.usefixtures("asked")
def test_no_reason_is_left_for_a_field_that_has_gone_or_has_a_hint() -> None:
    bare = {key_of(field) for _, field in fields() if not field.description}
    assert SELF_EVIDENT.keys() - bare == set()


@pytest.mark.usefixtures("asked")
def test_a_hint_is_a_sentence_and_no_repetition_of_its_label() -> None:
    for name, field in fields():
        if isinstance(field.description, str) and field.description:
            for language in LANGUAGES:
                hint = text(field.description, language)
                assert len(hint) > 15, name
                assert not isinstance(field.label.text, str) or hint != text(field.label.text, language)
