"""The settings: who may open them, and what they change."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.channels.models import Doorplate, Mailbox, SignIn, Token
from golddraht.channels.operations import add_mailbox
from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import mark_spam
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.ground.numbers import spoken
from golddraht.pages.undoing import undo_of
from golddraht.plumbing.clock import now
from golddraht.plumbing.models import Trace
from golddraht.team.models import Absence, ApiToken, ArrivalRule, ClosedDay, Membership, OpeningSpan, Team, TeamPromise
from golddraht.team.operations import form_team, invite, keep_arrival_rule, plan_absence
from golddraht.team.rules import Role
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_company, a_conversation, bjoern

Page = Callable[[Any], str]
PLACES = ["", "people/", "people/invite/", "teams/", "teams/new/", "absences/", "arrivals/"]
PLACES += [
    "macros/",
    "macros/new/",
    "modules/",
    "modules/new/",
    "mailboxes/",
    "mailboxes/new/",
    "domains/",
    "company/",
    "tokens/",
    "webhooks/",
    "trail/",
]


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.ada)


def person(**changes: Any) -> dict[str, Any]:
    told = {"name": "Uli Ersatz", "email": "uli@heizwerk.example", "role": "agent", "languages": ["de", "en"]}
    return told | {"skills": "Öfen, Gas", "goodwill_cents": "25"} | changes


@pytest.mark.parametrize("place", PLACES)
def test_an_admin_can_open_every_place(ada: Client, place: str) -> None:
    assert ada.get(f"/t/heizwerk/settings/{place}").status_code == 200


@pytest.mark.parametrize("place", PLACES[1:])
def test_an_agent_cannot_change_the_settings(nina: Client, place: str) -> None:
    assert nina.get(f"/t/heizwerk/settings/{place}").status_code == 403


def test_an_agent_finds_their_own_sign_in(nina: Client, page: Page) -> None:
    said = page(nina.get("/t/heizwerk/settings/"))

    assert "/konto/2fa/" in said
    assert "settings/people/" not in said


def test_a_lead_plans_absences_shapes_the_work_and_reads_the_trail_but_changes_nothing_else(
    company: Company, signed_in: Callable[[Membership], Client]
) -> None:
    lea = signed_in(company.lea)

    opened = [place for place in PLACES if lea.get(f"/t/heizwerk/settings/{place}").status_code == 200]

    assert opened == ["", "absences/", "macros/", "macros/new/", "modules/", "modules/new/", "trail/"]


def test_another_companys_admin_finds_nothing(company: Company, signed_in: Callable[[Membership], Client]) -> None:
    stranger = signed_in(a_company("moebelhaus", "Möbelhaus").ada)

    assert {stranger.get(f"/t/heizwerk/settings/{place}").status_code for place in PLACES} == {404}


def test_inviting_somebody_who_works_here_is_refused_kindly(ada: Client) -> None:
    response = ada.post("/t/heizwerk/settings/people/invite/", person(email="Nina@heizwerk.example"))

    assert response.status_code == 422
    assert response.context["form"].errors["email"]


def test_a_person_is_changed_and_the_change_is_traced(company: Company, ada: Client) -> None:
    ada.post(f"/t/heizwerk/settings/people/{company.tom.pk}/", person(name="Tom Berger", role="lead"))

    company.tom.refresh_from_db()
    assert (company.tom.role, company.tom.skills) == ("lead", ["Öfen", "Gas"])
    line = Trace.objects.filter(subject="team_membership", subject_id=company.tom.pk).latest("pk")
    assert "role" in line.fields


def test_the_last_admin_cannot_take_the_role_from_themselves(company: Company, ada: Client) -> None:
    response = ada.post(f"/t/heizwerk/settings/people/{company.ada.pk}/", person(name="Ada Dorn", role="agent"))

    company.ada.refresh_from_db()
    assert response.status_code == 422
    assert company.ada.role == "admin"


def test_who_leaves_hands_everything_over_first(company: Company, ada: Client) -> None:
    concern = a_conversation()
    Conversation.objects.filter(pk=concern.pk).update(owner=company.nina)

    ada.post(f"/t/heizwerk/settings/people/{company.nina.pk}/leave/")

    concern.refresh_from_db()
    company.nina.refresh_from_db()
    assert not company.nina.active
    assert concern.owner_id not in {None, company.nina.pk}


def test_the_last_admin_cannot_leave(company: Company, ada: Client) -> None:
    ada.post(f"/t/heizwerk/settings/people/{company.ada.pk}/leave/")

    company.ada.refresh_from_db()
    assert company.ada.active


def test_an_admin_cannot_open_the_account_of_somebody_who_also_works_elsewhere(company: Company, ada: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    invite(tenant_id=company.tenant.pk, email=other.nina.user.email, name="Nina Zwei", role=Role.AGENT)
    shared = Membership.objects.get(tenant=company.tenant, user=other.nina.user)
    before = other.nina.user.password

    ada.post(f"/t/heizwerk/settings/people/{shared.pk}/password/")

    other.nina.user.refresh_from_db()
    assert other.nina.user.password == before


def team_told(company: Company, **changes: Any) -> dict[str, Any]:
    told = {"what": "team", "name": "Service", "lead_id": company.lea.pk, "member_ids": [company.nina.pk]}
    told |= {"is_default": "on", "region": "DE-BY", "handling_minutes": "10", "silence_days": "14"}
    return told | changes


def test_a_teams_people_and_policy_are_changed(company: Company, ada: Client) -> None:
    ada.post(f"/t/heizwerk/settings/teams/{company.team.pk}/", team_told(company))

    team = Team.objects.get(pk=company.team.pk)
    assert (team.state, team.handling_time, team.longest_silence) == ("BY", timedelta(minutes=10), timedelta(days=14))


def test_a_team_promises_by_priority_and_the_page_shows_what_that_means(
    company: Company, ada: Client, page: Page
) -> None:
    url = f"/t/heizwerk/settings/teams/{company.team.pk}/"
    told = {"answer_NORMAL": "6", "touch_NORMAL": "", "answer_HIGH": "", "touch_HIGH": ""}

    ada.post(url, {"what": "promises", **told, "answer_URGENT": "0.5", "touch_URGENT": "4"})

    assert TeamPromise.objects.get().answer_within == timedelta(minutes=30)
    shown = page(ada.get(url))
    assert "<b>dringend:</b> erste Antwort bis" in shown and "nach den üblichen Tagen" in shown


def test_a_promise_that_is_later_for_what_is_urgent_is_refused_with_a_reason(company: Company, ada: Client) -> None:
    url = f"/t/heizwerk/settings/teams/{company.team.pk}/"

    refused = ada.post(url, {"what": "promises", "answer_NORMAL": "2", "answer_URGENT": "4"})

    assert refused.status_code == 422 and "nicht später zugesagt" in refused.content.decode()
    assert not TeamPromise.objects.exists()


def test_a_rule_of_arrival_says_how_urgent_it_is(company: Company, ada: Client, page: Page) -> None:
    told = {"what": "rule", "words": "gasgeruch", "recipient": "", "team_id": company.team.pk, "skill": ""}

    ada.post("/t/heizwerk/settings/arrivals/", told | {"priority": "URGENT"})

    trial = {"what": "trial", "subject": "", "text": "Hier ist Gasgeruch!", "recipient": ""}
    assert "· dringend" in page(ada.post("/t/heizwerk/settings/arrivals/", trial))


def test_hours_are_written_as_people_write_them(company: Company, ada: Client, page: Page) -> None:
    url = f"/t/heizwerk/settings/teams/{company.team.pk}/"

    ada.post(url, {"what": "hours", "day_0": "8-12, 13–17.30", "day_5": "9 bis 12 Uhr"})

    spans = OpeningSpan.objects.filter(team=company.team).order_by("weekday", "opens")
    assert [(one.weekday, f"{one.opens:%H:%M}") for one in spans] == [(0, "08:00"), (0, "13:00"), (5, "09:00")]
    assert "08:00–12:00, 13:00–17:30" in page(ada.get(url))


def test_hours_that_cannot_be_read_are_said_to_be_so_and_nothing_is_lost(company: Company, ada: Client) -> None:
    response = ada.post(f"/t/heizwerk/settings/teams/{company.team.pk}/", {"what": "hours", "day_0": "morgens"})

    assert response.status_code == 422
    assert OpeningSpan.objects.filter(team=company.team).count() == 5


def test_a_team_that_never_opens_is_refused(company: Company, ada: Client) -> None:
    response = ada.post(f"/t/heizwerk/settings/teams/{company.team.pk}/", {"what": "hours"})

    assert response.status_code == 422
    assert OpeningSpan.objects.filter(team=company.team).count() == 5


def test_a_day_is_closed_and_opened_again(company: Company, ada: Client) -> None:
    url = f"/t/heizwerk/settings/teams/{company.team.pk}/"
    ada.post(url, {"what": "closed", "on": "2099-12-24", "reason": "Inventur"})
    closed = ClosedDay.objects.get(team=company.team)

    ada.post(f"{url}closed/{closed.pk}/open/")

    assert not ClosedDay.objects.exists()


def test_a_new_team_is_formed_with_usual_hours(company: Company, ada: Client) -> None:
    ada.post("/t/heizwerk/settings/teams/new/", team_told(company, name="Technik"))

    team = Team.objects.get(name="Technik")
    assert not team.is_default
    assert OpeningSpan.objects.filter(team=team).count() == 5


def test_an_absence_is_planned_by_whole_days_and_taken_back(company: Company, ada: Client) -> None:
    told = {"member_id": company.nina.pk, "deputy_id": company.tom.pk}
    ada.post("/t/heizwerk/settings/absences/", told | {"first_day": "2099-08-03", "last_day": "2099-08-14"})
    absence = Absence.objects.get(member=company.nina)
    assert absence.ends_at - absence.starts_at == timedelta(days=12)

    said = ada.post(f"/t/heizwerk/settings/absences/{absence.pk}/cancel/", follow=True).content.decode()

    assert not Absence.objects.exists()
    ada.post(*undo_in(said))
    again = Absence.objects.get(member=company.nina)
    assert (again.deputy_id, again.starts_at, again.ends_at) == (company.tom.pk, absence.starts_at, absence.ends_at)


def undo_in(said: str) -> tuple[str, dict[str, str]]:
    """Where the toast of a page takes back what was done, and what it sends there."""
    form = said.partition('id="toasts"')[2].partition("<template>")[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return re.findall(r'<form method="post" action="([^"]+)"', form)[0], dict(fields)


def test_an_absence_of_hours_is_no_day_that_a_form_could_ask_for(company: Company, ada: Client) -> None:
    at = now()
    absence = plan_absence(member_id=company.nina.pk, deputy_id=None, starts_at=at, ends_at=at + timedelta(hours=3))

    said = ada.post(f"/t/heizwerk/settings/absences/{absence.pk}/cancel/", follow=True).content.decode()

    assert "<form" not in said.partition('id="toasts"')[2].partition("<template>")[0]


def test_what_is_taken_out_of_use_comes_back_from_the_toast(company: Company, ada: Client) -> None:
    module = keep_text_module(name="Frist", text="Bis Freitag.", by=company.ada.pk, at=now())

    said = ada.post(f"/t/heizwerk/settings/modules/{module.pk}/retire/", follow=True).content.decode()
    module.refresh_from_db()
    assert module.retired_at is not None

    ada.post(*undo_in(said))
    module.refresh_from_db()
    assert module.retired_at is None


def test_nobody_is_their_own_deputy(company: Company, ada: Client) -> None:
    told = {"member_id": company.nina.pk, "deputy_id": company.nina.pk}

    response = ada.post("/t/heizwerk/settings/absences/", told | {"first_day": "2099-08-03", "last_day": "2099-08-03"})

    assert response.status_code == 422


def test_a_rule_is_added_tried_out_moved_and_removed(company: Company, ada: Client) -> None:
    technik = form_team(name="Technik", lead=company.lea, members=[company.tom], hours=WEEKDAYS)
    keep_arrival_rule(words="Rechnung", recipient="", team_id=company.team.pk)
    url = "/t/heizwerk/settings/arrivals/"
    ada.post(url, {"what": "rule", "words": "pump*, Brenner", "team_id": technik.pk})
    rule = ArrivalRule.objects.get(team=technik)

    tried = ada.post(url, {"what": "trial", "text": "Die Waschmaschine pumpt nicht ab."})
    assert (tried.context["result"]["team"], tried.context["result"]["owner"]) == ("Technik", "Tom Berger")

    ada.post(f"{url}{rule.pk}/move/", {"to": "front"})
    assert ArrivalRule.objects.order_by("position").first() == rule

    answer = ada.post(f"{url}{rule.pk}/remove/", follow=True)
    assert ArrivalRule.objects.count() == 1

    [way_back] = [undo_of(one) for one in answer.context["messages"]]
    assert way_back is not None
    ada.post(way_back["url"], way_back["values"])
    back = ArrivalRule.objects.order_by("position").first()
    assert back is not None and (back.words, back.team) == ("pump*, Brenner", technik)


def test_a_rule_is_tried_on_what_came_lately_before_it_is_kept(company: Company, ada: Client) -> None:
    technik = form_team(name="Technik", lead=company.lea, members=[company.tom], hours=WEEKDAYS)
    keep_arrival_rule(words="Rechnung", recipient="", team_id=company.team.pk)
    pump = a_conversation(text="Sie pumpt nicht ab.", subject="Waschmaschine")
    a_conversation(customer=bjoern(), text="Die Rechnung der Pumpe stimmt nicht.", subject="Rechnung")
    a_conversation(customer=bjoern(), text="Wann haben Sie offen?", subject="Zeiten")
    spam = a_conversation(customer=bjoern(), text="Pumpen billig", subject="Angebot")
    mark_spam(conversation_ids=[spam.pk], by=company.ada.pk, at=MONDAY_MORNING)
    told = {"what": "rule", "words": "pump*", "recipient": "", "team_id": technik.pk, "try": "yes"}

    past = ada.post("/t/heizwerk/settings/arrivals/", told).context["past"]

    assert (past.whole, past.fitting, past.elsewhere, past.decided_before) == (3, 1, 1, 1)
    assert [(line.subject, line.team) for line in past.lines] == [("Waschmaschine", "Service")]
    assert past.lines[0].url.endswith(f"/conversations/{spoken(pump.number)}/")
    assert not ArrivalRule.objects.filter(team=technik).exists()
    pump.refresh_from_db()
    assert pump.team_id == company.team.pk


def test_a_changed_or_moved_rule_is_tried_at_its_own_place(company: Company, ada: Client) -> None:
    technik = form_team(name="Technik", lead=company.lea, members=[company.tom], hours=WEEKDAYS)
    bills = keep_arrival_rule(words="Rechnung", recipient="", team_id=company.team.pk)
    pumps = keep_arrival_rule(words="Ofen", recipient="", team_id=technik.pk)
    a_conversation(customer=bjoern(), text="Die Rechnung der Pumpe stimmt nicht.", subject="Rechnung")
    url = f"/t/heizwerk/settings/arrivals/{pumps.pk}/"
    told = {"words": "pump*", "recipient": "", "team_id": technik.pk}

    behind = ada.post(url, told | {"place": 2, "try": "yes"}).context["past"]
    before = ada.post(url, told | {"place": 1, "try": "yes"}).context["past"]

    assert (behind.fitting, behind.decided_before) == (0, 1)
    assert (before.fitting, before.decided_before) == (1, 0)
    assert [rule.words for rule in ArrivalRule.objects.order_by("position")] == ["Rechnung", "Ofen"]

    ada.post(url, told | {"place": 1})
    assert [rule.pk for rule in ArrivalRule.objects.order_by("position")] == [pumps.pk, bills.pk]
    assert ada.post(url, told | {"place": 3}).status_code == 422


def test_a_rule_is_tried_on_nothing_of_another_company(company: Company, ada: Client) -> None:
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        a_conversation(customer=bjoern(), text="Die Pumpe am Brunnen steht.", subject="Brunnen")
    told = {"what": "rule", "words": "pump*", "team_id": company.team.pk, "try": "yes"}
    response = ada.post("/t/heizwerk/settings/arrivals/", told)
    assert response.context["past"].whole == 0 and "Brunnen" not in response.content.decode()
    for wrong in (theirs.team.pk, 0, "x"):
        assert ada.post("/t/heizwerk/settings/arrivals/", told | {"team_id": wrong}).status_code == 422


def test_a_rule_that_names_nothing_is_refused(company: Company, ada: Client) -> None:
    response = ada.post("/t/heizwerk/settings/arrivals/", {"what": "rule", "words": ",", "team_id": company.team.pk})

    assert response.status_code == 422


def mailbox_told(**changes: Any) -> dict[str, Any]:
    told = {"address": "service@heizwerk.example", "sender_name": "Heizwerk", "is_default": "on"}
    told |= {"imap_host": "localhost", "imap_port": "1", "imap_security": "TLS", "imap_user": "service"}
    told |= {"imap_password": "geheim", "imap_folder": "INBOX", "smtp_host": "", "smtp_port": "465"}
    return told | {"smtp_security": "TLS", "smtp_user": "", "smtp_password": ""} | changes


def test_a_mailbox_is_set_up_and_its_password_is_never_shown(ada: Client) -> None:
    ada.post("/t/heizwerk/settings/mailboxes/new/", mailbox_told())

    mailbox = Mailbox.objects.get()
    assert mailbox.imap_password.reveal() == "geheim"
    assert "geheim" not in ada.get(f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/").content.decode()


def test_an_empty_password_keeps_the_stored_one_but_never_for_another_server(ada: Client) -> None:
    ada.post("/t/heizwerk/settings/mailboxes/new/", mailbox_told())
    mailbox = Mailbox.objects.get()
    url = f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/"

    kept = ada.post(url, mailbox_told(imap_password="", sender_name="Heizwerk Service"))
    refused = ada.post(url, mailbox_told(imap_password="", imap_host="anderswo.example"))

    mailbox.refresh_from_db()
    assert (kept.status_code, refused.status_code) == (302, 422)
    assert (mailbox.sender_name, mailbox.imap_host) == ("Heizwerk Service", "localhost")
    assert mailbox.imap_password.reveal() == "geheim"


def test_tokens_of_one_server_are_not_shown_to_another(ada: Client) -> None:
    ada.post("/t/heizwerk/settings/mailboxes/new/", mailbox_told())
    mailbox = Mailbox.objects.get()
    sign_in = SignIn.objects.create(mailbox=mailbox, provider="GOOGLE", client_id="golddraht", connected_at=now())
    Token.objects.create(sign_in=sign_in, refresh="erneuern")
    Mailbox.objects.update(uses_oauth=True, imap_password="")

    ada.post(f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/", mailbox_told(imap_host="anderswo.example"))

    mailbox.refresh_from_db()
    assert mailbox.imap_host == "anderswo.example" and not mailbox.uses_oauth
    assert not Token.objects.exists()


def test_a_user_name_cannot_hold_a_command_to_the_server(ada: Client) -> None:
    response = ada.post("/t/heizwerk/settings/mailboxes/new/", mailbox_told(imap_user="service\r\nA1 DELETE INBOX"))

    assert response.status_code == 422
    assert not Mailbox.objects.exists()


def test_a_changed_address_is_reached_by_the_listener(ada: Client) -> None:
    ada.post("/t/heizwerk/settings/mailboxes/new/", mailbox_told())
    mailbox = Mailbox.objects.get()

    ada.post(f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/", mailbox_told(address="hilfe@heizwerk.example"))

    assert list(Doorplate.objects.values_list("address", flat=True)) == ["hilfe@heizwerk.example"]


def test_trying_a_connection_says_in_words_what_is_wrong(ada: Client) -> None:
    mailbox = add_mailbox(
        address="service@heizwerk.example", sender_name="Heizwerk", imap_host="localhost", imap_port=1
    )

    response = ada.post(f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/try/")

    receiving, sending = response.context["trials"]
    assert not receiving.is_fine
    assert "localhost" in receiving.words and "Errno" not in receiving.words
    assert sending.is_fine


def test_the_only_mailbox_cannot_be_closed(ada: Client) -> None:
    mailbox = add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)

    ada.post(f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/close/")

    mailbox.refresh_from_db()
    assert mailbox.active


def test_a_mailbox_is_closed_and_opened_again(ada: Client) -> None:
    add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    second = add_mailbox(address="alt@heizwerk.example", sender_name="Heizwerk")

    ada.post(f"/t/heizwerk/settings/mailboxes/{second.pk}/close/")
    second.refresh_from_db()
    assert not second.active
    ada.post(f"/t/heizwerk/settings/mailboxes/{second.pk}/reopen/")

    second.refresh_from_db()
    assert second.active and Doorplate.objects.filter(mailbox_id=second.pk).exists()


def test_the_companys_policy_is_changed_and_its_counter_is_not(company: Company, ada: Client) -> None:
    a_conversation()
    company.tenant.refresh_from_db()
    number = company.tenant.last_number

    told = {"name": "Heizwerk Süd", "language": "de", "country": "DE", "watch_days": "30", "automatic_per_hour": "50"}
    ada.post("/t/heizwerk/settings/company/", told)

    company.tenant.refresh_from_db()
    assert (company.tenant.name, company.tenant.watch_period) == ("Heizwerk Süd", timedelta(days=30))
    assert company.tenant.last_number == number


def test_a_token_is_shown_once_kept_as_a_digest_and_revoked(ada: Client) -> None:
    told = ada.post(
        "/t/heizwerk/settings/tokens/", {"name": "Shop", "scopes": ["customers:read", "calls:write"]}
    ).context["told"]
    token = ApiToken.objects.get()
    assert (token.scopes, token.may_write) == (["calls:write", "customers:read"], True)
    assert told.startswith("gd_") and token.sha256 != told
    assert told not in ada.get("/t/heizwerk/settings/tokens/").content.decode()

    ada.post(f"/t/heizwerk/settings/tokens/{token.pk}/revoke/")

    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_audit_trail_says_who_changed_what_and_can_be_paged(company: Company, ada: Client, page: Page) -> None:
    for _ in range(60):
        a_conversation()
    ada.post("/t/heizwerk/settings/arrivals/", {"what": "rule", "words": "Pumpe", "team_id": company.team.pk})

    first = ada.get("/t/heizwerk/settings/trail/")
    older = ada.get(first.context["pager"]["older_url"])

    assert first.context["lines"][0]["who"] == "Ada Dorn"
    assert older.status_code == 200 and older.context["pager"]["newer_url"]


def test_rows_of_another_company_are_not_found(company: Company, ada: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        mailbox = add_mailbox(address="x@moebelhaus.example", sender_name="Möbelhaus")

    for path in [f"people/{other.nina.pk}/", f"teams/{other.team.pk}/", f"mailboxes/{mailbox.pk}/"]:
        assert ada.get(f"/t/heizwerk/settings/{path}").status_code == 404
