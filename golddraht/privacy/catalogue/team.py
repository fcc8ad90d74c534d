"""The people who work here."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, PROGRAMS, SIGN_IN, WORK
from golddraht.privacy.catalogue.forms import of_colleagues, of_customers, of_nobody, speaking_of

TABLES = (
    of_colleagues(
        "team.User",
        SIGN_IN,
        key="password",
        contact="email",
        name="name",
        trait="language",
        happened="last_login joined_at",
        state="is_active",
    ),
    of_colleagues(
        "team.Membership",
        WORK,
        link="user",
        name="name",
        trait="role languages skills goodwill_cents undo_seconds after_answer when_called",
        happened="left_at",
        state="active",
    ),
    of_colleagues("team.ClientSeat", WORK, link="user", name="name", happened="since ended_at"),
    of_colleagues(
        "team.Invitation",
        WORK,
        contact="email",
        name="name",
        trait="role languages skills goodwill_cents is_client",
        happened="invited_at ended_at",
        link="accepted_by",
    ),
    of_nobody(
        "team.Founding",
        COMPANY,
        "which companies were founded from the pages of this one",
        setting="taken_back_at",
        machinery="client",
        colleague="by at",
    ),
    of_nobody(
        "team.Logo",
        COMPANY,
        "a picture by which customers know the company",
        own="file",
        setting="width height says_name ended_at",
        machinery="digest content_type",
        colleague="by at",
    ),
    of_nobody(
        "team.Team",
        COMPANY,
        "how a team works",
        setting="name is_default zone country state answer_within touch_within handling_time longest_silence",
        colleague="lead",
    ),
    of_nobody(
        "team.TeamPromise",
        COMPANY,
        "what a team promises for what is urgent",
        setting="team priority answer_within touch_within",
    ),
    of_nobody("team.OpeningSpan", COMPANY, "hours of a team", setting="team weekday opens closes"),
    of_nobody("team.ClosedDay", COMPANY, "a day on which a team is closed", setting="team on reason"),
    of_colleagues("team.Seat", WORK, setting="team", colleague="member"),
    of_colleagues("team.Absence", WORK, colleague="member deputy starts_at ends_at"),
    of_nobody(
        "team.ArrivalRule",
        COMPANY,
        "which concern comes to which team",
        setting="position recipient words team skill priority",
    ),
    of_nobody(
        "team.Alarm",
        COMPANY,
        "what admins have to see to; names no customer",
        machinery="kind subject words",
        state="raised_at told_at cleared_at",
    ),
    of_colleagues(
        "team.ApiToken",
        SIGN_IN,
        link="membership",
        setting="name scopes may_write",
        key="sha256",
        happened="created_at used_at revoked_at",
    ),
    of_customers(
        "team.RememberedAnswer",
        PROGRAMS,
        speaking_of("body", empties="body"),
        words="body",
        machinery="key fingerprint status",
        happened="at",
        colleague="member",
    ),
)
