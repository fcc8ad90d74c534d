"""django-helpdesk takes the mails as its `get_email` command does. Runs in an environment of its own, started by `bench.mail`."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from bench.mail.measuring import Result, filled_in, read_mails, taken_one_by_one

ADDRESS = b"service@werkbank.example"


def configure(database: dict[str, Any], folder: Path) -> None:
    from django.conf import settings

    apps = ["auth", "contenttypes", "sessions", "sites", "humanize", "admin", "messages", "staticfiles"]
    settings.configure(
        SECRET_KEY="only-for-the-bench",
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in apps), "rest_framework", "helpdesk"],
        DATABASES={"default": database | {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None}},
        # What it answers is written, and then handed to nobody.
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        ROOT_URLCONF="bench.mail.helpdesk_urls",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": []},
            }
        ],
        MEDIA_ROOT=str(folder / "media"),
        LANGUAGE_CODE="de",
        TIME_ZONE="Europe/Berlin",
        USE_TZ=True,
        SITE_ID=1,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        LOGGING_CONFIG=None,
    )
    import django

    django.setup()
    logging.disable(logging.ERROR)


def queue() -> Any:
    from helpdesk.models import Queue

    return Queue.objects.create(
        title="Service",
        slug="service",
        email_address=ADDRESS.decode(),
        allow_email_submission=True,
        email_box_type="local",
        locale="de",
    )


class Helpdesk:
    """One queue. Each mail in one transaction, so that it commits once as the others do."""

    def __init__(self) -> None:
        self.queue, self.logger = queue(), logging.getLogger("helpdesk")

    def take(self, mail: bytes) -> Any:
        from django.db import transaction
        from django.utils.encoding import force_str
        from helpdesk.email import extract_email_metadata

        with transaction.atomic():
            return extract_email_metadata(force_str(mail, errors="replace"), self.queue, self.logger)


def main(asked: dict[str, Any]) -> None:
    folder = Path(asked["folder"])
    configure(asked["database"], folder)
    from django.core.management import call_command
    from helpdesk.models import FollowUp, Ticket

    call_command("migrate", verbosity=0)
    desk, result = Helpdesk(), Result("django-helpdesk")
    tickets = [desk.take(mail) for mail in read_mails(folder / "earlier.mails")]
    tokens = [(b"", f"[service-{ticket.pk}]".encode()) for ticket in tickets]
    mails = [filled_in(mail, tokens, ADDRESS) for mail in read_mails(folder / "mails.mails")]
    before = FollowUp.objects.count()
    taken_one_by_one(mails, desk.take, result, asked["postmaster"])
    result.stored = FollowUp.objects.count() - before
    result.conversations = Ticket.objects.count()
    result.write(Path(asked["result"]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
