"""Every component alive, with invented people: `gallery(request, scene="components")` serves it (for DEBUG only).

The dataclasses here are samples of what the components take; places make their own from their queries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SCENES = {
    "components": "gallery.html",
    "workspace": "gallery/workspace.html",
    "portal": "gallery/portal.html",
    "catcher": "gallery/catcher.html",
    "sign-in": "gallery/sign_in.html",
}


@dataclass(frozen=True)
class Viewer:
    name: str = "Nina Aigner"
    initials: str = "NA"
    tenant_name: str = "Ofenhaus Moser"
    tenant_slug: str = "ofenhaus"
    role: str = "agent"


@dataclass(frozen=True)
class Row:
    customer_name: str
    initials: str
    hue: int
    subject: str
    preview: str
    when: datetime
    channel_icon: str
    channel_name: str
    next_touch_text: str
    touch_state: str = "ok"
    is_unread: bool = False
    is_active: bool = False
    badge: str = ""
    url: str = "#main"


@dataclass(frozen=True)
class Option:
    key: str
    title: str
    text: str
    cost_text: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Attachment:
    name: str
    size_text: str
    url: str = "#main"


@dataclass(frozen=True)
class Utterance:
    kind: str
    id: int
    when: datetime
    text: str
    author_name: str = ""
    way_text: str = ""
    to_text: str = ""
    icon: str = ""
    state: str = ""
    is_outgoing: bool = False
    is_automatic: bool = False
    options: tuple[Option, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    quoted: str = ""
    delivery_text: str = ""
    delivery_state: str = "none"


@dataclass(frozen=True)
class Promise:
    title: str
    when_text: str
    state: str
    state_text: str
    owner_name: str = ""
    url: str = "#main"


@dataclass(frozen=True)
class Happening:
    text: str
    when: datetime
    is_now: bool = False
    url: str = ""


@dataclass(frozen=True)
class Meter:
    label: str
    value: str
    text: str
    state: str = "none"
    unit: str = ""
    points: str = ""
    picture_text: str = ""


@dataclass(frozen=True)
class Pager:
    newer_url: str = ""
    older_url: str = "#main"
    text: str = "1–50 von 212"


@dataclass(frozen=True)
class Samples:
    rows: list[Row]
    thread: list[Utterance]
    options: tuple[Option, ...]
    promises: list[Promise]
    happenings: list[Happening]
    meters: list[Meter]
    soon: datetime
    pager: Pager = field(default_factory=Pager)


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Your name"))
    email = forms.EmailField(label=_("E-mail"), help_text=_("We write there only about this matter."))
    channel = forms.ChoiceField(
        label=_("How shall we answer?"),
        choices=[("mail", "E-Mail"), ("sms", "SMS"), ("phone", "Telefon")],
        widget=forms.RadioSelect,
    )
    city = forms.ChoiceField(label=_("Branch"), choices=[("g", "Graz"), ("m", "München")], required=False)
    text = forms.CharField(label=_("What is it about?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    keep = forms.BooleanField(
        label=_("Keep me posted about this order"), help_text=_("You can stop it any time."), required=False
    )


def gallery(request: HttpRequest, scene: str = "components") -> HttpResponse:
    """One scene of the gallery; 404 for a scene that does not exist."""
    if scene not in SCENES:
        raise Http404
    return render(request, SCENES[scene], _context(timezone.now()))


def _context(at: datetime) -> dict[str, object]:
    form = SampleForm({"name": "", "email": "nina@", "channel": "sms"})
    return {
        "viewer": Viewer(),
        "nav": "inbox",
        "company_name": "Ofenhaus Moser",
        "imprint_url": "#main",
        "samples": samples(at),
        "form": form,
    }


def samples(at: datetime) -> Samples:
    return Samples(
        rows=_rows(at),
        thread=_thread(at),
        options=_options(),
        promises=_promises(),
        happenings=_happenings(at),
        meters=_meters(),
        soon=at + timedelta(minutes=40),
    )


def _rows(at: datetime) -> list[Row]:
    def ago(minutes: int) -> datetime:
        return at - timedelta(minutes=minutes)

    return [
        Row(
            "Valentina Moser",
            "VM",
            4,
            "Lieferung kam nicht ins Haus",
            "Der Fahrer sagt, er darf nur bis zur Bordsteinkante liefern",
            ago(0),
            "phone",
            "Anruf",
            "Nächste Meldung heute 15:00",
            "soon",
            is_unread=True,
            is_active=True,
        ),
        Row(
            "Björn Petersen",
            "BP",
            6,
            "Waschmaschine pumpt nicht ab",
            "Ich habe den ganzen Vormittag gewartet und niemand kam",
            ago(22),
            "mail",
            "E-Mail",
            "Nächste Meldung heute 16:30",
            is_unread=True,
            badge="Zusage",
        ),
        Row(
            "Ayşe Demir",
            "AD",
            10,
            "Rückruf wegen Garantie",
            "Dienstag passt mir gut, danke Ihnen!",
            ago(44),
            "message",
            "Chat",
            "Nächste Meldung Di 10:00",
        ),
        Row(
            "Karl-Heinz Groß",
            "KG",
            2,
            "Rechnung doppelt abgebucht",
            "Bitte um Prüfung der Abbuchung vom 4.11.",
            ago(66),
            "letter",
            "Brief",
            "Nächste Meldung heute 17:00",
        ),
        Row(
            "Emma Hoffmann",
            "EH",
            8,
            "Abholung Filiale Graz",
            "Ich bin gegen 14 Uhr da, Bestellung 88-2041",
            ago(93),
            "store",
            "Filiale",
            "Nächste Meldung heute 14:00",
            "soon",
        ),
        Row(
            "Mehmet Yılmaz",
            "MY",
            0,
            "Kaffeevollautomat: Dichtung",
            "Die Anleitung hat geholfen, läuft wieder.",
            ago(137),
            "mail",
            "E-Mail",
            "Bestätigung bis Mo 09:00",
            "none",
        ),
        Row(
            "Piotr Nowak",
            "PN",
            5,
            "Frage zur Lieferzeit E-Herd",
            "Vielen Dank für die schnelle Antwort.",
            ago(1600),
            "mail",
            "E-Mail",
            "Nächste Meldung Mo 09:00",
            "none",
        ),
        Row(
            "Ursula Köhler",
            "UK",
            11,
            "Beschwerde: Techniker nicht erschienen",
            "Zum zweiten Mal niemand gekommen. Ich erwarte eine Antwort",
            ago(4000),
            "letter",
            "Brief",
            "Nächste Meldung heute 13:30",
            "late",
            is_unread=True,
            badge="Beschwerde",
        ),
    ]


def _options() -> tuple[Option, ...]:
    return (
        Option("morgen", "Morgen 8–10 Uhr", "zwei Personen, bis in den Keller", "ohne Kosten"),
        Option("heute", "Heute 17–18 Uhr", "Team Graz trägt ein", "ohne Kosten", is_chosen=True),
        Option("retour", "Zurücksenden", "Geld bis Donnerstag am Konto"),
    )


def _thread(at: datetime) -> list[Utterance]:
    def ago(minutes: int) -> datetime:
        return at - timedelta(minutes=minutes)

    return [
        Utterance(
            "message",
            1,
            ago(30),
            "Ihre Spedition steht vor der Tür und will die 540 Kilo Holzbriketts am Gehsteig abladen. "
            "Ich bin allein, und es soll regnen!",
            "Valentina Moser",
            "Anruf, Computerstimme, mitgeschrieben mit Einwilligung",
        ),
        Utterance(
            "message",
            2,
            ago(30),
            "Guten Tag Frau Moser, Ihr Anruf zur Lieferung 88-2017 ist bei Nina Aigner. "
            "Sie meldet sich bis 12:30 Uhr. Diese Zeilen schrieb ein Programm.",
            "Ofenhaus Moser",
            "SMS",
            is_outgoing=True,
            is_automatic=True,
        ),
        Utterance(
            "event",
            3,
            ago(29),
            "Zusage „Lieferung bis in den Keller, heute 12–14 Uhr“ ist in Gefahr · Nina verständigt nach 4 s",
            icon="alert",
            state="soon",
        ),
        Utterance(
            "message",
            4,
            ago(28),
            "Guten Tag Frau Moser, ich kümmere mich selbst darum. Die Ware bleibt trocken im Wagen. "
            "Sie haben die Wahl:",
            "Nina Aigner (Sie)",
            "SMS, so von Frau Moser gewählt",
            is_outgoing=True,
            options=_options(),
            delivery_text="Angekommen",
            delivery_state="ok",
        ),
        Utterance(
            "event",
            5,
            ago(27),
            "Frau Moser hat „Heute 17–18 Uhr“ gewählt · neue Zusage im gegenseitigen Einverständnis",
        ),
        Utterance(
            "note",
            6,
            ago(23),
            "Tour 17:00 mit zwei Leuten bestätigt? Kulanz 35 € liegt in meinem Rahmen.",
            "Nina Aigner",
            to_text="an Spedition Rauch, zugesagt bis 14:00",
        ),
        Utterance(
            "message",
            7,
            ago(4),
            "Danke, das ist lieb. Hier ein Foto vom Kellerabgang.",
            "Valentina Moser",
            "SMS",
            attachments=(Attachment("kellerabgang.jpg", "1,2 MB"), Attachment("lieferschein-88-2017.pdf", "84 kB")),
            quoted="Guten Tag Frau Moser, ich kümmere mich selbst darum.",
        ),
    ]


def _promises() -> list[Promise]:
    return [
        Promise("Lieferung in den Keller", "heute 17–18 Uhr", "kept", "vereinbart"),
        Promise("Meldung durch Nina", "heute 15:00", "soon", "in 40 Minuten"),
        Promise("Lieferung 12–14 Uhr", "heute", "late", "vorher gemeldet, geändert"),
        Promise("Gutschrift 35 €", "Do 27.11.", "open", "offen", "Buchhaltung"),
    ]


def _happenings(at: datetime) -> list[Happening]:
    return [
        Happening("Anruf, nach 1 s angenommen", at, is_now=True),
        Happening("Bestellung 540 kg Briketts", at - timedelta(days=2), url="#main"),
        Happening("Filiale Graz: Beratung Kaminofen", at - timedelta(days=19)),
        Happening("E-Mail: Anliegen gelöst, bestätigt", at - timedelta(days=38)),
    ]


def _meters() -> list[Meter]:
    return [
        Meter(
            "Gehaltene Zusagen",
            "97,4",
            "1,2 Punkte besser als letzte Woche",
            "ok",
            "%",
            "0,20 16,22 33,15 50,17 66,9 83,11 100,4",
            "Steigt über sieben Tage von 94 auf 97,4 Prozent",
        ),
        Meter(
            "Erste Antwort",
            "11",
            "Hälfte der Anliegen, in der Arbeitszeit",
            "none",
            "min",
            "0,6 16,9 33,8 50,14 66,12 83,18 100,20",
            "Fällt über sieben Tage von 26 auf 11 Minuten",
        ),
        Meter("Überfällige Meldungen", "1", "Ursula Köhler, seit 20 Minuten", "late"),
    ]
