"""The two client companies of the demo, their people and their teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from golddraht.team.rules import Pace, Priority, Role

WEEKDAYS = [(day, time(8), time(18)) for day in range(5)]
WITH_SATURDAY = [*WEEKDAYS, (5, time(9), time(14))]
HOUR = timedelta(hours=1)
Span = tuple[int, time, time]


@dataclass(frozen=True)
class Person:
    """A member of the demo. The same login in two companies is one person who serves both."""

    key: str
    name: str
    login: str
    role: Role
    languages: tuple[str, ...] = ("de",)
    skills: tuple[str, ...] = ()
    goodwill_cents: int = 5_000


@dataclass(frozen=True)
class TeamScript:
    name: str
    lead: str
    members: tuple[str, ...]
    hours: tuple[Span, ...]
    state: str = "BY"
    is_default: bool = False
    urgent: Pace | None = None
    """What is promised for what is urgent, where that is more than usual."""


@dataclass(frozen=True)
class ModuleScript:
    """A text module."""

    name: str
    short: str
    text: str
    language: str = "de"


@dataclass(frozen=True)
class MacroScript:
    """A macro; `answers_with` is the short name of a text module."""

    name: str
    key: str
    answers_with: str = ""
    tags: tuple[str, ...] = ()
    priority: str = ""
    touch_in_days: int | None = None
    team: str = ""
    note: str = ""


@dataclass(frozen=True)
class FilterScript:
    """A list that somebody keeps and shares with everybody; `pinned` have it in their rail, too."""

    name: str
    owner: str
    words: str
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompanyScript:
    """A client company: `rules` are (words that decide, team, how urgent it is then) in order."""

    slug: str
    name: str
    mailbox: str
    sender_name: str
    colour: str
    people: tuple[Person, ...]
    teams: tuple[TeamScript, ...]
    rules: tuple[tuple[str, str, Priority], ...] = ()
    modules: tuple[ModuleScript, ...] = ()
    macros: tuple[MacroScript, ...] = ()
    filters: tuple[FilterScript, ...] = ()
    tags: tuple[tuple[str, str, int, str], ...] = ()
    """Name, meaning, colour, group."""
    client: tuple[str, str] | None = None
    """Name and login of somebody of the client company, who only looks."""
    blocked: tuple[tuple[str, str], ...] = ()
    """Whose mail rests, and why."""
    logo_says_name: bool = False
    """Its logo is the file `logo.png` among its scripts."""


HEIZWERK = CompanyScript(
    slug="heizwerk",
    name="Heizwerk",
    mailbox="service@heizwerk.example",
    sender_name="Heizwerk Kundendienst",
    colour="#b3430f",
    logo_says_name=True,
    client=("Karla Heinz", "karla@heizwerk.example"),
    people=(
        Person("nina", "Nina Aigner", "nina@heizwerk.example", Role.AGENT, ("de", "en"), ("Lieferung",), 7_500),
        Person("tom", "Tom Berger", "tom@heizwerk.example", Role.AGENT, ("de",), ("Technik",)),
        Person("aylin", "Aylin Kaya", "aylin@heizwerk.example", Role.AGENT, ("de", "tr", "en"), ("Rechnung",)),
        Person("jan", "Jan Petzold", "jan@heizwerk.example", Role.AGENT, ("de",), ("Technik",)),
        Person("lea", "Lea Conrad", "lea@heizwerk.example", Role.LEAD, ("de", "en"), (), 25_000),
        Person("ada", "Ada Dorn", "ada@heizwerk.example", Role.ADMIN, ("de", "en"), (), 50_000),
    ),
    teams=(
        TeamScript("Kundendienst", "lea", ("nina", "aylin"), tuple(WITH_SATURDAY), is_default=True),
        TeamScript("Technik", "lea", ("tom", "jan"), tuple(WEEKDAYS), urgent=Pace(HOUR, 8 * HOUR)),
    ),
    rules=(
        ("gasgeruch,wasserschaden,es brennt", "Technik", Priority.URGENT),
        ("reparatur,defekt,fehlercode,pumpt nicht,heizt nicht,techniker", "Technik", Priority.NORMAL),
    ),
    modules=(
        ModuleScript(
            "Wir melden uns",
            "melden",
            "{anrede}\n\ndanke, dass Sie uns geschrieben haben. Ich kümmere mich darum und melde mich {zusage}."
            "\n\nFreundliche Grüße\n{ich}\n{firma}, Anliegen {nummer}",
        ),
        ModuleScript(
            "Bitte ein Foto",
            "foto",
            "{anrede}\n\ndamit ich Ihnen sicher helfen kann: Schicken Sie mir bitte ein Foto vom Typenschild und eines"
            " vom Schaden? Eine Antwort auf diese Mail genügt.\n\nFreundliche Grüße\n{ich}",
        ),
        ModuleScript(
            "Entschuldigung für die Verspätung",
            "verspaetung",
            "{anrede}\n\nes tut mir leid: Ihre Lieferung kommt später, als wir es Ihnen zugesagt haben. Ich bin an der"
            " Sache dran, und Sie hören {zusage} von mir, wie es weitergeht.\n\nFreundliche Grüße\n{ich}",
        ),
        ModuleScript(
            "We will be in touch",
            "touch",
            "{greeting}\n\nthank you for writing to us. I am taking care of it, and you will hear from me {promised}."
            "\n\nKind regards\n{me}",
            language="en",
        ),
    ),
    macros=(
        MacroScript("Lieferung verspätet", "1", "verspaetung", ("Lieferung", "Verspätung"), "HIGH", 2),
        MacroScript(
            "An die Technik",
            "2",
            tags=("Technik",),
            team="Technik",
            note="Bitte anrufen: Der Kunde wartet auf einen Termin.",
        ),
        MacroScript("Foto erbitten", "3", "foto", ("wartet auf Foto",), touch_in_days=3),
    ),
    filters=(
        FilterScript("Lieferungen, offen", "lea", "lieferung status:offen", ("nina",)),
        FilterScript("Wartet auf Foto", "tom", 'tag:"wartet auf Foto"'),
    ),
    tags=(
        ("Lieferung", "Alles rund um die Zustellung", 8, "Versand"),
        ("Verspätung", "Später als zugesagt", 0, "Versand"),
        ("Technik", "Braucht jemanden vom Fach", 5, "Reparatur"),
    ),
    blocked=(("gewinnspiel.example", "Jeden Tag drei Gutscheine, die niemand bestellt hat"),),
)

SONNENREISE = CompanyScript(
    slug="sonnenreise",
    name="Sonnenreise",
    mailbox="hallo@sonnenreise.example",
    sender_name="Sonnenreise Gästebetreuung",
    colour="#00727a",
    people=(
        Person("nina", "Nina Aigner", "nina@heizwerk.example", Role.AGENT, ("de", "en")),
        Person("max", "Max Reuter", "max@sonnenreise.example", Role.LEAD, ("de", "en"), (), 30_000),
    ),
    teams=(TeamScript("Gästebetreuung", "max", ("nina", "max"), tuple(WITH_SATURDAY), is_default=True),),
)

COMPANIES = (HEIZWERK, SONNENREISE)
