"""Many concerns at once, macros, and the way back, as the pages offer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation, Errand, Macro, Message
from golddraht.conversations.operations import hand_over
from golddraht.conversations.operations.errands import work_on
from golddraht.conversations.operations.macros import keep_macro
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.ground.numbers import spoken
from golddraht.plumbing.clock import now
from golddraht.team.models import Membership
from tests.cast import Company, a_conversation, bjoern

Page = Callable[[Any], str]
INBOX = "/t/heizwerk/inbox/"
MANY = "/t/heizwerk/inbox/many/?place=all"


@pytest.fixture
def lea(company: Company, mailbox: None, signed_in: Callable[[Membership], Client]) -> Client:
    Membership.objects.filter(pk=company.lea.pk).update(undo_seconds=0)
    return signed_in(company.lea)


@pytest.fixture
def three(company: Company) -> list[str]:
    return [str(a_conversation(at=now()).pk) for _ in range(3)]


def tags() -> list[list[str]]:
    return list(Conversation.objects.order_by("pk").values_list("tags", flat=True))


def test_rows_can_be_ticked_and_tagged_and_it_is_undone_from_the_list(
    nina: Client, three: list[str], page: Page
) -> None:
    listed = page(nina.get(INBOX + "?place=all"))
    assert f'name="id" value="{three[0]}" form="bulk"' in listed

    asked = page(nina.post(MANY, {"act": "tags", "id": three[:2], "token": "t"}))
    assert "Schlagworte dazu: 2 Anliegen" in asked and f'name="id" value="{three[1]}"' in asked
    told = {"act": "tags", "id": three[:2], "token": "t", "tags": "eilig, Lieferung", "sure": "yes"}
    response = nina.post(MANY, told)

    assert response.headers["Location"] == INBOX + "?place=all"
    assert tags() == [["eilig", "Lieferung"], ["eilig", "Lieferung"], []]
    said = page(nina.get(INBOX + "?place=all"))
    errand = Errand.objects.get()
    assert "an 2 Anliegen erledigt" in said
    assert f'/errands/{errand.pk}/undo/"><input type="hidden" name="csrfmiddlewaretoken"' in said
    nina.post(MANY, told)
    assert Errand.objects.count() == 1
    back = nina.post(f"/t/heizwerk/errands/{errand.pk}/undo/", {"back": INBOX})
    assert back.headers["Location"] == INBOX
    assert tags() == [[], [], []]


@pytest.mark.parametrize(
    ("act", "told", "field", "value"),
    [
        ("priority", {"priority": "URGENT"}, "priority", "URGENT"),
        ("aside", {}, "status", "QUIET"),
        ("spam", {}, "status", "SPAM"),
    ],
)
def test_each_act_reaches_all_of_them(
    nina: Client, three: list[str], act: str, told: dict[str, str], field: str, value: str
) -> None:
    assert nina.post(MANY, {"act": act, "id": three, "sure": "yes"} | told).status_code == 302

    assert set(Conversation.objects.values_list(field, flat=True)) == {value}


def test_handing_over_to_a_person_and_to_a_team(company: Company, nina: Client, three: list[str]) -> None:
    nina.post(MANY, {"act": "hand_over", "id": three, "sure": "yes", "to": f"member-{company.tom.pk}"})
    assert set(Conversation.objects.values_list("owner_id", flat=True)) == {company.tom.pk}

    nina.post(MANY, {"act": "hand_over", "id": three, "sure": "yes", "to": f"team-{company.team.pk}"})
    assert set(Conversation.objects.values_list("team_id", flat=True)) == {company.team.pk}


def test_merging_asks_for_the_number_and_says_when_there_is_none(nina: Client, three: list[str], page: Page) -> None:
    told = {"act": "merge", "id": three, "sure": "yes"}
    wrong = nina.post(MANY, told | {"number": spoken(4711)})
    assert wrong.status_code == 422 and "keine Anliegen" not in page(wrong)

    target = Conversation.objects.order_by("pk")[0]
    nina.post(MANY, told | {"number": spoken(target.number)})

    assert Conversation.objects.filter(merged_into=target).count() == 2


def test_the_whole_list_is_more_than_its_first_page_and_is_a_job_with_progress(
    company: Company, nina: Client, page: Page
) -> None:
    for _ in range(55):
        a_conversation(customer=bjoern(), at=now())

    nina.post(MANY, {"act": "priority", "priority": "HIGH", "id": ["1"], "whole": "1", "sure": "yes"})

    errand = Errand.objects.get()
    progress = page(nina.get(f"/t/heizwerk/errands/{errand.pk}/"))
    assert "0 von 55" in progress and 'max="55" value="0"' in progress
    while work_on(errand_id=errand.pk, at=now()):
        pass
    part = page(nina.get(f"/t/heizwerk/errands/{errand.pk}/", headers={"HX-Request": "true"}))
    assert "an 55 Anliegen erledigt" in part and "<html" not in part
    assert Conversation.objects.filter(priority="HIGH").count() == 55


def test_a_dialog_gets_the_form_alone_and_is_sent_on_when_it_is_done(
    nina: Client, three: list[str], page: Page
) -> None:
    htmx = {"HX-Request": "true"}
    asked = nina.post(MANY, {"act": "priority", "id": three}, headers=htmx)
    assert "<html" not in page(asked) and 'name="priority"' in page(asked)

    done = nina.post(MANY, {"act": "aside", "id": three}, headers=htmx)
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, INBOX + "?place=all")


def test_nothing_ticked_is_said(nina: Client, three: list[str], page: Page) -> None:
    for told in ({"act": "tags"}, {"act": "nonsense", "id": three}, {"act": "tags", "id": "x"}):
        assert "mindestens ein Anliegen" in page(nina.post(MANY, told, follow=True))


# Macros


def a_macro(**told: Any) -> Macro:
    known: dict[str, Any] = {"name": "Verspätet", "key": "1", "tags": ["spät"], "by": None, "at": now()}
    return keep_macro(**(known | told))


def test_a_macro_stands_in_the_menu_with_its_key_and_is_undone_from_the_concern(
    company: Company, nina: Client, page: Page
) -> None:
    macro, conversation = a_macro(), a_conversation(at=now())
    hand_over(conversation_id=conversation.pk, to_id=company.nina.pk, by=None, at=now())
    url = f"/t/heizwerk/conversations/{spoken(conversation.number)}/"
    shown = page(nina.get(url))
    assert f'id="macro-{macro.pk}" data-behaviour="key-press" data-key="1"' in shown
    assert "Makro: Verspätet" in shown

    nina.post(f"{url}macros/{macro.pk}/", {"token": "t"})

    assert tags() == [["spät"]]
    assert f"/errands/{Errand.objects.get().pk}/undo/" in page(nina.get(url))


def test_a_macro_that_cannot_be_done_says_why(nina: Client, company: Company, page: Page) -> None:
    module = keep_text_module(name="A", text="Bis {zusage}", by=None, at=now())
    macro, conversation = a_macro(module_id=module.pk), a_conversation(at=now())
    Message.objects.create(
        conversation=conversation, direction="IN", channel="EMAIL", text="!", written_at=now(), received_at=now()
    )
    url = f"/t/heizwerk/conversations/{spoken(conversation.number)}/"

    said = page(nina.post(f"{url}macros/{macro.pk}/", {"seen_message_id": "1"}, follow=True))

    assert "Verspätet wurde nicht ausgeführt: Die Kundin oder der Kunde hat" in said or "nicht ausgeführt" in said
    assert tags() == [[]]


def test_agents_run_macros_over_many_but_answers_to_many_are_the_leads(
    company: Company, nina: Client, lea: Client, three: list[str], page: Page
) -> None:
    module = keep_text_module(name="A", text="{anrede} wir sind dran.", by=None, at=now())
    plain, answering = a_macro(), a_macro(name="Antwort", key="2", module_id=module.pk)

    nina.post(MANY, {"act": f"macro-{plain.pk}", "id": three})
    refused = page(nina.post(MANY, {"act": f"macro-{answering.pk}", "id": three}, follow=True))
    assert tags() == [["spät"]] * 3
    assert "nur Leitungen" in refused
    assert not Message.objects.filter(direction="OUT", automatic="").exists()

    lea.post(MANY, {"act": f"macro-{answering.pk}", "id": three})
    assert Message.objects.filter(direction="OUT", automatic="").count() == 3


def test_a_lead_makes_a_macro_changes_it_and_takes_it_out_of_use(lea: Client, page: Page) -> None:
    place = "/t/heizwerk/settings/macros/"
    assert "Noch kein Makro" in page(lea.get(place))
    empty = lea.post(place + "new/", {"name": "Nichts"})
    assert empty.status_code == 422 and "mindestens eine Sache" in page(empty)
    lea.post(place + "new/", {"name": "Eilig", "key": "1", "priority": "URGENT", "touch_in_days": "2"})
    macro = Macro.objects.get()
    assert "Dringlichkeit: dringend · nächste Meldung in 2 Tagen" in page(lea.get(place))

    taken = lea.post(place + "new/", {"name": "Auch", "key": "1", "tags": "x"})
    assert "schon ein anderes Makro" in page(taken)
    lea.post(f"{place}{macro.pk}/", {"name": "Sehr eilig", "key": "2", "priority": "URGENT", "note": "Rasch!"})
    macro.refresh_from_db()
    assert (macro.name, macro.key, macro.touch_in_days, macro.note) == ("Sehr eilig", "2", None, "Rasch!")
    lea.post(f"{place}{macro.pk}/retire/")
    assert "Wieder verwenden" in page(lea.get(place))
    lea.post(f"{place}{macro.pk}/use/")
    macro.refresh_from_db()
    assert macro.retired_at is None


def test_another_companys_errands_do_not_exist(company: Company, nina: Client, three: list[str]) -> None:
    assert nina.get("/t/heizwerk/errands/999/").status_code == 404
    assert nina.post("/t/heizwerk/errands/999/undo/").status_code == 404
