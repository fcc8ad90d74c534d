"""The own page of a customer: in by a code or a link, seeing no more than what is proven, correcting, and out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from golddraht.access.models import Code, Visit
from golddraht.access.operations import digits_of, sweep
from golddraht.access.rules import MOST_CODES_A_DAY, MOST_TRIES
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.letters import OWN_PAGE
from golddraht.conversations.rules import Channel
from golddraht.customers.models import ContactPoint, Customer, Fact, Resemblance
from golddraht.customers.operations import Said, learn, merge_customers
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.models import Erasure
from golddraht.privacy.rules import Asker
from golddraht.promises.operations.making import make_promise
from golddraht.promises.rules import Kind
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, bjoern, valentina

pytestmark = pytest.mark.django_db
Page = Callable[[Any], str]
HOME = "/my/heizwerk/de/"
ENTER, RECORD, WRITE, PROVE = f"{HOME}enter/", f"{HOME}record/", f"{HOME}write/", f"{HOME}prove/"
ERASE = f"{HOME}erase/"
HERS = "valentina@kundin.example"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nobody has asked for a code within this hour."""
    cache.clear()


def asked(address: str, client: Client | None = None) -> tuple[Client, str]:
    """A browser in which somebody has asked for a code, and the page that wants it."""
    client = client or Client()
    return client, client.post(ENTER, {"email": address})["Location"]


def inside(address: str = HERS) -> Client:
    """A browser in which the code of the mail was entered."""
    client, page = asked(address)
    answer = client.post(page, {"code": digits_of(Code.objects.latest("pk"))})
    assert answer["Location"] == HOME, answer.content.decode()
    return client


def by_link(point: ContactPoint) -> Client:
    client = Client()
    token = token_for(OWN_PAGE, tenant_id=point.tenant_id, id_=point.pk)
    assert client.post(f"{ENTER}{token}/")["Location"] == HOME
    return client


def test_with_the_code_she_sees_her_concern_who_cares_and_what_was_promised(company: Company, page: Page) -> None:
    concern = a_conversation(at=clock.now())
    make_promise(
        customer_id=concern.customer_id,
        conversation_id=concern.pk,
        owner_id=company.nina.pk,
        kind=Kind.VISIT,
        what="Technikerin kommt",
        due_at=clock.now() + timedelta(days=3),
        by=company.nina.pk,
        at=clock.now(),
    )

    said = page(inside().get(HOME))

    assert "Waschmaschine" in said and concern.owner.name in said and "wir arbeiten daran" in said
    assert "Technikerin kommt" in said and "vereinbart" in said
    assert re.search(r"/k/anliegen/[^/]+/", said)


def test_a_foreign_address_is_answered_like_a_known_one(company: Company, page: Page) -> None:
    valentina()
    known, known_page = asked(HERS)
    nobody, nobodys_page = asked("nobody@anywhere.example")

    assert Code.objects.filter(recipient="").count() == 1
    same = [
        re.sub(r"csrf[^>]*|/code/[^/\"]*", "", page(one.get(at)))
        for one, at in ((known, known_page), (nobody, nobodys_page))
    ]
    assert same[0] == same[1]
    wrong = [one.post(at, {"code": "000000x"}) for one, at in ((known, known_page), (nobody, nobodys_page))]
    assert [one.status_code for one in wrong] == [422, 422]
    right = nobody.post(nobodys_page, {"code": digits_of(Code.objects.get(recipient=""))})
    assert right.status_code == 422, "A code that was sent to nobody opens nothing, even if it is guessed."


def test_a_code_is_good_once_for_ten_minutes_and_five_tries(company: Company, monkeypatch: Any) -> None:
    valentina()
    client, page = asked(HERS)
    code = Code.objects.get()
    right = digits_of(code)
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(MOST_TRIES):
        assert client.post(page, {"code": wrong}).status_code == 422
    assert client.post(page, {"code": right}).status_code == 422, "The tries are used up."

    client, page = asked(HERS, client)
    digits = digits_of(Code.objects.latest("pk"))
    assert client.post(page, {"code": f"{digits[:3]} {digits[3:]}"}).status_code == 302
    assert Client().post(page, {"code": digits}).status_code == 422, "It was used already."

    client, page = asked(HERS)
    digits, later = digits_of(Code.objects.latest("pk")), clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.post(page, {"code": digits}).status_code == 422


def test_codes_are_counted_by_the_hour_and_by_the_day(company: Company) -> None:
    valentina()
    answers = [Client().post(ENTER, {"email": HERS}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 302, 422]

    for _ in range(MOST_CODES_A_DAY):
        cache.clear()
        asked(HERS)
    assert Code.objects.exclude(recipient="").count() == MOST_CODES_A_DAY


def test_the_code_leaves_by_mail_and_lies_nowhere(company: Company, mailbox: None, monkeypatch: Any) -> None:
    from golddraht.access.operations.mailing import begin_sending, note_sending

    valentina()
    asked(HERS)
    code = Code.objects.get()
    letter = begin_sending(code_id=code.pk, at=clock.now())

    assert letter is not None and letter.recipient == HERS
    digits = digits_of(code)
    assert f"{digits[:3]} {digits[3:]}".encode() in letter.content
    assert begin_sending(code_id=code.pk, at=clock.now()) is None, "One mail, however often the job runs."
    note_sending(code_id=code.pk, is_taken=True, is_over=False, at=clock.now())
    kept = " ".join(str(value) for value in Code.objects.filter(pk=code.pk).values().get().values())
    assert digits not in kept


def test_a_link_shows_its_mailbox_alone_and_more_only_after_a_code(company: Company, page: Page) -> None:
    """Mails are passed on. What did not go through this mailbox is shown to whoever reads it, not to whoever holds a link."""
    person = valentina()
    a_conversation(customer=person, answer_to=(HERS,))
    call = a_conversation(customer=person, subject="Anruf wegen Kredit")
    Message.objects.filter(conversation=call).update(channel=Channel.PHONE)
    client = by_link(ContactPoint.objects.get())

    said = page(client.get(HOME))
    assert "Waschmaschine" in said and "Anruf wegen Kredit" not in said
    assert client.get(RECORD)["Location"] == PROVE

    code_page = client.post(PROVE)["Location"]
    client.post(code_page, {"code": digits_of(Code.objects.latest("pk"))})
    assert "Anruf wegen Kredit" in page(client.get(HOME)) and client.get(RECORD).status_code == 200


def test_looking_at_a_link_begins_nothing_and_a_changed_one_opens_nothing(company: Company) -> None:
    valentina()
    point = ContactPoint.objects.get()
    token = token_for(OWN_PAGE, tenant_id=point.tenant_id, id_=point.pk)

    assert Client().get(f"{ENTER}{token}/").status_code == 200
    assert not Visit.objects.exists()
    for wrong in (token[:-2] + "xx", "x" + token, token_for("promise", tenant_id=point.tenant_id, id_=point.pk)):
        assert Client().post(f"{ENTER}{wrong}/").status_code == 410
    assert not Visit.objects.exists()


def test_a_visit_ends_by_its_button_and_by_itself(company: Company, monkeypatch: Any) -> None:
    valentina()
    client = inside()
    assert client.get(HOME).status_code == 200
    key = client.cookies[f"golddraht_my_{settings.PORT}"].value
    client.post(f"{HOME}leave/")
    assert client.get(HOME)["Location"] == ENTER
    client.cookies[f"golddraht_my_{settings.PORT}"] = key
    assert client.get(HOME)["Location"] == ENTER, "The key itself opens nothing any more."

    client = inside()
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(HOME)["Location"] == ENTER and client.get(RECORD)["Location"] == ENTER


def test_a_visit_sees_nothing_of_the_workspace_and_of_no_other_company(company: Company) -> None:
    valentina()
    client = inside()
    assert "/konto/" in client.get("/t/heizwerk/inbox/")["Location"]
    assert "sessionid" not in client.cookies and settings.SESSION_COOKIE_NAME not in client.cookies

    other = a_company("moebelhaus", "Möbelhaus")
    with seeing(other.tenant.pk):
        valentina()
    cookie = f"golddraht_my_{settings.PORT}"
    elsewhere = Client()
    elsewhere.cookies[cookie] = client.cookies[cookie].value
    assert elsewhere.get("/my/moebelhaus/de/")["Location"] == "/my/moebelhaus/de/enter/"
    code = Code.objects.latest("pk")
    theirs = token_for("own-code", tenant_id=code.tenant_id, id_=code.pk)
    assert Client().post(f"/my/moebelhaus/de/code/{theirs}/", {"code": digits_of(code)}).status_code == 410
    point = ContactPoint.objects.get()
    link = token_for(OWN_PAGE, tenant_id=point.tenant_id, id_=point.pk)
    assert Client().post(f"/my/moebelhaus/de/enter/{link}/").status_code == 410
    assert Client().get("/my/nobody/de/enter/").status_code == 404


def test_nobody_sees_anothers_concern(company: Company, page: Page) -> None:
    a_conversation()
    a_conversation(customer=bjoern(), subject="Björns Kredit")

    said = page(inside().get(HOME))

    assert "Waschmaschine" in said and "Björns Kredit" not in said


def test_two_behind_one_mailbox_see_what_went_through_it_and_the_rest_for_one_more_fact(
    company: Company, page: Page
) -> None:
    """Anna and Bruno Moser write from one address. Her call is hers; his code shows it not."""
    anna = valentina()
    learn(customer_id=anna.pk, said=[Said(Attribute.NUMBER, "K-20417", "import:shop")], at=MONDAY_MORNING)
    a_conversation(customer=anna, author_name="Valentina Moser", answer_to=(HERS,), subject="Herd")
    a_conversation(customer=anna, author_name="Bruno Moser", answer_to=(HERS,), subject="Rasenmäher")
    call = a_conversation(customer=anna, subject="Anruf wegen Scheidung")
    Message.objects.filter(conversation=call).update(channel=Channel.PHONE)
    client = inside()

    said = page(client.get(HOME))
    assert "Herd" in said and "Rasenmäher" in said and "Scheidung" not in said
    assert client.get(RECORD)["Location"] == PROVE
    assert "Mehr als eine Person" in page(client.get(PROVE))

    for _ in range(MOST_TRIES - 1):
        assert client.post(PROVE, {"number": "K-1"}).status_code == 422
    assert client.post(PROVE, {"number": "k 20417"})["Location"] == RECORD
    assert "Scheidung" in page(client.get(HOME)) and client.get(RECORD).status_code == 200


def test_the_number_is_not_to_be_guessed(company: Company) -> None:
    person = valentina()
    learn(customer_id=person.pk, said=[Said(Attribute.NUMBER, "7", "import:shop")], at=MONDAY_MORNING)
    a_conversation(customer=person, author_name="Bruno Moser", answer_to=(HERS,))
    client = inside()

    for guess in range(20, 20 + MOST_TRIES):
        client.post(PROVE, {"number": str(guess)})
    client.post(PROVE, {"number": "7"})

    assert client.get(RECORD)["Location"] == PROVE


def test_she_corrects_what_was_read_and_it_stands_as_her_own_word(company: Company, page: Page) -> None:
    person = valentina()
    client = inside()
    said = page(client.get(RECORD))
    assert "Valentina Moser" in said and "vom Absender Ihrer E-Mails" in said

    answer = client.post(f"{RECORD}say/", {"attribute": "name", "value": "Dr. Valentina Huber"})
    assert answer["Location"].startswith(RECORD)
    client.post(f"{RECORD}say/", {"attribute": "quiet_hours", "value": "20 bis 8 Uhr"})
    client.post(f"{RECORD}say/", {"attribute": "salutation", "value": "frau"})
    client.post(f"{RECORD}wishes/", {"wish": ["call_me", "repair_first"]})
    client.post(f"{RECORD}wishes/", {"wish": ["repair_first"]})

    held = record_of(customer_id=person.pk)
    assert held[Attribute.NAME][0].value == "Dr. Valentina Huber"
    assert held[Attribute.QUIET_HOURS][0].value == "20:00–08:00"
    assert [one.value for one in held[Attribute.WISH]] == ["repair_first"]
    assert set(Fact.objects.filter(attribute="name").values_list("source", flat=True)) == {"mail:from", "customer"}
    assert Customer.objects.get().salutation == "FRAU"
    assert "das haben Sie uns gesagt" in page(client.get(RECORD))


def test_she_calls_wrong_what_is_wrong_and_nonsense_is_refused_kindly(company: Company, page: Page) -> None:
    person = valentina()
    learn(customer_id=person.pk, said=[Said(Attribute.BORN_ON, "1.2.1970", "import:shop")], at=MONDAY_MORNING)
    client = inside()

    client.post(f"{RECORD}say/", {"attribute": "born_on", "value": "1970-02-01", "denies": "1"})
    assert Attribute.BORN_ON not in record_of(customer_id=person.pk)
    for nonsense in (
        {"attribute": "born_on", "value": "gestern"},
        {"attribute": "number", "value": "K-1"},
        {"attribute": "x"},
    ):
        assert "said=no" in client.post(f"{RECORD}say/", nonsense)["Location"]
    assert "nicht verstanden" in page(client.get(f"{RECORD}?said=no"))


def test_a_further_address_is_hers_when_its_code_says_so(company: Company, page: Page) -> None:
    person = valentina()
    client = inside()
    confirm = client.post(f"{HOME}addresses/", {"further": "Vale@Neu.example"})["Location"]
    code = Code.objects.get(purpose="ADD")
    assert code.recipient == "Vale@Neu.example"

    assert client.post(confirm, {"code": "12"}).status_code == 422
    client.post(confirm, {"code": digits_of(code)})

    point = ContactPoint.objects.get(address="vale@neu.example")
    assert point.customer_id == person.pk and point.source == "customer"
    client.post(f"{HOME}addresses/{point.pk}/drop/")
    assert not ContactPoint.objects.filter(pk=point.pk).exists()
    here = ContactPoint.objects.get(address=HERS)
    client.post(f"{HOME}addresses/{here.pk}/drop/")
    assert ContactPoint.objects.filter(pk=here.pk).exists()


def test_anothers_address_is_not_taken_over_but_looked_at_by_a_colleague(company: Company) -> None:
    hers, his = valentina(), bjoern()
    client = inside()
    confirm = client.post(f"{HOME}addresses/", {"further": "bjoern@kunde.example"})["Location"]
    answer = client.post(confirm, {"code": digits_of(Code.objects.get(purpose="ADD"))})

    assert "elsewhere" in answer["Location"]
    assert ContactPoint.objects.get(address="bjoern@kunde.example").customer_id == his.pk
    pair = Resemblance.objects.get()
    assert {pair.first_id, pair.second_id} == {hers.pk, his.pk}
    client.post(f"{HOME}addresses/{ContactPoint.objects.get(address='bjoern@kunde.example').pk}/drop/")
    assert ContactPoint.objects.filter(address="bjoern@kunde.example").exists()


def test_whoever_is_one_person_sees_the_concerns_of_both(company: Company, page: Page) -> None:
    hers, other = valentina(), bjoern()
    a_conversation(customer=other, subject="Von der anderen Adresse")
    merge_customers(customer_id=other.pk, into_id=hers.pk, reasons=["same person"], at=MONDAY_MORNING)

    assert "Von der anderen Adresse" in page(inside().get(HOME))


def test_a_new_concern_asks_for_nothing_that_is_known(company: Company, page: Page) -> None:
    person = valentina()
    client = inside()
    for _ in range(2):
        answer = client.post(WRITE, {"text": "Der Ofen raucht aus der Tür. Was soll ich tun?"})

    assert answer["Location"] == f"{HOME}?written"
    concern = Conversation.objects.get()
    assert concern.customer_id == person.pk and concern.is_live()
    assert "Der Ofen raucht" in page(client.get(f"{HOME}?written"))


def test_the_receipt_leads_to_the_page(company: Company, mailbox: None, page: Page) -> None:
    a_conversation(at=clock.now())
    receipt = Message.objects.get(automatic="RECEIPT")
    path = re.search(r"(/my/heizwerk/de/enter/\S+/)", receipt.text)

    assert path and "Hineingehen" in page(Client().get(path[1]))


def test_what_is_over_is_forgotten_and_what_was_left_lying_is_sent(company: Company) -> None:
    valentina()
    inside()
    asked(HERS)
    sweep(at=clock.now() + timedelta(minutes=1))
    assert Code.objects.count() == 2 and Visit.objects.count() == 1
    sweep(at=clock.now() + timedelta(days=2))
    assert not Code.objects.exists() and not Visit.objects.exists()


def test_the_page_speaks_english_to_whoever_wants_it(company: Company, page: Page) -> None:
    assert "Send me a code" in page(Client().get("/my/heizwerk/en/enter/"))
    assert Client().get("/my/heizwerk/", headers={"Accept-Language": "en"})["Location"] == "/my/heizwerk/en/"


def test_everything_is_put_together_while_she_looks_on_and_only_she_gets_it(company: Company, page: Page) -> None:
    from golddraht.access.models import Copy
    from golddraht.access.operations.making import make_copy

    a_conversation(answer_to=(HERS,))
    client, path = inside(), f"{HOME}copy/"
    assert "Alles zusammenstellen" in page(client.get(path))
    client.post(path)
    copy = Copy.objects.get()
    assert "<progress" in page(client.get(path, headers={"HX-Request": "true"})) and "hx-get" in page(client.get(path))
    file = f"{path}{copy.pk}/"
    assert client.get(file).status_code == 404

    make_copy(tenant_id=company.tenant.pk, copy_id=copy.pk, clock=clock.now)
    answer = client.get(file)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip" and answer["X-Golddraht-File"]
    copy.refresh_from_db()
    assert copy.fetched_at is not None and "Herunterladen" in page(client.get(path))

    bjoern()
    assert inside("bjoern@kunde.example").get(file).status_code == 404
    assert by_link(ContactPoint.objects.get(address=HERS)).get(file)["Location"] == PROVE
    assert Client().get(file)["Location"] == ENTER
    Copy.objects.update(ends_at=clock.now())
    assert client.get(file).status_code == 404, "Its days are over, also before the sweeper has been there."


def test_a_lead_hands_out_a_copy_and_an_agent_does_not(
    company: Company, signed_in: Callable[[Any], Client], page: Page
) -> None:
    from golddraht.access.models import Copy
    from golddraht.access.operations.making import make_copy

    person = valentina()
    ask = f"/t/heizwerk/customers/{person.pk}/copy/"
    assert signed_in(company.nina).post(ask).status_code == 403
    lea = signed_in(company.lea)
    assert "Kopie der Daten" in page(lea.get(f"/t/heizwerk/customers/{person.pk}/"))
    place = lea.post(ask)["Location"]
    copy = Copy.objects.get()
    assert "Sie wird erstellt" in page(lea.get(place)) and copy.conversation is not None

    make_copy(tenant_id=company.tenant.pk, copy_id=copy.pk, clock=clock.now)
    assert "Herunterladen" in page(lea.get(place))
    assert lea.get(f"{place}file/")["Content-Type"] == "application/zip"
    assert signed_in(company.nina).get(f"{place}file/").status_code == 403


def test_she_asks_to_be_erased_in_two_steps_and_may_think_better_of_it(company: Company, page: Page) -> None:
    a_conversation(at=clock.now())
    client = inside()
    assert "Was wir nach dem Gesetz aufbewahren müssen" in page(client.get(ERASE))
    assert "Bitte zuerst ankreuzen" in page(client.post(ERASE, {}))
    assert not Erasure.objects.exists()
    for _ in range(2):
        assert client.post(ERASE, {"sure": "on"})["Location"] == ERASE
    wish = Erasure.objects.get()
    assert (wish.asker, wish.asked_by_id, wish.approved_at) == (Asker.CUSTOMER, None, None)
    assert "Sie haben darum gebeten" in page(client.get(ERASE))
    assert client.post(f"{ERASE}stay/")["Location"] == HOME
    assert "Alles löschen lassen" in page(client.get(ERASE))
    wish.refresh_from_db()
    assert wish.withdrawn_at is not None


def test_nobody_is_erased_by_a_link_alone(company: Company) -> None:
    client = by_link(ContactPoint.objects.get(customer=a_conversation(at=clock.now()).customer))
    assert client.get(ERASE)["Location"] == PROVE
    assert client.post(ERASE, {"sure": "on"})["Location"] == PROVE
    assert not Erasure.objects.exists()
