"""A protocol is laid out, confirmed by who holds its places, withdrawn or issued with what was said."""

import json
from dataclasses import replace

import pytest

from budgetproto.i18n import Named, Words, text
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import check as broken
from budgetproto.journal.storage import entries
from budgetproto.proceedings import service as proceedings
from budgetproto.protocol import service as protocols
from budgetproto.protocol import storage
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, fingerprint, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.signing import service
from budgetproto.protocol.signing.domain import AlreadyAnswered, PlacesOpen, WordsMissing, signed_text
from budgetproto.protocol.signing.service import AlreadyLaidOut, Block, NothingLaidOut, ReasonMissing
from budgetproto.protocol.snapshot import Signing, Snapshot
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import NotYours, Stage, WrongStage
from budgetproto.sittings.procedure import change_setting
from budgetproto.sittings.storage import MandateRow, mandate_rows
from tests.factories import make_person
from tests.protocol.reading import plain_text
from tests.staged import Staged

SECRETARY, CHAIR, REMARK = "secretary", "chair", "Эскертүү: № 2 сап боюнча"


def lay_out(staged: Staged) -> str:
    return service.lay_out(staged.database, staged.person(SECRETARY).id, staged.finished)


def block(staged: Staged, login: str = SECRETARY) -> Block:
    with staged.database.reading() as session:
        return service.block_of(session, staged.person(login).id, staged.finished)


def place_of(staged: Staged, login: str) -> int:
    return block(staged, login).own[0]


def say(staged: Staged, login: str, place: int, state: Signing, digest: str, *words: str) -> None:
    service.answer(
        staged.database,
        staged.person(login).id,
        staged.finished,
        place,
        state,
        seen=digest,
        way="second_factor",
        words="".join(words),
    )


def absent(staged: Staged, place: int, digest: str) -> None:
    person = staged.person(SECRETARY).id
    service.enter_absence(staged.database, person, staged.finished, place, reason="Сапарда", seen=digest)


def withdraw(staged: Staged, reason: str = "Ката") -> None:
    service.withdraw(staged.database, staged.person(SECRETARY).id, staged.finished, reason=reason)


def issue(staged: Staged, reason: str = "Калгандары кагазга кол коёт") -> Snapshot:
    protocols.issue(staged.database, staged.person(SECRETARY).id, staged.finished, reason=reason)
    with staged.database.reading() as session:
        row = storage.issued(session, staged.finished)
        assert row is not None
        snapshot = stored_snapshot(json.loads(row.snapshot))
        assert fingerprint(compose(snapshot)) == row.fingerprint
    return snapshot


def back(staged: Staged) -> None:
    person = staged.person(SECRETARY).id
    sittings.take_step(staged.database, person, staged.finished, Stage.IN_SESSION, reason="Кайра кароо")


def close(staged: Staged) -> None:
    proceedings.close_session(staged.database, staged.person(SECRETARY).id, staged.finished)


def test_the_laid_out_text_is_what_everybody_reads_until_issue(staged: Staged) -> None:
    digest = lay_out(staged)
    assert fingerprint(staged.protocol()) == digest
    assert block(staged).laid is not None


def test_one_text_at_a_time_is_laid_out(staged: Staged) -> None:
    lay_out(staged)
    with pytest.raises(AlreadyLaidOut):
        lay_out(staged)


def test_who_signed_is_on_the_issued_paper_with_the_code_of_what_was_signed(staged: Staged) -> None:
    digest = lay_out(staged)
    place = place_of(staged, CHAIR)
    say(staged, CHAIR, place, "signed_with_remarks", digest, REMARK)
    snapshot = issue(staged)
    signatory = snapshot.signatories[place]
    assert (signatory.state, signatory.way) == ("signed_with_remarks", "second_factor")
    assert isinstance(signatory.remark, Words)
    assert signatory.remark.text.ky == REMARK
    assert snapshot.signed_text == signed_text(snapshot) == digest


def test_the_code_of_the_signed_text_and_the_remark_are_printed(staged: Staged) -> None:
    digest = lay_out(staged)
    say(staged, CHAIR, place_of(staged, CHAIR), "signed_with_remarks", digest, REMARK)
    protocol: Protocol = compose(issue(staged))
    said = plain_text(draw(protocol, "ky"))
    assert digest in said
    assert REMARK in said


def test_nobody_signs_the_place_of_another(staged: Staged) -> None:
    digest = lay_out(staged)
    place = place_of(staged, CHAIR)
    for login in ("union", SECRETARY):
        with pytest.raises(NotYours):
            say(staged, login, place, "signed", digest)


def test_a_namesake_of_the_same_party_signs_nothing(staged: Staged) -> None:
    union, digest = staged.person("union"), lay_out(staged)
    place = place_of(staged, "union")
    namesake = make_person(staged.database, name=union.name)
    with staged.database.writing() as session:
        held = next(each for each in mandate_rows(session, union.id) if each.sitting == staged.finished)
        session.add(MandateRow(**(held.model_dump() | {"person": namesake.id})))
    assert namesake.name == block(staged).places[place].name
    with pytest.raises(NotYours):
        service.answer(
            staged.database, namesake.id, staged.finished, place, "signed", seen=digest, way="password"
        )
    say(staged, "union", place, "signed", digest)


def test_a_place_of_an_older_text_is_its_holders_by_name(staged: Staged) -> None:
    lay_out(staged)
    with staged.database.reading() as session:
        standing = sittings.standing(session, staged.person(CHAIR).id, staged.finished)
        older = replace(block(staged).places[0], person="")
        assert service.held(session, standing, (older,)) == (0,)


def test_a_place_is_signed_once(staged: Staged) -> None:
    digest = lay_out(staged)
    place = place_of(staged, CHAIR)
    say(staged, CHAIR, place, "signed", digest)
    for state in ("signed", "refused"):
        with pytest.raises(AlreadyAnswered):
            say(staged, CHAIR, place, state, digest, "Себеп")
    with pytest.raises(AlreadyAnswered):
        absent(staged, place, digest)


def test_a_refusal_becomes_a_signature_and_both_are_told(staged: Staged) -> None:
    digest = lay_out(staged)
    place = place_of(staged, CHAIR)
    say(staged, CHAIR, place, "refused", digest, "Себеп")
    say(staged, CHAIR, place, "signed", digest)
    signatory = issue(staged).signatories[place]
    assert signatory.state == "signed"
    assert signatory.refused_at is not None
    assert signatory.refused_words is not None
    assert signatory.refused_words.text.ky == "Себеп"
    assert signatory.remark is None


@pytest.mark.parametrize("state", ["refused", "signed_with_remarks"])
def test_a_refusal_and_remarks_are_told_in_words(staged: Staged, state: Signing) -> None:
    digest = lay_out(staged)
    with pytest.raises(WordsMissing):
        say(staged, CHAIR, place_of(staged, CHAIR), state, digest, "  ")


def test_an_absence_does_not_keep_from_signing_or_issue(staged: Staged) -> None:
    digest = lay_out(staged)
    place = place_of(staged, CHAIR)
    absent(staged, place, digest)
    assert block(staged).places[place].state == "absent"
    say(staged, CHAIR, place, "signed", digest)
    assert issue(staged).signatories[place].state == "signed"


def test_only_the_secretary_lays_out_and_enters_an_absence(staged: Staged) -> None:
    with pytest.raises(NotYours):
        service.lay_out(staged.database, staged.person(CHAIR).id, staged.finished)
    digest = lay_out(staged)
    chair = staged.person(CHAIR).id
    with pytest.raises(NotYours):
        service.enter_absence(staged.database, chair, staged.finished, 0, reason="Себеп", seen=digest)


def test_what_was_withdrawn_counts_no_more_and_stays_on_record(staged: Staged) -> None:
    digest = lay_out(staged)
    place = place_of(staged, CHAIR)
    say(staged, CHAIR, place, "signed", digest)
    with pytest.raises(ReasonMissing):
        withdraw(staged, " ")
    withdraw(staged)
    with pytest.raises(NothingLaidOut):
        withdraw(staged)
    again = lay_out(staged)
    assert again != digest
    assert block(staged).places[place].state == "open"
    with pytest.raises(NothingLaidOut):
        say(staged, CHAIR, place, "signed", digest)
    with staged.database.reading() as session:
        chain = sitting_chain(staged.finished)
        kinds = [entry.kind for entry in entries(session, chain)]
        assert broken(session, chain) is None
    assert kinds[-4:] == [
        "protocol.laid_out",
        "protocol.place_answered",
        "protocol.lay_out_withdrawn",
        "protocol.laid_out",
    ]


def test_a_step_back_withdraws_what_is_laid_out(staged: Staged) -> None:
    lay_out(staged)
    back(staged)
    with pytest.raises(WrongStage):
        lay_out(staged)
    assert block(staged).laid is None
    close(staged)
    assert block(staged).laid is None
    assert issue(staged).signed_text == ""


def test_without_a_laid_out_text_the_protocol_is_issued_as_it_stands(staged: Staged) -> None:
    snapshot = issue(staged)
    assert snapshot.signed_text == ""
    assert {each.state for each in snapshot.signatories} == {"open"}


def test_the_signatory_signs_in_the_browser_when_it_is_his_turn(staged: Staged) -> None:
    lay_out(staged)
    place, address = place_of(staged, CHAIR), f"/sittings/{staged.finished}/protocol/signing"
    visitor = staged.visitor(CHAIR)
    assert "It is your turn" in visitor.get(address).text
    page = visitor.fill(f"{address}/answer/{place + 1}", state="refused", words="")
    assert page.status_code == 422
    assert "Write the remark or the reason." in page.text
    done = visitor.fill(f"{address}/answer/{place + 1}", state="signed_with_remarks", words=REMARK)
    assert done.status_code == 303
    shown = staged.visitor("union").get(address).text
    assert REMARK in shown
    assert "It is your turn" not in visitor.get(address).text


def test_the_page_of_the_sitting_tells_a_signatory_his_turn(staged: Staged) -> None:
    address = f"/sittings/{staged.finished}"
    assert "Sign the protocol" not in staged.visitor(CHAIR).get(address).text
    lay_out(staged)
    assert "Sign the protocol" in staged.visitor(CHAIR).get(address).text


def test_an_open_place_that_must_sign_makes_issue_ask_for_a_reason(staged: Staged) -> None:
    lay_out(staged)
    with pytest.raises(PlacesOpen):
        issue(staged, reason=" ")
    issue(staged)
    with staged.database.reading() as session:
        noted = entries(session, sitting_chain(staged.finished), kind="protocol.issued_incomplete")
    assert noted[-1].values()["places"] == "1, 2, 3, 4, 5"


@pytest.mark.poppler
def test_the_paper_says_which_places_were_open_at_issue_and_why(staged: Staged) -> None:
    digest = lay_out(staged)
    snapshot = issue(staged)
    assert snapshot.issued_open is not None
    assert snapshot.signed_text == signed_text(snapshot) == digest
    printed = plain_text(draw(compose(snapshot), "ru"))
    assert text("protocol.signatures.issued_open", "ru", places="1, 2, 3, 4, 5") in printed
    reason = "Калгандары кагазга кол коёт [перевода нет; язык текста: кыргызский]"
    assert f"{text('protocol.signatures.because', 'ru')}: {reason}" in printed


def test_a_refusal_and_an_absence_never_block_issue(staged: Staged) -> None:
    digest = lay_out(staged)
    say(staged, CHAIR, place_of(staged, CHAIR), "refused", digest, "Себеп")
    for place in range(1, 5):
        absent(staged, place, digest)
    assert {each.state for each in issue(staged, reason="").signatories} == {"refused", "absent"}


def test_who_must_sign_is_a_setting(staged: Staged) -> None:
    digest = lay_out(staged)
    say(staged, CHAIR, place_of(staged, CHAIR), "signed", digest)
    assert block(staged).missing == "2, 3, 4, 5"
    source = Named("Чечим", "Решение", "Decision")
    person = staged.person(SECRETARY).id
    change_setting(staged.database, person, "must_sign", value="sign_sides", source=source)
    assert block(staged).missing == "2, 3, 4"
    change_setting(staged.database, person, "must_sign", value="sign_chair", source=source)
    assert block(staged).missing == ""


def test_the_secretary_gives_the_reason_in_the_browser(staged: Staged) -> None:
    lay_out(staged)
    secretary, address = staged.visitor(SECRETARY), f"/sittings/{staged.finished}/protocol"
    assert "issue/incomplete" in secretary.get(address).text
    done = secretary.fill(f"{address}/issue/incomplete", words="Калгандары кагазга кол коёт")
    assert done.status_code == 303
    assert block(staged).sitting.stage is Stage.ISSUED
    page = secretary.get(f"{address}/signing").text
    assert "No signature." in page
    assert "Awaited." not in page


def test_the_secretary_enters_an_absence_and_withdraws_in_the_browser(staged: Staged) -> None:
    lay_out(staged)
    secretary, address = staged.visitor(SECRETARY), f"/sittings/{staged.finished}/protocol/signing"
    assert secretary.fill(f"{address}/absence/1", words="Сапарда").status_code == 303
    assert block(staged).places[0].state == "absent"
    assert secretary.fill(f"{address}/withdrawal", words="").status_code == 422
    assert secretary.fill(f"{address}/withdrawal", words="Ката").status_code == 303
    assert block(staged).laid is None
