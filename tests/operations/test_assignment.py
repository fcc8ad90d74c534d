from __future__ import annotations

from datetime import timedelta

from golddraht.channels.operations import add_mailbox
from golddraht.channels.operations.rearranging import change_mailbox
from golddraht.conversations.models import Milestone
from golddraht.conversations.operations import receive_message, reply
from golddraht.team.operations import form_team, invite, plan_absence
from golddraht.team.rules import Role
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_conversation, bjoern, valentina, words
from tests.mails import CARE

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def away(company: Company, member_id: int, deputy_id: int | None = None) -> None:
    plan_absence(
        member_id=member_id, deputy_id=deputy_id, starts_at=MONDAY_MORNING - WEEK, ends_at=MONDAY_MORNING + WEEK
    )


def test_who_stands_in_for_somebody_of_another_team_gets_nothing_of_ours(company: Company) -> None:
    boss = invite(tenant_id=company.tenant.pk, email="uwe@heizwerk.example", name="Uwe Ernst", role=Role.LEAD)
    form_team(name="Verkauf", lead=boss, members=[boss], hours=WEEKDAYS)
    away(company, boss.pk, company.ada.pk)

    owners = {a_conversation(customer=one).owner_id for one in (valentina(), bjoern(), valentina(), bjoern())}

    assert company.ada.pk not in owners


def test_when_the_whole_team_is_away_somebody_who_is_there_cares(company: Company) -> None:
    for member in (company.nina, company.tom, company.lea):
        away(company, member.pk)

    conversation = a_conversation()

    assert conversation.owner_id == company.ada.pk


def test_a_mailbox_that_is_given_to_another_team_brings_its_mail_there(company: Company) -> None:
    sales = form_team(name="Verkauf", lead=company.lea, members=[company.ada], hours=WEEKDAYS)
    mailbox = add_mailbox(address=CARE, sender_name="Heizwerk", is_default=True, team_id=company.team.pk)

    change_mailbox(mailbox_id=mailbox.pk, address=CARE, sender_name="Heizwerk", is_default=True, team_id=sales.pk)

    assert a_conversation(recipients=(CARE,)).team_id == sales.pk


def test_a_mailbox_without_a_team_is_left_to_the_other_rules(company: Company) -> None:
    sales = form_team(name="Verkauf", lead=company.lea, members=[company.ada], hours=WEEKDAYS)
    mailbox = add_mailbox(address=CARE, sender_name="Heizwerk", is_default=True, team_id=sales.pk)

    change_mailbox(mailbox_id=mailbox.pk, address=CARE, sender_name="Heizwerk", is_default=True, team_id=None)

    assert a_conversation(recipients=(CARE,)).team_id == company.team.pk


def test_what_is_written_to_somebody_who_fell_ill_goes_to_their_deputy(company: Company) -> None:
    conversation = a_conversation()
    deputy = company.tom if conversation.owner_id == company.nina.pk else company.nina
    reply(conversation_id=conversation.pk, author_id=conversation.owner_id, text="Gern.", at=MONDAY_MORNING)
    away(company, conversation.owner_id, deputy.pk)

    receive_message(
        customer=valentina(), words=words("Und was kostet das?"), conversation=conversation, at=MONDAY_MORNING + HOUR
    )

    conversation.refresh_from_db()
    assert conversation.owner_id == deputy.pk
    assert Milestone.objects.get(conversation=conversation, kind="HANDED_OVER").words == deputy.name
