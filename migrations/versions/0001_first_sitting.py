"""The tables of the first sitting, and the triggers that make its record append-only."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "dispute_option",
    "dispute_position",
    "dispute_reveal",
    "journal_entry",
    "proceeding_follow_up",
    "proceeding_opinion",
    "protocol",
    "protocol_file",
    "sitting_terms",
    "sitting_terms_acknowledged",
)

_FUNCTION = """
CREATE FUNCTION budgetproto_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    op.create_table(
        "account_attempt",
        sa.Column("login_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resting_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login_hash", name=op.f("pk_account_attempt")),
    )
    op.create_table(
        "account_denied",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("further", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", "asked", name=op.f("pk_account_denied")),
    )
    op.create_table(
        "account_party",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name_ky", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_party")),
        sa.UniqueConstraint("key", name=op.f("uq_account_party_key")),
    )
    op.create_table(
        "account_person",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_person")),
        sa.UniqueConstraint("login", name=op.f("uq_account_person_login")),
    )
    op.create_table(
        "journal_chain",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_journal_chain")),
    )
    op.create_table(
        "sitting",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title_ky", sa.String(), nullable=False),
        sa.Column("title_ru", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("draft_budget_ky", sa.String(), nullable=False),
        sa.Column("draft_budget_ru", sa.String(), nullable=False),
        sa.Column("draft_budget_en", sa.String(), nullable=False),
        sa.Column("draft_reference", sa.String(), nullable=False),
        sa.Column("draft_submitted", sa.Date(), nullable=True),
        sa.Column("budget_year", sa.Integer(), nullable=False),
        sa.Column("place_ky", sa.String(), nullable=False),
        sa.Column("place_ru", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("currency_ky", sa.String(), nullable=False),
        sa.Column("currency_ru", sa.String(), nullable=False),
        sa.Column("currency_en", sa.String(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("note_ky", sa.String(), nullable=False),
        sa.Column("note_ru", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("number", name=op.f("uq_sitting_number")),
    )
    op.create_table(
        "sitting_setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("ky", sa.String(), nullable=False),
        sa.Column("ru", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("source_ky", sa.String(), nullable=False),
        sa.Column("source_ru", sa.String(), nullable=False),
        sa.Column("source_en", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sitting_setting")),
    )
    op.create_table(
        "transfers_kind",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("name_ky", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("basis_ky", sa.Text(), nullable=False),
        sa.Column("basis_ru", sa.Text(), nullable=False),
        sa.Column("basis_en", sa.Text(), nullable=False),
        sa.Column("unknown_ky", sa.Text(), nullable=False),
        sa.Column("unknown_ru", sa.Text(), nullable=False),
        sa.Column("unknown_en", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_transfers_kind")),
    )
    op.create_table(
        "transfers_loaded",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_transfers_loaded")),
    )
    op.create_table(
        "transfers_territory",
        sa.Column("soate", sa.String(length=14), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_ky", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_source", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("self_governing", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note_ky", sa.Text(), nullable=False),
        sa.Column("note_ru", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent"],
            ["transfers_territory.soate"],
            name=op.f("fk_transfers_territory_parent_transfers_territory"),
        ),
        sa.PrimaryKeyConstraint("soate", name=op.f("pk_transfers_territory")),
    )
    with op.batch_alter_table("transfers_territory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_territory_level"), ["level"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_territory_parent"), ["parent"], unique=False)

    op.create_table(
        "account_log_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["account_person.id"], name=op.f("fk_account_log_in_person_account_person")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_log_in")),
    )
    with op.batch_alter_table("account_log_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_log_in_person"), ["person"], unique=False)

    op.create_table(
        "account_role",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["account_person.id"], name=op.f("fk_account_role_person_account_person")
        ),
        sa.PrimaryKeyConstraint("person", "role", name=op.f("pk_account_role")),
    )
    op.create_table(
        "dispute_data_key",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_dispute_data_key_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting", name=op.f("pk_dispute_data_key")),
    )
    op.create_table(
        "dispute_line",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_ky", sa.String(), nullable=False),
        sa.Column("title_ru", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("group_ky", sa.String(), nullable=False),
        sa.Column("group_ru", sa.String(), nullable=False),
        sa.Column("group_en", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("recurring", sa.Boolean(), nullable=False),
        sa.Column("legal_basis_ky", sa.String(), nullable=False),
        sa.Column("legal_basis_ru", sa.String(), nullable=False),
        sa.Column("legal_basis_en", sa.String(), nullable=False),
        sa.Column("budget_code", sa.String(), nullable=False),
        sa.Column("history_ky", sa.String(), nullable=False),
        sa.Column("history_ru", sa.String(), nullable=False),
        sa.Column("history_en", sa.String(), nullable=False),
        sa.Column("base_government", sa.BigInteger(), nullable=True),
        sa.Column("base_government_source", sa.String(), nullable=False),
        sa.Column("base_government_illustrative", sa.Boolean(), nullable=False),
        sa.Column("base_lsg", sa.BigInteger(), nullable=True),
        sa.Column("base_lsg_source", sa.String(), nullable=False),
        sa.Column("base_lsg_illustrative", sa.Boolean(), nullable=False),
        sa.Column("money_base", sa.BigInteger(), nullable=True),
        sa.Column("cost_sign", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("cap", sa.BigInteger(), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("limit_basis", sa.String(), nullable=False),
        sa.Column("lead_government", sa.String(), nullable=True),
        sa.Column("lead_lsg", sa.String(), nullable=True),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("note_ky", sa.String(), nullable=False),
        sa.Column("note_ru", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_term_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_government"],
            ["account_party.id"],
            name=op.f("fk_dispute_line_lead_government_account_party"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_lsg"], ["account_party.id"], name=op.f("fk_dispute_line_lead_lsg_account_party")
        ),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_dispute_line_sitting_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_line")),
        sa.UniqueConstraint("sitting", "number", name=op.f("uq_dispute_line_sitting")),
    )
    with op.batch_alter_table("dispute_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_line_sitting"), ["sitting"], unique=False)

    op.create_table(
        "dispute_option",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_dispute_option_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "number", name=op.f("pk_dispute_option")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain"], ["journal_chain.chain"], name=op.f("fk_journal_entry_chain_journal_chain")
        ),
        sa.PrimaryKeyConstraint("chain", "sequence", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_journal_entry_hash")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_kind"), ["kind"], unique=False)

    op.create_table(
        "proceeding_agenda",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_ky", sa.String(), nullable=False),
        sa.Column("title_ru", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_proceeding_agenda_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting", "number", name=op.f("pk_proceeding_agenda")),
    )
    op.create_table(
        "proceeding_attendee",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role_ky", sa.String(), nullable=False),
        sa.Column("role_ru", sa.String(), nullable=False),
        sa.Column("role_en", sa.String(), nullable=False),
        sa.Column("body_ky", sa.String(), nullable=False),
        sa.Column("body_ru", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("mandate_ky", sa.String(), nullable=False),
        sa.Column("mandate_ru", sa.String(), nullable=False),
        sa.Column("mandate_en", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("reason_ky", sa.String(), nullable=False),
        sa.Column("reason_ru", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_proceeding_attendee_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting", "ordinal", name=op.f("pk_proceeding_attendee")),
    )
    op.create_table(
        "proceeding_opinion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author_ky", sa.String(), nullable=False),
        sa.Column("author_ru", sa.String(), nullable=False),
        sa.Column("author_en", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_proceeding_opinion_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_opinion")),
    )
    with op.batch_alter_table("proceeding_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proceeding_opinion_sitting"), ["sitting"], unique=False)

    op.create_table(
        "proceeding_speech",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Boolean(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("role_ky", sa.String(), nullable=False),
        sa.Column("role_ru", sa.String(), nullable=False),
        sa.Column("role_en", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_proceeding_speech_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting", "number", "ordinal", name=op.f("pk_proceeding_speech")),
    )
    op.create_table(
        "protocol",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_protocol_sitting_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol")),
        sa.UniqueConstraint("number", name=op.f("uq_protocol_number")),
    )
    with op.batch_alter_table("protocol", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protocol_sitting"), ["sitting"], unique=False)

    op.create_table(
        "sitting_mandate",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("capacity_ky", sa.String(), nullable=False),
        sa.Column("capacity_ru", sa.String(), nullable=False),
        sa.Column("capacity_en", sa.String(), nullable=False),
        sa.Column("document_ky", sa.String(), nullable=False),
        sa.Column("document_ru", sa.String(), nullable=False),
        sa.Column("document_en", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f("fk_sitting_mandate_party_account_party")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["account_person.id"], name=op.f("fk_sitting_mandate_person_account_person")
        ),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_sitting_mandate_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "person", "party", name=op.f("pk_sitting_mandate")),
    )
    op.create_table(
        "sitting_party",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f("fk_sitting_party_party_account_party")
        ),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_sitting_party_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "party", name=op.f("pk_sitting_party")),
    )
    op.create_table(
        "sitting_terms",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_sitting_terms_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "number", name=op.f("pk_sitting_terms")),
    )
    op.create_table(
        "sitting_terms_acknowledged",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f("fk_sitting_terms_acknowledged_party_account_party")
        ),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_sitting_terms_acknowledged_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting", "number", "party", name=op.f("pk_sitting_terms_acknowledged")),
    )
    op.create_table(
        "transfers_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("soate", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("name_ky", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("successor", sa.String(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note_ky", sa.Text(), nullable=False),
        sa.Column("note_ru", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["soate"],
            ["transfers_territory.soate"],
            name=op.f("fk_transfers_change_soate_transfers_territory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers_change")),
    )
    with op.batch_alter_table("transfers_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_change_soate"), ["soate"], unique=False)

    op.create_table(
        "transfers_indicator",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("soate", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["soate"],
            ["transfers_territory.soate"],
            name=op.f("fk_transfers_indicator_soate_transfers_territory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers_indicator")),
        sa.UniqueConstraint("soate", "kind", "on", name="uq_transfers_indicator_day"),
    )
    with op.batch_alter_table("transfers_indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_indicator_soate"), ["soate"], unique=False)

    op.create_table(
        "transfers_transfer",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("words_ky", sa.Text(), nullable=False),
        sa.Column("words_ru", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("period_start", sa.String(length=7), nullable=False),
        sa.Column("period_end", sa.String(length=7), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.Column("approved", sa.BigInteger(), nullable=True),
        sa.Column("executed", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_language", sa.String(), nullable=False),
        sa.Column("note_ky", sa.Text(), nullable=False),
        sa.Column("note_ru", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind"], ["transfers_kind.code"], name=op.f("fk_transfers_transfer_kind_transfers_kind")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_transfers_transfer")),
    )
    with op.batch_alter_table("transfers_transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_transfer_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_transfer_territory"), ["territory"], unique=False)

    op.create_table(
        "dispute_draft",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["dispute_line.id"], name=op.f("fk_dispute_draft_line_dispute_line")
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f("fk_dispute_draft_party_account_party")
        ),
        sa.PrimaryKeyConstraint("line", "party", "person", name=op.f("pk_dispute_draft")),
    )
    op.create_table(
        "dispute_position",
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["dispute_line.id"], name=op.f("fk_dispute_position_line_dispute_line")
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f("fk_dispute_position_party_account_party")
        ),
        sa.PrimaryKeyConstraint("line", "party", "number", name=op.f("pk_dispute_position")),
    )
    op.create_table(
        "dispute_reveal",
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_round", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["dispute_line.id"], name=op.f("fk_dispute_reveal_line_dispute_line")
        ),
        sa.ForeignKeyConstraint(
            ["party"], ["account_party.id"], name=op.f("fk_dispute_reveal_party_account_party")
        ),
        sa.PrimaryKeyConstraint("line", "party", name=op.f("pk_dispute_reveal")),
    )
    op.create_table(
        "proceeding_decision",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("proposed_reason", sa.Text(), nullable=True),
        sa.Column("decided", sa.Text(), nullable=True),
        sa.Column("instrument", sa.String(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstained", sa.Integer(), nullable=True),
        sa.Column("members_present", sa.Integer(), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["line"], ["dispute_line.id"], name=op.f("fk_proceeding_decision_line_dispute_line")
        ),
        sa.ForeignKeyConstraint(
            ["sitting"], ["sitting.id"], name=op.f("fk_proceeding_decision_sitting_sitting")
        ),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_proceeding_decision")),
    )
    with op.batch_alter_table("proceeding_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proceeding_decision_sitting"), ["sitting"], unique=False)

    op.create_table(
        "proceeding_follow_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("words_ky", sa.String(), nullable=False),
        sa.Column("words_ru", sa.String(), nullable=False),
        sa.Column("words_en", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["dispute_line.id"], name=op.f("fk_proceeding_follow_up_line_dispute_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_follow_up")),
    )
    with op.batch_alter_table("proceeding_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proceeding_follow_up_line"), ["line"], unique=False)

    op.create_table(
        "protocol_file",
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["protocol"], ["protocol.id"], name=op.f("fk_protocol_file_protocol_protocol")
        ),
        sa.PrimaryKeyConstraint("protocol", "language", name=op.f("pk_protocol_file")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
    for table in APPEND_ONLY:
        make_append_only(table)
