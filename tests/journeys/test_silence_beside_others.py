from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from golddraht.conversations.models import Conversation, Escalation
from golddraht.conversations.operations import escalate_overdue
from tests.cast import MONDAY_MORNING, a_company, a_conversation


@pytest.mark.usefixtures("committed")
def test_a_sweep_leaves_to_others_what_they_work_on() -> None:
    company = a_company()
    with company.seen():
        conversation = a_conversation()
    at = MONDAY_MORNING + timedelta(hours=5)
    counted: list[int] = []

    def sweep_elsewhere() -> None:
        with company.seen():
            counted.append(escalate_overdue(at=at))
        connection.close()

    with company.seen():
        list(Conversation.objects.select_for_update().filter(pk=conversation.pk))
        other = threading.Thread(target=sweep_elsewhere)
        other.start()
        other.join(timeout=20)

    assert counted == [0]
    with company.seen():
        assert escalate_overdue(at=at) == 1
        assert Escalation.objects.count() == 1
