"""Who may do what at which address: one rule for each method of each view. A view without a rule fails."""

from dataclasses import dataclass
from typing import Final

from budgetproto.accounts.domain import Role
from budgetproto.accounts.scopes import Scope
from budgetproto.sittings.domain import Act, Stage

KEEPERS: Final = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Open:
    """Everybody, strangers included."""


@dataclass(frozen=True)
class Hidden:
    """Nobody, until the installation's settings name a network or a token."""


@dataclass(frozen=True)
class LoggedIn:
    """Everybody with an account; what the page lists is judged row by row elsewhere.

    `naming` says that the form names a thing of the sender's own, which an empty form does not.
    """

    naming: bool = False


@dataclass(frozen=True)
class OfRole:
    """Whoever has one of these roles; others get 403, and 404 to whom the page is not `known`.

    `naming` says that the form names what is to be done, which an empty form does not.
    """

    roles: frozenset[Role]
    known: frozenset[Role] | None = None
    naming: bool = False


@dataclass(frozen=True)
class OfRegister:
    """Whoever has a role in the committee or a mandate today: the register of draft acts is open to them.

    What is `kept` only its keepers do; the other readers get 403.
    """

    kept: bool = False


@dataclass(frozen=True)
class Doing:
    """Whoever may do this act in the sitting, in the stages that the act belongs to.

    `own` is for acts of a party: whoever does not speak for the party named gets 404. `on` is the act that
    the page with the form needs itself, and that is asked for first. `within` are the stages of the act in
    which this way of doing it is there.
    """

    act: Act
    own: bool = False
    on: Act = Act.SEE
    within: frozenset[Stage] = frozenset(Stage)


@dataclass(frozen=True)
class Sealed:
    """Only a delegate of the party named, whatever the stage; everybody else gets the one 404.

    `waiting` says that the page is there only while something waits in the party.
    """

    waiting: bool = False


@dataclass(frozen=True)
class OfParty:
    """A rule of one party: its own approver sets it, and the secretary while the sitting is prepared."""


@dataclass(frozen=True)
class OfDelegate:
    """Whoever speaks for some party of the sitting, in these stages; others who see the sitting get 403."""

    stages: frozenset[Stage]


@dataclass(frozen=True)
class Revoking:
    """Whoever may revoke mandates of the party `named`: its own delegates while the party may speak, else
    the secretary; without the person's name there is none to revoke.
    """  # noqa: D205 - two cases need two lines

    named: bool


@dataclass(frozen=True)
class OfReport:
    """The own people of an annual report until it is filed; to everybody else there is none. Whom a report
    is open to is tried at every address in tests/access/test_annual_reports.py.
    """  # noqa: D205 - two sentences need two lines


@dataclass(frozen=True)
class OfToken:
    """A program with a token for this scope, as far as the rule lets in the person behind it."""

    scope: Scope
    rule: "LoggedIn | Doing | Sealed"


Rule = (
    OfToken
    | Open
    | Hidden
    | OfRegister
    | OfParty
    | LoggedIn
    | OfRole
    | Doing
    | Sealed
    | OfDelegate
    | Revoking
    | OfReport
)

_SEE: Final = Doing(Act.SEE)
_PREPARE: Final = Doing(Act.PREPARE)
_RECORD: Final = Doing(Act.RECORD)
_READ: Final = Doing(Act.READ_OPENED)
#: Until the protocol is issued something may be sealed still, and only a party names its own people.
_DELEGATE: Final = OfDelegate(frozenset(Stage) - {Stage.ISSUED, Stage.ARCHIVED})
_PEOPLE: Final = OfRole(KEEPERS, known=KEEPERS)
_NAMED: Final = OfRole(KEEPERS, known=KEEPERS, naming=True)

#: By view, then by method; HEAD is as GET, OPTIONS tells methods alone and reaches no view.
#: The committee votes in session; the option itself is published before it as well.
VOTING: Final = Doing(Act.PUBLISH_OPTION, within=frozenset({Stage.IN_SESSION}))

#: What programs ask; see `OfToken`.
_OF_PROGRAMS: Final[dict[str, dict[str, Rule]]] = {
    "api.page": {"GET": Open()},
    "api.description": {"GET": Open()},
    "api_transfers.territories": {"GET": OfToken(Scope.TRANSFERS, LoggedIn())},
    "api_transfers.territory": {"GET": OfToken(Scope.TRANSFERS, LoggedIn())},
    "api_transfers.kinds": {"GET": OfToken(Scope.TRANSFERS, LoggedIn())},
    "api_transfers.transfers": {"GET": OfToken(Scope.TRANSFERS, LoggedIn())},
    "api_sittings.sittings": {"GET": OfToken(Scope.SITTINGS, LoggedIn())},
    "api_sittings.sitting": {"GET": OfToken(Scope.SITTINGS, _SEE)},
    "api_questions.lines": {"GET": OfToken(Scope.SITTINGS, _SEE)},
    "api_questions.line": {"GET": OfToken(Scope.SITTINGS, _SEE)},
    "api_questions.positions": {"GET": OfToken(Scope.SITTINGS, _READ)},
    "api_questions.option_versions": {"GET": OfToken(Scope.SITTINGS, _READ)},
    "api_questions.option": {"GET": OfToken(Scope.SITTINGS, _READ)},
    "api_questions.heads": {"GET": OfToken(Scope.JOURNAL, _SEE)},
    "api_positions.own": {"GET": OfToken(Scope.POSITIONS, Sealed())},
    "api_positions.file": {"PUT": OfToken(Scope.POSITIONS, Sealed())},
    "api_responses.responses": {"GET": OfToken(Scope.SITTINGS, _READ)},
    "api_responses.own": {"GET": OfToken(Scope.POSITIONS, Doing(Act.RESPOND, own=True))},
    "api_responses.left": {"GET": OfToken(Scope.POSITIONS, Doing(Act.RESPOND, own=True))},
    "api_responses.respond_to_rest": {"PUT": OfToken(Scope.POSITIONS, Doing(Act.RESPOND, own=True))},
    "api_responses.respond": {"PUT": OfToken(Scope.POSITIONS, Doing(Act.RESPOND, own=True))},
    "api_proceedings.decisions": {"GET": OfToken(Scope.SITTINGS, _READ)},
    "api_discrepancies.discrepancies": {"GET": OfToken(Scope.DISCREPANCIES, _READ)},
    "api_discrepancies.groups": {"GET": OfToken(Scope.DISCREPANCIES, _READ)},
    "api_discrepancies.pivot": {"GET": OfToken(Scope.DISCREPANCIES, LoggedIn())},
    "api_protocols.protocol": {"GET": OfToken(Scope.PROTOCOLS, _READ)},
    "api_protocols.pdf": {"GET": OfToken(Scope.PROTOCOLS, _READ)},
    "api_protocols.versions": {"GET": OfToken(Scope.PROTOCOLS, _READ)},
    "api_protocols.box": {"GET": OfToken(Scope.PROTOCOLS, _READ)},
}

_BOTH: Final[dict[str, Rule]] = {"GET": OfReport(), "POST": OfReport()}
#: Annual reports: nobody in the scenes of these tests has one.
_OF_REPORTS: Final[dict[str, dict[str, Rule]]] = {
    "annual.index": {"GET": LoggedIn(), "POST": LoggedIn()},
    **{f"annual.{view}": {"GET": OfReport()} for view in ("report", "values", "pdf", "as_json", "drawing")},
    **{f"annual.{view}": {"POST": OfReport()} for view in ("leave", "close", "reopen", "approve", "file")},
    **{f"annual.{view}": _BOTH for view in ("people", "steps")},
    **{
        f"annual_writing.{view}": _BOTH
        for view in ("section", "indicators", "new_indicator", "indicator", "yardstick", "failing", "sums")
    },
    "annual_values.index": {"GET": OfReport()},
    "annual_values.one": _BOTH,
    "annual_values.import_file": {"POST": OfReport()},
    "annual_values.values_template": {"GET": OfReport()},
}

RULES: Final[dict[str, dict[str, Rule]]] = {
    **_OF_REPORTS,
    **_OF_PROGRAMS,
    "static": {"GET": Open()},
    "language.switch": {"POST": Open()},
    "guides.index": {"GET": Open()},
    "guides.guide": {"GET": Open()},
    "accounts.log_in": {"GET": Open(), "POST": Open()},
    "accounts.log_out": {"POST": Open()},
    "accounts.code": {"GET": Open(), "POST": Open()},
    "accounts.invitation": {"GET": Open(), "POST": Open()},
    "accounts.choose_password": {"GET": Open(), "POST": Open()},
    "account.account": {"GET": LoggedIn()},
    "account.confirm": {"GET": LoggedIn(), "POST": LoggedIn()},
    "account.language": {"POST": LoggedIn()},
    "account.end_log_in": {"POST": LoggedIn(naming=True)},
    "account.end_all": {"POST": LoggedIn()},
    "account.end_others": {"POST": LoggedIn()},
    "tokens.all_tokens": {"GET": LoggedIn()},
    "tokens.new_token": {"GET": LoggedIn(), "POST": LoggedIn()},
    "tokens.revoke": {"POST": LoggedIn(naming=True)},
    "account.password": {"GET": LoggedIn(), "POST": LoggedIn()},
    "second_factor.begin": {"GET": LoggedIn(), "POST": LoggedIn()},
    "second_factor.codes": {"POST": LoggedIn(naming=True)},
    "second_factor.picture": {"GET": LoggedIn(naming=True)},
    "second_factor.remove": {"POST": LoggedIn(naming=True)},
    "second_factor.set_up": {"GET": LoggedIn(naming=True), "POST": LoggedIn(naming=True)},
    "people.everybody": {"GET": _PEOPLE},
    "people.one": {"GET": _PEOPLE},
    "people.agree": {"POST": _NAMED},
    "people.ask": {"GET": _NAMED, "POST": _NAMED},
    "people.do": {"POST": _NAMED},
    "people.erase_name": {"POST": OfRole(frozenset({Role.ADMINISTRATOR}), known=KEEPERS)},
    "people.revoke": {"POST": _NAMED},
    "people.change_roles": {"POST": _PEOPLE},
    "people.invite": {"GET": _PEOPLE, "POST": _PEOPLE},
    "calendar.year": {"GET": LoggedIn()},
    "calendar.day": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "calendar.remove": {"POST": OfRole(KEEPERS, naming=True)},
    "settings.index": {"GET": LoggedIn()},
    "procedures.index": {"GET": LoggedIn()},
    "procedures.level": {"GET": LoggedIn()},
    "procedures.compare": {"GET": LoggedIn()},
    "procedures.next_version": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "settings.setting": {"GET": LoggedIn(), "POST": OfRole(KEEPERS)},
    "desk.mine": {"GET": LoggedIn()},
    "operations.live": {"GET": Open()},
    "verification.page": {"GET": Open(), "POST": Open()},
    "operations.ready": {"GET": Open()},
    "operations.figures": {"GET": Hidden()},
    "sittings.index": {"GET": LoggedIn()},
    "transfers.table": {"GET": Open()},
    "transfers.territories": {"GET": Open()},
    "transfers.self_governing": {"GET": Open()},
    "transfers.territory": {"GET": Open()},
    "transfers.indicators": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "transfers.compare": {"GET": Open()},
    "importing.file": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "importing.template": {"GET": OfRole(KEEPERS)},
    "importing.waiting": {"GET": OfRole(KEEPERS, naming=True), "POST": OfRole(KEEPERS, naming=True)},
    "lists.constituencies": {"GET": Open()},
    "lists.importing": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "lists.list_template": {"GET": OfRole(KEEPERS)},
    "models.index": {"GET": Open()},
    "models.one_set": {"GET": Open()},
    "models.cases": {"GET": Open()},
    "models.compare": {"GET": Open()},
    "models.new_version": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "models.data": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "models.data_csv": {"GET": OfRole(KEEPERS)},
    "models.simulation": {"GET": LoggedIn()},
    "simulated.page": {"GET": LoggedIn()},
    "simulated.csv": {"GET": LoggedIn()},
    "simulated.xlsx": {"GET": LoggedIn()},
    "models.csv": {"GET": LoggedIn()},
    "models.xlsx": {"GET": LoggedIn()},
    "transfers.kinds": {"GET": Open()},
    "transfers.kind": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "journal.access": {"GET": OfRole(KEEPERS)},
    "journal.sitting": {"GET": _SEE},
    "preparing.new_sitting": {
        "GET": OfRole(frozenset({Role.SECRETARY})),
        "POST": OfRole(frozenset({Role.SECRETARY})),
    },
    "preparing.invite": {"GET": _PREPARE, "POST": _PREPARE},
    "preparing.mandate": {"GET": Doing(Act.ENTER_MANDATE), "POST": Doing(Act.ENTER_MANDATE)},
    "preparing.new_body": {"GET": OfRole(KEEPERS), "POST": OfRole(KEEPERS)},
    "preparing.edit": {"GET": _PREPARE, "POST": _PREPARE},
    "preparing.move_party": {"POST": _PREPARE},
    "preparing.deadline": {"GET": Doing(Act.EXTEND_DEADLINE), "POST": Doing(Act.EXTEND_DEADLINE)},
    "preparing.revoke": {"GET": Revoking(named=False), "POST": Revoking(named=True)},
    "secretary.desk": {"GET": OfRole(frozenset({Role.SECRETARY}))},
    # an earlier sitting is read in any stage by whoever enters mandates in any stage: the secretary
    "cloning.clone": {"GET": Doing(Act.ENTER_MANDATE), "POST": Doing(Act.ENTER_MANDATE)},
    "follow_ups.follow_up": {"GET": Doing(Act.ENTER_EXECUTED), "POST": Doing(Act.ENTER_EXECUTED)},
    "follow_ups.assignment": {"GET": Doing(Act.ENTER_FOLLOW_UP), "POST": Doing(Act.ENTER_FOLLOW_UP)},
    "bulk.territories": {"GET": _PREPARE, "POST": _PREPARE},
    "bulk.spreadsheet": {"GET": _PREPARE, "POST": _PREPARE},
    "bulk.sheet_template": {"GET": _PREPARE},
    "entering.withdraw": {"GET": _PREPARE, "POST": _PREPARE},
    "entering.restore": {"POST": _PREPARE},
    "entering.remove_party": {"POST": _PREPARE},
    "sittings.sitting": {"GET": _SEE},
    "sittings.acknowledge_terms": {"POST": Doing(Act.ACKNOWLEDGE_TERMS, own=True)},
    "sittings.fix_terms": {"GET": Doing(Act.FIX_TERMS), "POST": Doing(Act.FIX_TERMS)},
    "sittings.start_session": {"POST": Doing(Act.START_SESSION)},
    "sittings.archive": {"POST": Doing(Act.ARCHIVE)},
    "sittings.go_back": {"GET": Doing(Act.GO_BACK), "POST": Doing(Act.GO_BACK)},
    "lines.line": {"GET": _SEE},
    "substitute.register": {"GET": _DELEGATE, "POST": _DELEGATE},
    "substitute.link": {"POST": _DELEGATE},
    "changing.change": {"POST": _PREPARE},
    "changing.withdraw": {"POST": _PREPARE},
    "table.lines": {"GET": _SEE},
    "table.lines_json": {"GET": _SEE},
    "lines.terms": {"GET": Doing(Act.FIX_TERMS), "POST": Doing(Act.FIX_TERMS)},
    "lines.collect": {"POST": Doing(Act.START_COLLECTING)},
    "lines.final": {"POST": Doing(Act.DECLARE_FINAL, own=True)},
    "lines.open_positions": {"POST": Doing(Act.OPEN)},
    "entering.new_line": {"GET": _PREPARE, "POST": _PREPARE},
    "entering.edit_line": {"GET": _PREPARE, "POST": _PREPARE},
    "positions.position": {"GET": Sealed(), "POST": Sealed()},
    "positions.receipt": {"GET": Sealed()},
    "positions.receipt_file": {"GET": Sealed()},
    "approvals.approval": {"GET": Sealed(waiting=True), "POST": Sealed(waiting=True)},
    "approvals.four_eyes": {"POST": OfParty()},
    "attachments.attached": {"GET": Sealed(), "POST": Sealed()},
    "attachments.remove": {"POST": Sealed()},
    "attachments.fetch": {"GET": Sealed()},
    "options.analysis": {"GET": _READ},
    "options.option": {"GET": _READ},
    "responses.answer": {"GET": Doing(Act.RESPOND, own=True), "POST": Doing(Act.RESPOND, own=True)},
    "responses.rest": {"GET": Doing(Act.RESPOND, own=True), "POST": Doing(Act.RESPOND, own=True)},
    "responses.history": {"GET": _READ},
    "responses.compare": {"GET": _READ},
    "trials.alternatives": {"GET": _READ},
    "trials.trial": {"GET": _READ},
    "options.publish": {"POST": Doing(Act.PUBLISH_OPTION)},
    "trial_votes.vote": {"GET": VOTING, "POST": VOTING},
    "proceedings.agenda": {"GET": _SEE, "POST": Doing(Act.SET_AGENDA)},
    "proceedings.speech": {"GET": _RECORD, "POST": _RECORD},
    "proceedings.roll": {"GET": _SEE, "POST": _RECORD},
    "proceedings.add_attendee": {"GET": _RECORD, "POST": _RECORD},
    "proceedings.add_delegates": {"POST": _RECORD},
    "proceedings.remove_attendee": {"POST": _RECORD},
    "proceedings.opinions": {"GET": _READ, "POST": Doing(Act.GIVE_OPINION, on=Act.READ_OPENED)},
    "rules.amendment": {"GET": LoggedIn()},
    "participation.table": {"GET": _SEE},
    "participation.enter": {"GET": Doing(Act.ENTER_PARTICIPATION), "POST": Doing(Act.ENTER_PARTICIPATION)},
    "participation.touching": {
        "GET": Doing(Act.ENTER_PARTICIPATION),
        "POST": Doing(Act.ENTER_PARTICIPATION),
    },
    "participation.waiver": {"GET": Doing(Act.WAIVE_PARTICIPATION), "POST": Doing(Act.WAIVE_PARTICIPATION)},
    "proceedings.close": {"POST": Doing(Act.CLOSE_SESSION)},
    "decisions.decisions": {"GET": _READ},
    "decisions.proposal": {"GET": Doing(Act.PROPOSE), "POST": Doing(Act.PROPOSE)},
    "decisions.decision": {"GET": _RECORD, "POST": _RECORD},
    "protocol.protocol": {"GET": _READ},
    "protocol.issue_incomplete": {"GET": Doing(Act.ISSUE), "POST": Doing(Act.ISSUE)},
    "protocol.pdf": {"GET": _READ},
    "boxes.box": {"GET": _READ},
    "extracts.choosing": {"GET": _READ},
    "parameters.territories": {"GET": _READ},
    "parameters.csv": {"GET": _READ},
    "versions.one": {"GET": _READ},
    "versions.pdf": {"GET": _READ},
    "versions.correction": {"GET": Doing(Act.CORRECT), "POST": Doing(Act.CORRECT)},
    "versions.drop": {"GET": Doing(Act.DROP_CORRECTION), "POST": Doing(Act.DROP_CORRECTION)},
    "scans.attach": {"GET": Doing(Act.ATTACH_SCAN), "POST": Doing(Act.ATTACH_SCAN)},
    "scans.scan": {"GET": _READ},
    "signing.signing": {"GET": _READ},
    "signing.lay_out": {"POST": Doing(Act.LAY_OUT)},
    "signing.withdrawal": {"GET": Doing(Act.LAY_OUT), "POST": Doing(Act.LAY_OUT)},
    "signing.absence": {"GET": Doing(Act.LAY_OUT), "POST": Doing(Act.LAY_OUT)},
    # whose place it is to sign is judged in the service: tests/protocol/signing
    "signing.answer": {"GET": _READ, "POST": _READ},
    "transmittal.transmittal": {"GET": _READ},
    "transmittal.entry": {"GET": Doing(Act.TRANSMIT), "POST": Doing(Act.TRANSMIT)},
    "transmittal.paper": {"GET": Doing(Act.TRANSMIT)},
    "publication.publication": {"GET": Doing(Act.PUBLISH), "POST": Doing(Act.PUBLISH)},
    # what is published nobody needs a log-in for; in the sittings of these tests nothing is
    "public.everything": {"GET": Open()},
    "public.published": {"GET": Hidden()},
    "public.pdf": {"GET": Hidden()},
    "public.as_json": {"GET": Hidden()},
    "public.csv": {"GET": Hidden()},
    "comparisons.comparison": {"GET": _READ},
    "comparisons.xlsx": {"GET": _READ},
    "comparisons.csv": {"GET": _READ},
    "protocol.issue": {"POST": Doing(Act.ISSUE)},
    **{f"promises.{form}": {"GET": _READ} for form in ("promises", "xlsx", "csv")},
    # who may record what in it is judged in the service: tests/coordination
    "acts.index": {"GET": OfRegister()},
    **{f"statistics.{form}": {"GET": OfRegister()} for form in ("index", "xlsx", "csv")},
    "referral.refer_point": {"GET": OfRegister(kept=True), "POST": OfRegister(kept=True)},
    "acts.duties": {"GET": OfRegister()},
    "acts.act": {"GET": OfRegister()},
    "public_acts.publication": {"GET": OfRegister(kept=True), "POST": OfRegister(kept=True)},
    **{f"public_acts.{form}": {"GET": Open()} for form in ("everything", "csv")},
    # in the register of these tests no draft is published
    "public_acts.one": {"GET": Hidden()},
    **{f"places.{form}": {"GET": Open()} for form in ("index", "place", "pdf", "csv")},
    **{f"promised.{form}": {"GET": LoggedIn()} for form in ("years", "xlsx", "csv")},
    "act_steps.new": {"GET": OfRegister(kept=True), "POST": OfRegister(kept=True)},
    "act_steps.record": {"GET": OfRegister(kept=True), "POST": OfRegister(kept=True)},
    "consequences.consequences": {"GET": _READ},
    "consequences.xlsx": {"GET": _READ},
    "consequences.csv": {"GET": _READ},
    "analysis.discrepancies": {"GET": _READ},
    "analysis.xlsx": {"GET": _READ},
    "analysis.csv": {"GET": _READ},
    "views.views": {"GET": LoggedIn(), "POST": LoggedIn()},
    "views.remove": {"POST": LoggedIn()},
    "across.lines": {"GET": LoggedIn()},
    "across.lines_xlsx": {"GET": LoggedIn()},
    "across.lines_csv": {"GET": LoggedIn()},
    "compare.comparison": {"GET": LoggedIn()},
    "compare.xlsx": {"GET": LoggedIn(naming=True)},
    "compare.csv": {"GET": LoggedIn(naming=True)},
    "across.pivot": {"GET": LoggedIn()},
    "across.pivot_xlsx": {"GET": LoggedIn()},
    "across.pivot_csv": {"GET": LoggedIn()},
    "long.table": {"GET": _READ},
    "long.columns": {"GET": LoggedIn()},
    "long.every": {"GET": LoggedIn()},
    "charts.charts": {"GET": LoggedIn()},
    "charts.drawing": {"GET": LoggedIn()},
}
