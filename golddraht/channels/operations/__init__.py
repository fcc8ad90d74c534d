"""What can be done with mails: one file per verb or family of verbs."""

from golddraht.channels.operations.alarming import alarm_about_brake
from golddraht.channels.operations.bouncing import note_bounce
from golddraht.channels.operations.delivering import Outcome, note_outcome, recover_stuck
from golddraht.channels.operations.keeping import keep_raw
from golddraht.channels.operations.queueing import hold_what_waits, queue_delivery, send_again
from golddraht.channels.operations.reading import read_raw
from golddraht.channels.operations.receiving import Envelope, receive_mail
from golddraht.channels.operations.setting_up import MailboxRefused, add_mailbox
from golddraht.channels.operations.sweeping import sweep

__all__ = [
    "Envelope",
    "MailboxRefused",
    "Outcome",
    "add_mailbox",
    "alarm_about_brake",
    "hold_what_waits",
    "keep_raw",
    "note_bounce",
    "note_outcome",
    "queue_delivery",
    "read_raw",
    "receive_mail",
    "recover_stuck",
    "send_again",
    "sweep",
]
