"""DNS: asking names for records, within a time, and remembering what was said."""

from golddraht.channels.carriers.dns.judging import judge_senders
from golddraht.channels.carriers.dns.looking import look_at_domain
from golddraht.channels.carriers.dns.resolving import Names, look_within

__all__ = ["Names", "judge_senders", "look_at_domain", "look_within"]
