"""What a notice is about, when it may be told, and how it is sealed."""

from golddraht.notices.rules.kinds import CHOICES, Kind
from golddraht.notices.rules.quieting import Quiet, may_tell_at
from golddraht.notices.rules.retrying import GIVEN_UP_AFTER, GONE, is_success, pause_after
from golddraht.notices.rules.sealing import BadKey, Vapid, sealed_for

__all__ = [
    "CHOICES",
    "GIVEN_UP_AFTER",
    "GONE",
    "BadKey",
    "Kind",
    "Quiet",
    "Vapid",
    "is_success",
    "may_tell_at",
    "pause_after",
    "sealed_for",
]
