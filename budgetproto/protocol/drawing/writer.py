"""Values of the protocol as one language writes them on paper."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from budgetproto.i18n import Language, Named, Words, text, told_in_unit
from budgetproto.i18n.formatting import (
    BISHKEK,
    DASH,
    MINUS,
    NO_BREAK_SPACE,
    amount,
    day,
    moment,
    number,
    percentage,
    points,
    signed,
)
from budgetproto.i18n.number_words import amount_in_words
from budgetproto.money import Amount, Som, Unit
from budgetproto.protocol.composed import Difference, Stand
from budgetproto.protocol.fixed_terms import Rule
from budgetproto.protocol.snapshot import Figure, Sentence


class Writer:
    """Writes names, figures and sentences in one language and the sitting's unit."""

    def __init__(self, language: Language, unit: Unit) -> None:
        self.language = language
        self.unit = unit
        self._phrases: dict[str, str] = {}

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of this room's catalogue; amounts in it are in the sitting's unit."""
        if not values:
            if key not in self._phrases:
                self._phrases[key] = text(f"protocol.{key}", self.language)
            return self._phrases[key]
        return text(
            f"protocol.{key}", self.language, **{name: self._in_unit(it) for name, it in values.items()}
        )

    def label(self, key: str, said: str) -> str:
        """Return what is said after its label."""
        return f"{self.say(key)}: {said}"

    def sentence(self, sentence: Sentence) -> str:
        """Return a sentence that another room composed, its amounts with the name of their unit."""
        return told_in_unit(sentence.key, sentence.values, self.unit, self.language)

    def message(self, key: str) -> str:
        """Return a message of another room by its full key, such as the name of an instrument."""
        return text(key, self.language)

    def name(self, named: Named) -> str:
        """Return a name, in another language when ours has none."""
        return named.text(self.language)

    def territory(self, named: Named) -> str:
        """Return the name of a territory or region, words where a line has none of its own."""
        return self.name(named) or self.say("territory.none")

    def rule(self, rule: Rule) -> str:
        """Return what a setting of the procedure says, with its source."""
        source = self.name(rule.source)
        return self.joined((self.name(rule.stated), source and f"({source})"), " ")

    def joined(self, parts: Iterable[str], by: str = ", ") -> str:
        """Join the parts that say something."""
        return by.join(part for part in parts if part)

    def words(self, words: Words) -> str:
        """Return a party's text, marked when its translation is missing or not confirmed by the author."""
        return self.joined(self.said_and_mark(words), " ")

    def said_and_mark(self, words: Words) -> tuple[str, str]:
        """Return a party's text and the mark of its translation, empty when it needs none."""
        said, found = words.text.in_(self.language)
        # A text that reads the same in both languages, such as a citation, needs no translation.
        if not said or found == words.language == self.language or _reads_the_same(words, self.language):
            return said, ""
        if found != self.language:
            return said, self.say("translation.missing", language=self.say(f"language.{found}"))
        if found in words.confirmed:
            return said, ""
        return said, self.say("translation.unconfirmed", language=self.say(f"language.{words.language}"))

    def money(self, som: Som | None) -> str:
        """Return an amount in the sitting's unit."""
        return DASH if som is None else amount(som, self.unit, self.language)

    @property
    def unit_name(self) -> str:
        """The name of the unit that amounts are shown in."""
        return self.say(f"unit.{self.unit.key}")

    def full(self, som: Som) -> str:
        """Return an amount with its unit, for a sentence."""
        return f"{self.money(som)}{NO_BREAK_SPACE}{self.unit_name}"

    def in_soms(self, som: Som) -> str:
        """Return an amount in soms whatever the sitting's unit: what one resident gets is small."""
        return f"{amount(som, Unit.SOM, self.language)}{NO_BREAK_SPACE}{self.say(f'unit.{Unit.SOM.key}')}"

    def counted(self, value: Som | int) -> str:
        """Return people as a number, money with its unit."""
        return self.full(value) if isinstance(value, Som) else number(value, self.language)

    def full_more(self, som: Som) -> str:
        """Return an amount with its sign and its unit."""
        return f"{self.more(som)}{NO_BREAK_SPACE}{self.unit_name}"

    def in_words(self, som: Som) -> str:
        """Return an amount written out in words; nothing for a budget that is not in soms."""
        return amount_in_words(som.tyiyn, self.language) if self.unit.currency == Unit.SOM.currency else ""

    def with_words(self, said: str, som: Som) -> str:
        """Return a sentence, after it the amount it tells of in words."""
        words = self.in_words(som)
        return self.joined((said, words and self.say("in_words", words=words)), " ")

    def sum_of(self, som: Som, lines: int) -> str:
        """Return a sum, words when no line has such a figure: the sum of nothing is not a zero."""
        return self.money(som) if lines else self.say("no_figures")

    def more(self, som: Som | None) -> str:
        """Return an amount with its sign, plus included."""
        return DASH if som is None else signed(som, self.unit, self.language)

    def figure(self, figure: Figure) -> str:
        """Return a figure of any measure; a dash where there is none."""
        match figure:
            case None:
                return DASH
            case Som():
                return self.money(figure)
            case bool():
                return self.say("yes" if figure else "no")
            case int():
                return points(figure, self.language)
            case Words():
                return self.words(figure)

    def position(self, figure: Figure) -> str:
        """Return what a side states: no position is said in words, so that nobody reads it as zero."""
        return self.say("no_position") if figure is None else self.figure(figure)

    def stand(self, stand: Stand) -> tuple[str, str, str]:
        """Return a figure, the money it means, and the mark of a made-up one, each empty when not needed."""
        return self.figure(stand.figure), self.effect(stand), self.mark(stand.illustrative)

    def stated(self, stand: Stand) -> tuple[str, str, str]:
        """Return the same of what a side states, no position in words."""
        return self.position(stand.figure), self.effect(stand), self.mark(stand.illustrative)

    def mark(self, illustrative: bool) -> str:
        """Return the mark of what is made up."""
        return self.say("illustrative.mark") if illustrative else ""

    def effect(self, stand: Stand) -> str:
        """Return the money a percentage means, in brackets; nothing for other measures."""
        if stand.money is None or isinstance(stand.figure, Som):
            return ""
        return f"({self.money(stand.money)})"

    def difference(self, difference: Difference) -> list[str]:
        """Return the difference, the money it means, and its share of the Government's figure."""
        said = [self._signed(difference.signed)]
        if not isinstance(difference.signed, Som) and difference.money is not None:
            said.append(f"({self.more(difference.money)})")
        return [*said, self.share(difference.share)]

    def share(self, share: Fraction | None) -> str:
        """Return a share as a percentage with a sign, a dash when it is undefined."""
        if share is None:
            return f"{DASH} %"
        return ("+" if share > 0 else "") + percentage(share, self.language)

    def rate(self, share: Fraction) -> str:
        """Return a share as a percentage."""
        return percentage(share, self.language)

    def day(self, value: date | None) -> str:
        """Return a date."""
        return DASH if value is None else day(value, self.language)

    def moment(self, value: datetime | None) -> str:
        """Return an instant as the clock in Bishkek shows it."""
        return DASH if value is None else moment(value, self.language)

    def clock(self, value: datetime | None) -> str:
        """Return the hour of an instant in Bishkek."""
        return DASH if value is None else f"{value.astimezone(BISHKEK):%H:%M}"

    def marked(self, said: str, illustrative: bool) -> str:
        """Return what is said, marked when it is made up."""
        return self.joined((said, self.mark(illustrative)), " ")

    def _signed(self, difference: Som | int) -> str:
        if isinstance(difference, Som):
            return self.more(difference)
        written = points(abs(difference), self.language).rstrip(f"%{NO_BREAK_SPACE}")
        sign = "+" if difference > 0 else MINUS if difference < 0 else ""
        return self.say("percentage_points", points=sign + written)

    def _in_unit(self, value: object) -> object:
        return Amount(value, self.unit) if isinstance(value, Som) else value


def _reads_the_same(words: Words, language: Language) -> bool:
    said = getattr(words.text, language)
    return bool(said) and said == getattr(words.text, words.language)
