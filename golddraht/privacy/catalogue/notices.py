"""Notices on colleagues' own devices."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import NOTICES
from golddraht.privacy.catalogue.forms import goes, of_colleagues

TABLES = (
    of_colleagues(
        "notices.Device",
        NOTICES,
        network="name endpoint public_key",
        key="secret session",
        trait="kinds zone quiet_from quiet_until",
        happened="added_at told_at",
        machinery="busy_until failures failing_since next_try_at",
        colleague="member",
    ),
    of_colleagues(
        "notices.Notice", NOTICES, goes("conversation"), link="device conversation", happened="at told_at", state="kind"
    ),
)
