"""What a colleague can do on the pages, a program can do with a token."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

from golddraht.access.operations.making import make_copy
from golddraht.conversations.models import Attachment, Conversation, Escalation, Goodwill, Inquiry, Message, Note
from golddraht.customers.operations import Proposed, propose
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.promises.models import Promise
from golddraht.search.operations import read_some
from golddraht.team.models import Absence
from tests.api.programs import Program, a_program, of
from tests.cast import Company, a_conversation, bjoern, valentina
from tests.mails import a_mailbox

HELLO = {"name": "brief.txt", "content_type": "text/plain", "content": base64.b64encode(b"Hallo").decode()}


def soon(**after: int) -> str:
    return (clock.now() + timedelta(**after)).isoformat()


def fresh(**more: Any) -> Conversation:
    """A concern that has just arrived, so that there is time for everything."""
    return a_conversation(at=clock.now(), **more)


def body_of(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


# Who cares, until when


def test_a_concern_changes_hands_and_comes_back(company: Company, shop: Program) -> None:
    concern = fresh()

    given = body_of(shop.post(of(concern) + "/hand-over", {"to_id": company.tom.pk, "note": "Ersatzteil ist bestellt"}))
    taken = body_of(shop.post(of(concern) + "/take"))

    assert (given["owner_name"], taken["owner_name"]) == ("Tom Berger", "Nina Aigner")
    assert Note.objects.get(conversation=concern).text == "Ersatzteil ist bestellt"


def test_nobody_who_does_not_work_here_can_care(shop: Program) -> None:
    refused = body_of(shop.post(of(fresh()) + "/hand-over", {"to_id": 987_654_321}), 422)

    assert refused["type"] == "urn:golddraht:problem:cannot-care"


def test_the_next_touch_moves_within_its_bounds(shop: Program) -> None:
    concern = fresh()

    moved = body_of(shop.send("put", of(concern) + "/next-touch", {"next_touch_at": soon(days=3)}))
    refused = body_of(shop.send("put", of(concern) + "/next-touch", {"next_touch_at": soon(days=99)}), 422)

    assert moved["next_touch_at"][:10] == soon(days=3)[:10]
    assert refused["latest_at"] > soon(days=20)


def test_tags_and_priority_are_set(shop: Program) -> None:
    concern = fresh()

    body_of(shop.send("put", of(concern) + "/tags", {"tags": ["Ofen", " Ofen", "Garantie"]}))
    now = body_of(shop.send("put", of(concern) + "/priority", {"priority": "URGENT"}))

    assert (now["tags"], now["priority"]) == (["Ofen", "Garantie"], "URGENT")


def test_what_needs_no_answer_rests_and_wakes(shop: Program) -> None:
    concern = fresh()

    rests = body_of(shop.send("put", of(concern) + "/needs-no-answer"))
    refused = body_of(shop.send("put", of(concern) + "/next-touch", {"next_touch_at": soon(days=1)}), 409)
    wakes = body_of(shop.send("delete", of(concern) + "/needs-no-answer"))

    assert (rests["status"], rests["next_touch_at"], wakes["status"]) == ("QUIET", None, "OPEN")
    assert refused["type"].endswith(":not-live")


def test_spam_goes_aside_and_comes_back(shop: Program) -> None:
    concern = fresh()

    assert body_of(shop.send("put", of(concern) + "/spam"))["status"] == "SPAM"
    assert body_of(shop.send("delete", of(concern) + "/spam"))["status"] == "OPEN"


def test_reading_is_noted_for_the_member(company: Company, shop: Program) -> None:
    concern = fresh()

    body_of(shop.send("put", of(concern) + "/read"))

    (row,) = body_of(shop.get("/conversations"))["conversations"]
    assert row["is_unread"] is False


# Saying something


def test_an_answer_carries_files_that_can_be_fetched_again(shop: Program) -> None:
    concern = fresh()

    sent = body_of(shop.post(of(concern) + "/replies", {"text": "Anbei.", "attachments": [HELLO]}), 201)
    thread = body_of(shop.get(of(concern)))["thread"]
    (file,) = next(one for one in thread if one["id"] == sent["message_id"] and one["kind"] == "message")["attachments"]
    fetched = shop.get(f"/attachments/{file['id']}")

    assert (file["name"], file["size"]) == ("brief.txt", 5)
    assert fetched.status_code == 200 and fetched["Content-Disposition"].startswith("attachment")
    assert Attachment.objects.get().sha256 == "753692ec36adb4c794c973945eb2a99c1649703ea6f76bf259abb4fb838e013e"


def test_a_file_that_is_no_base64_is_refused(shop: Program) -> None:
    refused = shop.post(of(fresh()) + "/replies", {"text": "Ja", "attachments": [HELLO | {"content": "%%"}]})

    assert refused.status_code == 422 and not Attachment.objects.exists()


def test_a_call_in_a_known_concern_is_kept_in_it(shop: Program) -> None:
    concern = fresh()

    kept = body_of(shop.post(of(concern) + "/heard", {"channel": "PHONE", "text": "Donnerstag passt."}), 201)

    assert kept["conversation"] == spoken(concern.number)
    assert Message.objects.get(pk=kept["message_id"]).channel == "PHONE"


def test_a_third_party_is_asked(shop: Program) -> None:
    question = {
        "asked": "Spedition",
        "address": "dispo@spedition.example",
        "text": "Wo ist er?",
        "due_at": soon(days=1),
    }

    now = body_of(shop.post(of(fresh()) + "/inquiries", question), 201)

    assert [one["asked"] for one in now["inquiries"]] == ["Spedition"]
    assert Inquiry.objects.get().address == "dispo@spedition.example"


def test_goodwill_is_granted_up_to_the_members_limit(shop: Program) -> None:
    concern, granted = fresh(), {"kind": "CREDIT", "cents": 4000, "reason": "Kalt"}

    now = body_of(shop.post(of(concern) + "/goodwill", granted), 201)
    refused = body_of(shop.post(of(concern) + "/goodwill", granted), 422)

    assert now["goodwill_cents"] == Goodwill.objects.get().cents == 4000
    assert (refused["type"], refused["left_cents"]) == ("urn:golddraht:problem:goodwill-too-high", 1000)


def test_one_writes_first(company: Company, shop: Program) -> None:
    words = {"customer": {"email": "gerda@kundin.example"}, "subject": "Ihr Ofen", "text": "Er ist da."}

    sent = body_of(shop.post("/conversations/first-words", words), 201)
    unreachable = shop.post("/conversations/first-words", words | {"customer": {"name": "Ohne Adresse"}})

    assert Message.objects.get(pk=sent["message_id"]).direction == "OUT"
    assert body_of(unreachable, 422)["type"].endswith(":cannot-reach")


# Solved


def test_whether_it_is_solved_is_asked_withdrawn_and_confirmed(shop: Program) -> None:
    a_mailbox()
    concern = fresh()

    asked = body_of(shop.send("put", of(concern) + "/solution", {"text": "Geht es wieder?"}))
    withdrawn = body_of(shop.send("delete", of(concern) + "/solution"))
    nothing = body_of(shop.send("delete", of(concern) + "/solution"), 404)
    confirmed = body_of(shop.post(of(concern) + "/solution/confirmed"))

    assert [one["solution"]["answer"] for one in (asked, withdrawn, confirmed)] == ["ASKED", "WITHDRAWN", "CONFIRMED"]
    assert (asked["status"], confirmed["status"]) == ("PROPOSED", "SOLVED")
    assert nothing["type"].endswith(":no-such-proposal")


# Two that are one


def test_concerns_are_merged_and_taken_apart_again(shop: Program) -> None:
    one, other = fresh(), fresh(subject="Noch einmal")

    merged = body_of(shop.post(of(other) + "/merge", {"number": spoken(one.number)}))
    (move,) = merged["moves"]
    undone = body_of(shop.post(f"{of(other)}/moves/{move['move_id']}/undo"))

    assert (merged["status"], merged["merged_into"]) == ("MERGED", spoken(one.number))
    assert (undone["status"], undone["merged_into"], undone["moves"]) == ("OPEN", "", [])


def test_a_move_of_another_concern_is_not_undone_here(shop: Program) -> None:
    one, other, third = fresh(), fresh(), fresh(customer=bjoern())
    (move,) = body_of(shop.post(of(other) + "/merge", {"number": spoken(one.number)}))["moves"]

    assert shop.post(f"{of(third)}/moves/{move['move_id']}/undo").status_code == 404
    assert shop.post(of(other) + "/merge", {"number": spoken(one.number)}).status_code == 409


def test_messages_are_split_off(shop: Program) -> None:
    concern = fresh()
    heard = body_of(shop.post(of(concern) + "/heard", {"channel": "PHONE", "text": "Und die Rechnung?"}), 201)

    now = body_of(shop.post(of(concern) + "/split", {"message_ids": [heard["message_id"]], "subject": "Rechnung"}))

    assert [(one["relation"], one["subject"]) for one in now["linked"]] == [("SPLIT", "Rechnung")]
    everything = list(Message.objects.filter(conversation=concern).values_list("pk", flat=True))
    assert shop.post(of(concern) + "/split", {"message_ids": everything}).status_code == 422


def test_concerns_are_linked_and_unlinked(shop: Program) -> None:
    one, other = fresh(), fresh()

    linked = body_of(shop.post(of(one) + "/links", {"number": spoken(other.number)}), 201)["linked"]
    unlinked = body_of(shop.send("delete", f"{of(other)}/links/{linked[0]['link_id']}"))

    assert [each["number"] for each in linked] == [spoken(other.number)]
    assert unlinked["linked"] == []
    assert shop.post(of(one) + "/links", {"number": spoken(one.number)}).status_code == 422


# Promises


def a_promise(shop: Program, concern: Conversation, **more: Any) -> Any:
    told = {"conversation": spoken(concern.number), "kind": "DELIVERY", "what": "Ofen", "due_at": soon(days=2)}
    return body_of(shop.post("/promises", told | more), 201)


def test_a_promise_is_made_and_kept(company: Company, shop: Program) -> None:
    made = a_promise(shop, fresh())

    kept = body_of(shop.post(f"/promises/{made['id']}/kept", {}))

    assert (made["state"], made["owner_id"], kept["state"]) == ("OPEN", company.nina.pk, "KEPT")
    assert shop.post(f"/promises/{made['id']}/change", {"due_at": soon(days=4), "agreed": True}).status_code == 409


def test_a_promise_may_be_to_a_customer_without_a_concern_and_must_be_to_somebody(shop: Program) -> None:
    told = {"kind": "CALLBACK", "due_at": soon(hours=2)}

    assert body_of(shop.post("/promises", told | {"customer_id": valentina().pk}), 201)["conversation"] is None
    assert body_of(shop.post("/promises", told), 422)["type"].endswith(":nobody-named")
    assert body_of(shop.post("/promises", told | {"customer_id": 987_654_321}), 404)


def test_a_promise_about_the_past_is_refused_with_its_reason(shop: Program) -> None:
    told = {"conversation": spoken(fresh().number), "kind": "VISIT", "what": "Besuch", "due_at": "2020-01-01T00:00:00Z"}

    assert body_of(shop.post("/promises", told), 422)["reason"] == "PAST"


def test_another_date_takes_the_place_of_the_first(shop: Program) -> None:
    made = a_promise(shop, fresh())

    stands = body_of(shop.post(f"/promises/{made['id']}/change", {"due_at": soon(days=5), "agreed": True}))

    first = body_of(shop.get(f"/promises/{made['id']}"))
    assert (first["state"], first["replaced_by_id"], stands["state"]) == ("CHANGED", stands["id"], "OPEN")


def test_a_danger_is_announced_with_ways_out_and_called_off(shop: Program) -> None:
    made = a_promise(shop, fresh())
    told = {"why": "Lieferwagen defekt", "options": [{"kind": "OTHER_DATE", "due_at": soon(days=4)}]}

    danger = body_of(shop.send("put", f"/promises/{made['id']}/danger", told))
    again = body_of(shop.send("put", f"/promises/{made['id']}/danger", told), 409)
    over = body_of(shop.send("delete", f"/promises/{made['id']}/danger"))

    assert ([one["kind"] for one in danger["options"]], danger["danger"]) == (["OTHER_DATE"], "Lieferwagen defekt")
    assert (again["reason"], over["danger"], over["options"]) == ("ALREADY", "", [])


def test_a_disturbance_is_looked_at_announced_and_followed(shop: Program, office: Program) -> None:
    a_promise(shop, fresh(), tour="Tour 7")
    when = {"starts_at": soon(days=1), "ends_at": soon(days=3)}
    query = f"starts_at={when['starts_at']}&ends_at={when['ends_at']}&tour=Tour 7".replace("+", "%2B")

    seen = body_of(office.get(f"/disturbances/preview?{query}"))["promises"]
    told = body_of(office.post("/disturbances", when | {"words": "Tour 7 fällt aus.", "tour": "Tour 7"}), 201)

    assert [one["tour"] for one in seen] == ["Tour 7"]
    assert [one["is_told"] for one in told["touched"]] == [True]
    assert body_of(office.get(f"/disturbances/{told['id']}"))["words"] == "Tour 7 fällt aus."
    assert body_of(shop.get(f"/disturbances/{told['id']}"), 403)["type"].endswith(":role-too-low")


def test_promises_stand_beside_concern_and_customer_and_in_the_rate(shop: Program) -> None:
    concern = fresh()
    made = a_promise(shop, concern)
    body_of(shop.post(f"/promises/{made['id']}/kept", {}))

    beside = body_of(shop.get(of(concern) + "/promises"))["promises"]
    theirs = body_of(shop.get(f"/customers/{concern.customer_id}/promises"))["promises"]
    rate = body_of(shop.get(f"/promises/kept-rate?kind=DELIVERY&until={soon(days=9).replace('+', '%2B')}"))

    assert (
        {one["id"] for one in beside}
        == {one["id"] for one in theirs}
        == set(Promise.objects.values_list("pk", flat=True))
    )
    assert (rate["kept"], rate["broken"], rate["share"]) == (1, 0, 1.0)


# Customers


def test_a_customer_is_found_read_and_corrected(shop: Program) -> None:
    person = valentina()
    concern = fresh(customer=person)

    read_some()
    found = body_of(shop.get("/customers/search?q=moser"))["customers"]
    body_of(shop.send("patch", f"/customers/{person.pk}", {"matters": "Bitte zweimal klingeln", "salutation": "FRAU"}))
    known = body_of(shop.get(f"/customers/{person.pk}"))

    assert [one["id"] for one in found] == [person.pk]
    assert (known["matters"], known["matters_source"], known["salutation_source"]) == (
        "Bitte zweimal klingeln",
        "member",
        "customer",
    )
    assert (known["name"], known["name_source"]) == ("Valentina Moser", "mail:from")
    assert [one["address"] for one in known["contact_points"]] == ["valentina@kundin.example"]
    theirs = body_of(shop.get(f"/customers/{person.pk}/conversations"))["conversations"]
    assert [one["number"] for one in theirs] == [spoken(concern.number)]


def test_a_program_reads_the_record_and_adds_to_it(shop: Program) -> None:
    person = valentina()
    told = {
        "attribute": "postal",
        "value": "Lendkai 12\n8020 Graz\nAT",
        "source": "import:shop",
        "evidence": "88-2051",
        "said_at": "2026-11-02T10:00:00Z",
    }

    body_of(shop.send("post", f"/customers/{person.pk}/facts", told), 201)
    body_of(shop.send("post", f"/customers/{person.pk}/facts", told), 201)
    known = body_of(shop.get(f"/customers/{person.pk}/facts"))

    assert [one["value"] for one in known["golden"] if one["attribute"] == "postal"] == [told["value"]]
    assert sorted(one["source"] for one in known["facts"]) == ["import:shop", "mail:from"]
    refused = shop.send("post", f"/customers/{person.pk}/facts", told | {"value": "irgendwo"})
    assert refused.status_code == 422 and refused.json()["type"].endswith("no-such-value")


def test_a_program_merges_takes_apart_and_reads_the_journey(shop: Program) -> None:
    one, other = valentina(), bjoern()
    fresh(customer=other)

    merge = body_of(
        shop.send("post", "/merges", {"customer_id": other.pk, "into_id": one.pk, "reasons": ["test"]}), 201
    )
    together = body_of(shop.get(f"/customers/{one.pk}/journey?limit=1"))
    following = body_of(shop.get(f"/customers/{one.pk}/journey?cursor={together['next'].replace('+', '%2B')}"))
    again = shop.send("post", "/merges", {"customer_id": other.pk, "into_id": one.pk})
    undone = body_of(shop.send("post", f"/merges/{merge['id']}/undo", {"why": "two"}))

    assert (merge["customer_id"], merge["head_id"]) == (other.pk, one.pk)
    assert together["events"][0]["kind"] == "merged" and "wrote" in {row["kind"] for row in following["events"]}
    assert again.status_code == 409 and again.json()["reason"] == "SAME"
    assert undone["undone_why"] == "two"
    assert shop.send("post", f"/merges/{merge['id']}/undo", {"why": "two"}).status_code == 409
    assert [row["id"] for row in body_of(shop.get(f"/merges?customer_id={other.pk}"))["merges"]] == [merge["id"]]


def test_a_program_settles_a_pair(shop: Program) -> None:
    one, other = valentina(), bjoern()
    propose(pairs=[Proposed(one.pk, other.pk, 0.8, ("same address",))], found_by="model:1", at=clock.now())

    (pair,) = body_of(shop.get("/merges/proposed"))["resemblances"]
    settled = body_of(shop.send("post", f"/merges/proposed/{pair['id']}/settle", {"settled_as": "different"}))

    assert pair["reasons"] == ["same address"] and settled == {"merge_id": None}
    assert body_of(shop.get("/merges/proposed"))["resemblances"] == []


# Leads


def test_a_lead_takes_and_hands_on_what_was_missed(company: Company) -> None:
    lead, concern = a_program(company.lea), fresh()
    missed = [
        Escalation.objects.create(
            conversation=concern, lead=company.lea, at=clock.now(), missed_at=clock.now() - timedelta(minutes=pause)
        )
        for pause in (1, 2)
    ]

    told = body_of(lead.get("/leading/escalations"))["escalations"]
    handed = body_of(lead.post(f"/leading/escalations/{missed[0].pk}/hand-on", {"to_id": company.tom.pk}))
    taken = body_of(lead.post(f"/leading/escalations/{missed[1].pk}/take"))

    assert len(told) == 2
    assert (handed["owner_name"], taken["owner_name"]) == ("Tom Berger", "Lea Conrad")
    assert a_program(company.tom).post(f"/leading/escalations/{missed[0].pk}/take").status_code == 404


def test_a_lead_answers_many_and_looks_at_the_quiet(company: Company, shop: Program) -> None:
    lead, one, other = a_program(company.lea), fresh(), fresh(customer=bjoern(at=clock.now()))
    numbers = [spoken(one.number), spoken(other.number)]

    errand = {"name": "Störung", "conversations": numbers, "acts": {"text": "{greeting}\n\nbehoben."}}
    answered = body_of(lead.post("/errands", errand), 201)
    body_of(shop.send("put", of(one) + "/needs-no-answer"))

    assert (answered["done"], answered["left"]) == (2, [])
    assert body_of(lead.post("/leading/quiet-reviews", {"numbers": numbers})) == {"changed": 1}
    assert body_of(lead.post(f"/errands/{answered['id']}/undo"))["undone"] == 2
    assert shop.post("/errands", errand).status_code == 403


# The team


def test_the_team_is_told_without_secrets(company: Company, office: Program) -> None:
    members = body_of(office.get("/team/members"))["members"]
    (team,) = body_of(office.get("/team/teams"))["teams"]

    assert [one["name"] for one in members] == ["Ada Dorn", "Lea Conrad", "Nina Aigner", "Tom Berger"]
    assert (team["lead_name"], team["hours"][0], team["answer_within_minutes"]) == ("Lea Conrad", "MO 08:00-18:00", 240)
    assert team["promises"] == [{"priority": "NORMAL", "answer_within_minutes": 240, "touch_within_minutes": None}]
    assert set(team["member_ids"]) == {company.nina.pk, company.tom.pk}
    assert body_of(office.get("/team/mailboxes")) == {"mailboxes": []}
    assert body_of(office.get("/team/alarms")) == {"alarms": []}


def test_an_admins_program_sets_what_a_team_promises(company: Company, shop: Program) -> None:
    url = f"/team/teams/{company.team.pk}/promises"
    usual = {"priority": "NORMAL", "answer_within_minutes": 240, "touch_within_minutes": None}
    urgent = {"priority": "URGENT", "answer_within_minutes": 60, "touch_within_minutes": 480}

    now = body_of(a_program(company.ada).send("put", url, {"promises": [usual, urgent]}))
    later = body_of(
        a_program(company.ada).send("put", url, {"promises": [usual, urgent | {"answer_within_minutes": 300}]}), 422
    )
    nobody = body_of(a_program(company.ada).send("put", "/team/teams/987654/promises", {"promises": [usual]}), 404)
    agents = body_of(shop.send("put", url, {"promises": [usual]}), 403)

    assert now["promises"] == [usual, urgent]
    assert (later["type"], nobody["type"]) == (
        "urn:golddraht:problem:team-refused",
        "urn:golddraht:problem:no-such-team",
    )
    assert agents["status"] == 403


def test_absences_are_planned_and_cancelled_by_a_lead(company: Company, office: Program, shop: Program) -> None:
    away = {
        "member_id": company.nina.pk,
        "deputy_id": company.tom.pk,
        "starts_at": soon(days=1),
        "ends_at": soon(days=8),
    }

    planned = body_of(office.post("/team/absences", away), 201)
    wrong = body_of(office.post("/team/absences", away | {"ends_at": soon(hours=1)}), 422)
    left = body_of(office.send("delete", f"/team/absences/{planned['id']}"))

    assert (planned["deputy_name"], left["absences"], Absence.objects.count()) == ("Tom Berger", [], 0)
    assert wrong["type"].endswith(":absence-refused")
    assert shop.post("/team/absences", away).status_code == 403


def test_a_copy_of_everything_is_asked_for_and_fetched_by_whoever_may(
    company: Company, office: Program, shop: Program
) -> None:
    path = f"/customers/{valentina().pk}/copies"
    assert body_of(shop.post(path, {"words": "Bitte alles."}), 403)["type"].endswith("role-too-low")

    asked = body_of(office.post(path, {"words": "Bitte alles."}), 201)
    assert asked["state"] == "WAITING"
    assert body_of(office.get(f"{path}/{asked['id']}/file"), 404)["type"].endswith("no-such-copy")
    make_copy(tenant_id=company.tenant.pk, copy_id=asked["id"], clock=clock.now)

    assert body_of(office.get(f"{path}/{asked['id']}"))["done"] == 100
    assert office.get(f"{path}/{asked['id']}/file")["Content-Type"] == "application/zip"
