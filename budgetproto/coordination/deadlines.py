"""PURE: until when each step of coordination is due, in working days by the calendar of the house."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgetproto.coordination.course import Course
from budgetproto.coordination.happenings import (
    Answered,
    Bypassed,
    Closed,
    Met,
    RoundBegun,
    Screened,
    Stance,
)
from budgetproto.coordination.procedure_values import Terms
from budgetproto.sittings.workdays import Calendar, working_day_after


@dataclass(frozen=True)
class Deadlines:
    """The last days of a course's terms; None where a term has not begun to run."""

    course: Course
    terms: Terms
    calendar: Calendar

    def notice(self, round_: int) -> date | None:
        """Until when all are given notice: from the screening, or from where a later round began."""
        match self.course.opened.get(round_):
            case on, Screened(screening=screening) if screening.mandatory:
                return self._after(on, self.terms.notice)
            case on, RoundBegun():
                return self._after(on, self.terms.notice)
        return None

    def opinion(self, round_: int, body: str) -> date | None:
        """Until when a body gives its opinion in a round, from the notice that it was served."""
        served = self.course.served.get((round_, body))
        days = self.terms.second_opinion if self.course.heard_before(round_) else self.terms.opinion
        return self._after(served, days) if served else None

    def answer(self, remark: int) -> date:
        """Until when a remark is answered, from the opinion that made it."""
        return self._after(self.course.remarks[remark - 1].on, self.terms.answer)

    def stand(self, remark: int) -> date | None:
        """Until when a body says whether it insists, from the last answer to its remark."""
        answers = self.course.answers.get(remark)
        return self._after(answers[-1][1], self.terms.stand) if answers else None

    def meeting(self) -> date | None:
        """Until when the conciliation meeting is held: from the last word of the dispute."""
        if not self.course.disputed or self.course.unanswered:
            return None
        words = [each[1] for each in self.course.stands.values() if each[2].insists]
        words += [on for on, opined in self.course.opinions.values() if opined.stance is Stance.DISAGREES]
        return self._after(max(words), self.terms.meeting) if words else None

    def appeal(self, body: str, on: date) -> date | None:
        """Until when a body may appeal: from the last thing it can appeal against on a day; None without one.

        What was never done counts from the last day on which it was due.
        """
        own = {remark.number for remark in self.course.remarks if remark.body == body}
        days = [day for _, day, what in self.course.each(Answered) if what.remark in own]
        for kind in (Met, Closed, Bypassed):
            days += [day for _, day, _ in self.course.each(kind)]
        days += [day for day in self._never_done(body) if day < on]
        return self._after(max(days), self.terms.appeal) if days else None

    def ruling(self, appeal: int) -> date:
        """Until when an appeal is decided."""
        return self._after(self.course.appeals[appeal - 1][0], self.terms.ruling)

    def _never_done(self, body: str) -> Iterator[date]:
        """Yield the last days of what is owed to a body and not done: answers, the notice of the round."""
        yield from (self.answer(each.number) for each in self.course.unanswered if each.body == body)
        notice, asked = self.notice(self.course.round), body in self.course.bodies
        if notice is not None and asked and (self.course.round, body) not in self.course.served:
            yield notice

    def _after(self, day: date, count: int) -> date:
        return working_day_after(day, count, self.calendar)
