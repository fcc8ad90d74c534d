"""What belongs to a company: found from the models, so that a new table comes along by itself; what stays behind says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from golddraht.plumbing.models import Tenant
from golddraht.plumbing.secrets import SecretField

FORMAT = 1
"""Of the archive; a program that does not know it refuses."""

STAYS = {
    "team.ApiToken": "a token opens one installation; programs get new ones",
    "team.RememberedAnswer": "what a program was answered is remembered for two days, under its token",
    "team.Founding": "names companies of this installation",
    "team.Invitation": "its link was signed here; people are asked anew",
    "conversations.Attendance": "who has a concern open is over within seconds",
    "channels.Doorplate": "says which mailbox here takes an address; put up when the mailbox is opened again",
    "channels.DomainPlate": "a domain proves itself anew to another installation",
    "channels.DomainKey": "a private key stays where it was made",
    "channels.OwnKey": "a private key stays where it was made",
    "channels.SignIn": "a connection without its secret opens nothing; connect the mailbox anew",
    "channels.Token": "a secret",
    "programs.Webhook": "its secret stays here; set it up anew",
    "programs.Occurrence": "only told to webhooks",
    "programs.HookDelivery": "only told to webhooks",
    "programs.HookAttempt": "only told to webhooks",
    "notices.Device": "a browser speaks with the installation in which it was switched on",
    "notices.Notice": "only told to devices, for a day",
    "consent.ObjectionMark": "hashed with a key of this installation; whoever objected is in the consents, which go along",
    "access.Code": "good for ten minutes",
    "access.Copy": "kept for a week, and made anew whenever somebody asks",
    "access.Visit": "a customer's visit ends after an hour",
    "customers.Look": "everybody is looked at anew where they arrive",
    "privacy.Erasure": "whoever asked is answered where they asked; whom the ledger names does not arrive elsewhere either",
    "privacy.ErasureLine": "says what was erased here",
    "privacy.DoomedFile": "a file that is about to go here",
    "privacy.Locked": "sealed under the key of this installation; the archive page gives it out",
    "privacy.ArchiveRight": "a right to an archive that stays here",
    "privacy.ArchiveOpening": "who opened what in an archive that stays here",
    "privacy.KeepingPolicy": "somebody looks at the preview anew where it arrives",
    "privacy.KeepingRun": "says what went here, day by day",
    "privacy.KeepingLine": "says what went here, day by day",
    "search.Document": "made anew from what it makes findable",
    "search.Name": "made anew from what it makes findable",
    "search.Unread": "made anew from what it makes findable",
}
"""Tables of a tenant that do not go along, with the reason."""

BELONGS_TO = {
    "conversations.Move": {
        "message_ids": "conversations.Message",
        "note_ids": "conversations.Note",
        "milestone_ids": "conversations.Milestone",
        "inquiry_ids": "conversations.Inquiry",
        "goodwill_ids": "conversations.Goodwill",
    },
    "customers.Merge": {"actor_id": "team.Membership", "undone_actor_id": "team.Membership"},
    "customers.Belonging": {"actor_id": "team.Membership", "ended_actor_id": "team.Membership"},
    "customers.FormerWay": {"ended_actor_id": "team.Membership"},
    "customers.Asking": {"message_id": "conversations.Message", "actor_id": "team.Membership"},
    "customers.Doubt": {"actor_id": "team.Membership"},
    "customers.Resemblance": {"actor_id": "team.Membership"},
    "customers.Fact": {"message_id": "conversations.Message", "actor_id": "team.Membership"},
    "consent.ConsentAct": {
        "message_id": "conversations.Message",
        "note_id": "conversations.Note",
        "actor_id": "team.Membership",
    },
    "consent.ConsentText": {"actor_id": "team.Membership"},
    "consent.ChannelChoice": {"actor_id": "team.Membership"},
    "consent.Permission": {"actor_id": "team.Membership"},
    "consent.Refusal": {"conversation_id": "conversations.Conversation", "actor_id": "team.Membership"},
    "commerce.Statement": {
        "customer_id": "customers.Customer",
        "import_id": "imports.Import",
        "actor_id": "team.Membership",
    },
    "commerce.BadRow": {"import_id": "imports.Import", "actor_id": "team.Membership"},
    "journey.Event": {
        "promise_id": "promises.Promise",
        "merge_id": "customers.Merge",
        "order_id": "commerce.Order",
        "delivery_id": "commerce.Delivery",
        "appointment_id": "commerce.Appointment",
        "return_id": "commerce.Return",
    },
    "conversations.TagChange": {
        "conversation_ids": "conversations.Conversation",
        "both_ids": "conversations.Conversation",
        "macro_ids": "conversations.Macro",
    },
    "imports.Row": {
        "customer_id": "customers.Customer",
        "said_id": "commerce.Statement",
        "actor_id": "team.Membership",
    },
    "conversations.ErrandLine": {"seen_message_id": "conversations.Message"},
    "conversations.Draft": {"seen_message_id": "conversations.Message"},
    "plumbing.Trace": {"actor_id": "team.Membership", "seat_id": "team.ClientSeat", "subject_id": "*"},
}
"""Numbers that name rows without a foreign key; `*` is a row of the table that `subject` names."""

NO_ROW = {
    "conversations.Attachment.content_id",
    "channels.MailRecord.mail_id",
    "channels.Reference.mail_id",
    "telephone.Call.call_id",
}
"""Fields that end like an id and name no row of ours."""

Model = type[models.Model]


def tables() -> list[Model]:
    """The tables that go along, whoever is pointed at before whoever points."""
    chosen = [model for model in _of_tenants() if model._meta.label not in STAYS]
    ordered: list[Model] = []
    for model in sorted(chosen, key=lambda one: one._meta.label):
        _put(model, chosen, ordered, ())
    # The trail names rows of all others.
    return sorted(ordered, key=lambda one: one._meta.label == "plumbing.Trace")


def _of_tenants() -> Iterator[Model]:
    for model in apps.get_models():
        if model._meta.managed and any(field.name == "tenant" for field in model._meta.fields):
            yield model


def _put(model: Model, chosen: list[Model], ordered: list[Model], above: tuple[Model, ...]) -> None:
    if model in ordered or model in above:
        return
    for field in relations(model):
        if field.related_model in chosen:
            _put(field.related_model, chosen, ordered, (*above, model))
    ordered.append(model)


def relations(model: Model) -> list[Any]:
    """The foreign keys of a table, besides the one to its tenant."""
    return [field for field in model._meta.fields if field.is_relation and field.name != "tenant"]


def columns(model: Model) -> list[Any]:
    """What is written of a row: everything but its tenant, what PostgreSQL works out itself, and secrets."""
    return [
        field
        for field in model._meta.fields
        if field.name != "tenant" and not isinstance(field, models.GeneratedField | SecretField)
    ]


def loose_numbers(model: Model) -> Iterator[str]:
    """Fields that look as if they named rows and are no foreign keys."""
    for field in model._meta.fields:
        inner = field.base_field if isinstance(field, ArrayField) else field
        is_number = isinstance(inner, models.BigIntegerField | models.IntegerField) and not field.primary_key
        if not field.is_relation and field.name.endswith(("_id", "_ids")) and is_number:
            yield field.name


OF_THIS_HOUSE = {"id", "slug", "most_clients", "closed_at"}
"""Of the company, but decided where it is: its number and name, and what it may found there."""


def company_columns() -> list[Any]:
    return [field for field in Tenant._meta.fields if field.name not in OF_THIS_HOUSE]


PERSON = ("email", "name", "language", "is_active")
