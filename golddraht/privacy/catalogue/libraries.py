"""Tables of the libraries that the program stands on."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import MACHINERY, SIGN_IN
from golddraht.privacy.catalogue.forms import goes, of_colleagues, of_customers, of_nobody, speaking_of

UNUSED = "a table of the framework that is not used"
TABLES = (
    of_nobody("auth.Permission", MACHINERY, UNUSED, machinery="name content_type codename"),
    of_nobody("auth.Group", MACHINERY, UNUSED, machinery="name"),
    of_nobody("auth.Group_permissions", MACHINERY, UNUSED, machinery="group permission"),
    of_nobody("contenttypes.ContentType", MACHINERY, "names of tables", machinery="app_label model"),
    of_colleagues("sessions.Session", SIGN_IN, key="session_key", words="session_data", happened="expire_date"),
    of_nobody("procrastinate.ProcrastinateWorker", MACHINERY, "which worker lives", machinery="last_heartbeat"),
    of_customers(
        "procrastinate.ProcrastinateJob",
        MACHINERY,
        speaking_of("args"),
        link="args lock queueing_lock",
        machinery="queue_name task_name priority status scheduled_at attempts abort_requested worker",
    ),
    of_nobody(
        "procrastinate.ProcrastinateEvent",
        MACHINERY,
        "how far a job is; goes with it",
        goes("job"),
        machinery="job type at",
    ),
    of_nobody(
        "procrastinate.ProcrastinatePeriodicDefer",
        MACHINERY,
        "when a job was begun by the clock",
        goes("job"),
        machinery="task_name defer_timestamp job periodic_id",
    ),
    of_colleagues("account.EmailAddress", SIGN_IN, link="user", contact="email", state="verified primary"),
    of_colleagues("account.EmailConfirmation", SIGN_IN, link="email_address", happened="created sent", key="key"),
    of_nobody(
        "socialaccount.SocialApp",
        MACHINERY,
        "the company's own sign-in service",
        setting="provider provider_id name client_id settings",
        machinery="secret key",
    ),
    of_colleagues(
        "socialaccount.SocialAccount",
        SIGN_IN,
        link="user uid",
        words="extra_data",
        happened="last_login date_joined",
        state="provider",
    ),
    of_colleagues(
        "socialaccount.SocialToken", SIGN_IN, link="app account", key="token token_secret", happened="expires_at"
    ),
    of_colleagues(
        "mfa.Authenticator", SIGN_IN, link="user", key="data", happened="created_at last_used_at", state="type"
    ),
    of_colleagues(
        "usersessions.UserSession",
        SIGN_IN,
        link="user",
        network="ip user_agent data",
        key="session_key",
        happened="created_at last_seen_at",
    ),
)
