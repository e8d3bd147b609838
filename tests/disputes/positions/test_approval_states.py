"""Drafts, submissions and approvals of one line as a state machine: random walks beside a small model."""

from dataclasses import dataclass, field, replace
from random import Random

import pytest

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.disputes.domain import Position
from budgetproto.disputes.positions import approving, filing
from budgetproto.disputes.positions.approving import NothingWaits, OwnText, SubmissionMoved
from budgetproto.disputes.positions.filing import FourEyesNeeded, NotApprover
from budgetproto.disputes.positions.own import own_position
from budgetproto.disputes.positions.seat import NotAuthor, PositionMoved
from budgetproto.errors import ConciliationError
from budgetproto.sittings.domain import MandatePart
from tests.factories import Scene, make_scene, need_four_eyes, set_part
from tests.stated import make_position

Outcome = type[ConciliationError] | None


@dataclass
class Model:
    """What should be: the text before each person, what waits and what is filed."""

    parts: dict[str, MandatePart]
    four_eyes: bool
    drafts: dict[str, tuple[int, Position]] = field(default_factory=dict)
    filed: list[Position] = field(default_factory=list)
    submitted: list[tuple[str, Position, int]] = field(default_factory=list)
    decided: bool = True

    def save(self, who: str, text: Position, seen: int) -> Outcome:
        if not self.parts[who].writes:
            return NotAuthor
        number = self.drafts[who][0] if who in self.drafts else 0
        if number not in (0, seen):
            return PositionMoved
        self.drafts[who] = (number + 1, text)
        return None

    def file(self, who: str, text: Position, seen: int) -> Outcome:
        if not self.parts[who].writes:
            return NotAuthor
        if self.four_eyes or self.parts[who] is not MandatePart.BOTH:
            return FourEyesNeeded
        if self.filed and seen != len(self.filed):
            return PositionMoved
        self.filed.append(text)
        self.drafts.pop(who, None)
        return None

    def submit(self, who: str, text: Position, seen: int, submission: int) -> Outcome:
        if not self.parts[who].writes:
            return NotAuthor
        if (self.filed and seen != len(self.filed)) or (self.submitted and submission != len(self.submitted)):
            return PositionMoved
        self.submitted.append((who, text, seen))
        self.decided = False
        self.drafts.pop(who, None)
        return None

    def decide(self, who: str, number: int, *, approved: bool) -> Outcome:
        if not self.parts[who].approves:
            return NotApprover
        if self.decided:
            return NothingWaits
        if number != len(self.submitted):
            return SubmissionMoved
        author, text, seen = self.submitted[-1]
        if author == who:
            return OwnText
        if approved and self.filed and seen != len(self.filed):
            return PositionMoved
        self.decided = True
        if approved:
            self.filed.append(replace(text, written_by=author, approved_by=who))
        elif author not in self.drafts:
            self.drafts[author] = (1, text)
        return None


@dataclass
class Walk:
    """One walk: the same act in the service and in the model, then what each delegate sees."""

    scene: Scene
    model: Model
    random: Random
    people: tuple[Person, ...]

    def step(self, number: int) -> None:
        who = self.random.choice(self.people).id
        text = make_position(rationale=f"Текст {number}")
        seen = self._near(len(self.model.filed))
        submission = self._near(len(self.model.submitted))
        draft = self._near(self.model.drafts[who][0] if who in self.model.drafts else 0)
        act = self.random.choice(["save", "file", "submit", "submit", "approve", "approve", "give_back"])
        expected: Outcome
        match act:
            case "save":
                expected = self.model.save(who, text, draft)
                happened = self._try(filing.save_draft, who, position=text, seen=draft)
            case "file":
                expected = self.model.file(who, text, seen)
                happened = self._try(filing.file_position, who, position=text, seen=seen, confirmed=True)
            case "submit":
                expected = self.model.submit(who, text, seen, submission)
                happened = self._try(
                    approving.submit,
                    who,
                    position=text,
                    seen=seen,
                    submission_seen=submission,
                    confirmed=True,
                )
            case "approve":
                expected = self.model.decide(who, submission, approved=True)
                happened = self._try(approving.approve, who, number=submission)
            case _:
                expected = self.model.decide(who, submission, approved=False)
                happened = self._try(approving.give_back, who, number=submission, reason="Себеп")
        assert happened is expected, (number, act, happened, expected)

    def compare(self) -> None:
        for person in self.people:
            with self.scene.database.reading() as session:
                own = own_position(
                    session, self.scene.key, person.id, self.scene.lines[0], self.scene.union.id
                )
            draft = self.model.drafts.get(person.id, (0, None))
            waits = None if self.model.decided else self.model.submitted[-1][:2]
            assert (own.draft_version, own.draft) == draft
            assert own.version == len(self.model.filed)
            assert own.filed == (self.model.filed[-1] if self.model.filed else None)
            assert (own.waiting and (own.waiting.person, own.waiting.position)) == waits

    def _try(self, act: object, who: str, **values: object) -> Outcome:
        assert callable(act)
        scene = self.scene
        try:
            act(scene.database, scene.key, who, scene.lines[0], party_id=scene.union.id, **values)
        except ConciliationError as refusal:
            return type(refusal)
        return None

    def _near(self, number: int) -> int:
        """Return the number somebody has seen: mostly the newest, sometimes an old one."""
        return number if self.random.random() < 0.8 else max(0, number - 1)


@pytest.mark.parametrize("four_eyes", [True, False], ids=["four_eyes", "two_eyes"])
def test_every_walk_ends_where_the_model_says(database: Database, four_eyes: bool) -> None:
    for seed, parts in enumerate(
        ((MandatePart.BOTH, MandatePart.BOTH), (MandatePart.AUTHOR, MandatePart.APPROVER))
    ):
        scene = make_scene(database, lines=1)
        people = (scene.unionist, scene.assistant)
        if four_eyes:
            need_four_eyes(scene, scene.union)
        for person, part in zip(people, parts, strict=True):
            set_part(scene, person, part)
        model = Model({each.id: part for each, part in zip(people, parts, strict=True)}, four_eyes)
        walk = Walk(scene, model, Random(seed), people)
        for number in range(60):
            walk.step(number)
            if number % 5 == 4:
                walk.compare()
        assert model.filed
