"""What can be done so that programs hear of what happens: one file per family of verbs."""

from golddraht.programs.operations.noting import note_news, ping, replay, replay_given_up
from golddraht.programs.operations.setting_up import (
    WebhookRefused,
    add_webhook,
    change_webhook,
    close_webhook,
    pause_webhook,
    resume_webhook,
    rotate_secret,
)
from golddraht.programs.operations.sweeping import sweep
from golddraht.programs.operations.telling import Letter, Outcome, begin, note_outcome, rest

__all__ = [
    "Letter",
    "Outcome",
    "WebhookRefused",
    "add_webhook",
    "begin",
    "change_webhook",
    "close_webhook",
    "note_news",
    "note_outcome",
    "pause_webhook",
    "ping",
    "replay",
    "replay_given_up",
    "rest",
    "resume_webhook",
    "rotate_secret",
    "sweep",
]
