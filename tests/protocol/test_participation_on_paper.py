"""The associations' part on paper: in three languages the same, the chair's reason, and what stays public."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, Words, text
from budgetproto.journal.domain import canonical_json
from budgetproto.proceedings.participation.domain import ExpertiseOpen, NotInvited, ParticipationOpen
from budgetproto.protocol.composition import compose, fingerprint, snapshot_document, stored_snapshot
from budgetproto.protocol.delivery.public import for_the_public
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.drawing.equality import compared
from budgetproto.protocol.drawing.foot import begun
from budgetproto.protocol.participation import (
    Bound,
    Expert,
    Expertise,
    Obligation,
    Participation,
    Reply,
    Review,
    Waiver,
    check_participation,
)
from budgetproto.protocol.snapshot import Snapshot
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.reading import layout_text
from tests.protocol.samples import make_participation

AT = datetime(2020, 5, 14, 9, 0, tzinfo=UTC)
REASON = Words(Named("Чакыруу оозеки берилген", "Приглашение передано устно"), "ky")
WAIVER = Waiver("Бакиров Мирлан", AT, REASON)


def with_part(participation: Participation | None) -> Snapshot:
    return replace(dispute_2020(), participation=participation)


def read(snapshot: Snapshot, language: Language) -> str:
    return " ".join(layout_text(draw(compose(snapshot), language)).split())


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_part_the_reason_and_the_bases_are_printed(language: Language) -> None:
    found = read(with_part(make_participation(waiver=WAIVER, known="unknown")), language)
    assert text("proceedings.participation.title", language) in found
    assert text("proceedings.participation.answer.unknown", language) in found
    assert text("protocol.participation.waived", language, at=AT) in found.replace("\u00a0", " ") or (
        "Бакиров Мирлан" in found
    )
    assert REASON.text.text(language) in found
    assert Named("Регламент, 7-берене", "Регламент, статья 7", "Rules, article 7").text(language) in found


@pytest.mark.poppler
def test_a_protocol_without_the_duty_says_nothing_of_it() -> None:
    bare = with_part(None)
    assert "participation" not in snapshot_document(bare)  # type: ignore[operator]
    assert text("proceedings.participation.title", "ru") not in read(bare, "ru")


@pytest.mark.parametrize("waiver", [None, WAIVER])
def test_a_stored_protocol_is_the_same_again(waiver: Waiver | None) -> None:
    snapshot = with_part(make_participation(waiver=waiver, known="no"))
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    assert fingerprint(compose(snapshot)) != fingerprint(compose(with_part(None)))


def test_the_texts_in_three_languages_say_the_same_and_the_reason_is_marked() -> None:
    protocol = compose(with_part(make_participation(waiver=WAIVER, known="unknown")))
    found = compared(begun(protocol, "ky", "Протокол", signed=True))
    assert (found.differing, found.unmarked) == ((), ())
    assert found.untranslated > compared(begun(compose(dispute_2020()), "ky", "П", signed=True)).untranslated


def test_what_is_open_waits_for_the_chair() -> None:
    check_participation(None)
    check_participation(make_participation())
    check_participation(make_participation(waiver=WAIVER, known="unknown"))
    with pytest.raises(ParticipationOpen):
        check_participation(make_participation(known="unknown"))


def test_the_public_reads_the_part_and_no_name() -> None:
    snapshot = with_part(make_participation(waiver=WAIVER, known="unknown"))
    shown = for_the_public(snapshot, "all").participation
    assert shown is not None
    assert shown.waiver is not None
    assert (shown.waiver.by, shown.waiver.reason.text.ky) == ("", REASON.text.ky)
    assert for_the_public(snapshot, "totals").participation is None


def with_expertise(expertise: Expertise) -> Snapshot:
    found = make_participation()
    question = replace(found.questions[0], expertise=expertise)
    return with_part(replace(found, questions=(question,), obligations=(Obligation("expertise"),)))


REVIEW = Review(
    date(2020, 5, 10),
    Named("Комитет", "Комитет", "The committee"),
    "objects",
    "Акча жок",
    experts=(Expert("Эсенова Гүлнара", "Союздун кеңешчиси"), Expert("Токтогулов Бакыт")),
    replies=(Reply(date(2020, 5, 12), "partly", "Трансферт каралат"),),
)
#: As a review was told before the paper told its experts.
BRIEF = replace(REVIEW, experts=(), replies=())
DRAFT = Named("Теңдөө тартиби", "Порядок выравнивания", "Order of equalization")


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_its_reviews_and_what_the_duty_rests_on_are_printed(language: Language) -> None:
    snapshot = with_expertise(Expertise(4, DRAFT, (REVIEW,)))
    found = read(snapshot, language)
    assert f"№ 4: {DRAFT.text(language)}" in found.replace("No. ", "№ ").replace("\u00a0", " ")
    assert "Акча жок" in found
    assert text("expertise.verdict.objects", language) in found
    assert text("proceedings.participation.amendment.expertise", language)[:40] in found
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    nothing = read(with_expertise(Expertise(0)), language)
    assert text("proceedings.participation.expertise.no_draft", language) in nothing


def test_three_languages_say_the_same_of_an_expertise_and_what_is_missing_is_waited_for() -> None:
    protocol = compose(with_expertise(Expertise(4, DRAFT, (REVIEW,))))
    found = compared(begun(protocol, "ky", "Протокол", signed=True))
    assert (found.differing, found.unmarked) == ((), ())
    for missing in (Expertise(4, DRAFT, open=True), Expertise(None, open=True)):
        with pytest.raises(ExpertiseOpen):
            check_participation(with_expertise(missing).participation)


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_experts_interests_and_the_bodys_reply_are_printed(language: Language) -> None:
    found = read(with_expertise(Expertise(4, DRAFT, (REVIEW,))), language)
    declared, none = text("expertise.interests", language), text("expertise.interests.none", language)
    assert f"Эсенова Гүлнара. {declared}: Союздун кеңешчиси" in found
    assert f"Токтогулов Бакыт. {declared}: {none}" in found
    assert f"{text('expertise.stance.partly', language)}. Трансферт каралат" in found
    silent = read(with_expertise(Expertise(4, DRAFT, (replace(REVIEW, replies=()),))), language)
    assert f"{text('expertise.replies', language)}: {text('expertise.replies.none', language)}" in silent


@pytest.mark.poppler
def test_what_was_printed_before_the_paper_told_experts_stays_as_it_was() -> None:
    brief = with_expertise(Expertise(4, DRAFT, (BRIEF,)))
    told = canonical_json(snapshot_document(brief))
    assert '"conclusion":"Акча жок"' in told
    assert '"experts"' not in told
    assert '"replies"' not in told
    assert stored_snapshot(snapshot_document(brief)) == brief
    assert text("expertise.replies", "ru") not in read(brief, "ru")
    fuller = with_expertise(Expertise(4, DRAFT, (REVIEW,)))
    assert fingerprint(compose(fuller)) != fingerprint(compose(brief))


def test_the_public_reads_the_interests_and_no_experts_name() -> None:
    snapshot = with_expertise(Expertise(4, DRAFT, (replace(REVIEW, conclusion="Эсенова Гүлнара жазды"),)))
    shown = for_the_public(snapshot, "all").participation
    assert shown is not None
    assert shown.questions[0].expertise is not None
    (review,) = shown.questions[0].expertise.reviews
    assert [(each.name, each.interests) for each in review.experts] == [("", "Союздун кеңешчиси"), ("", "")]
    assert "Эсенова" not in review.conclusion
    assert review.replies == REVIEW.replies


ABSENT = Bound(
    Named("Айыл өкмөттөрү", "Айыл окмоту", "Aiyl okmotu"), Named("5-чечим", "Решение № 5", "Decision No. 5")
)


def with_absent(*, waiver: Waiver | None = WAIVER) -> Snapshot:
    found = make_participation(waiver=waiver)
    question = replace(found.questions[0], missed=(ABSENT,))
    return with_part(replace(found, questions=(question,), bound=(ABSENT,)))


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_had_to_be_invited_and_was_not_is_printed_with_the_act_that_binds(language: Language) -> None:
    found = read(with_absent(), language)
    name, basis = ABSENT.name.text(language), ABSENT.basis.text(language)
    assert f"{text('proceedings.must_invite.missed', language)}: {name}. {basis}" in found
    assert f"{text('proceedings.must_invite.bound', language)}: {name}. {basis}" in found


def test_who_was_not_invited_waits_for_the_chair_and_the_public_reads_it() -> None:
    check_participation(with_absent().participation)
    with pytest.raises(NotInvited):
        check_participation(with_absent(waiver=None).participation)
    shown = for_the_public(with_absent(), "all").participation
    assert shown is not None
    assert shown.questions[0].missed == shown.bound == (ABSENT,)
    found = compared(begun(compose(with_absent()), "ky", "Протокол", signed=True))
    assert (found.differing, found.unmarked) == ((), ())


def test_what_was_printed_before_there_was_such_a_list_stays_as_it_was() -> None:
    told = canonical_json(snapshot_document(with_part(make_participation())))
    assert '"missed"' not in told
    assert '"bound"' not in told
    assert stored_snapshot(snapshot_document(with_absent())) == with_absent()
