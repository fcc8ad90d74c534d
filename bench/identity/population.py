"""A German population and what customer files make of it: households, moves, marriages, twins, fathers and sons of one name, slips.

Every row knows its truth by its id, rec-17-org or rec-17-dup-0, which nothing that links may read. How often what happens is an
assumption, written below; nobody's real customers are like this.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from golddraht.identity.rules.same_names import GROUPS

COLUMNS = [
    "id",
    "title",
    "given_name",
    "family_name",
    "birth",
    "street",
    "house_number",
    "postcode",
    "city",
    "email",
    "phone",
    "mobile",
]
NOT_WOMEN = """
    alexander andreas anton benjamin bernhard berthold carl christian christoph claus daniel dieter dominik eduard
    emil erik ernst felix florian franz friedrich georg gerhard gottfried guenter hans harald heinrich helmut
    herbert hermann horst hubert jakob jan jens joachim joseph julian karsten konrad kurt lars leonhard lorenz
    ludwig lukas manfred manuel marcel marcus mario markus martin mathias matthias max michael moritz norbert
    oliver patrick paul peter philipp rainer ralf reinhard robert roland rolf rudolf ruediger samuel sebastian
    siegfried simon stefan sven theodor thorsten tim tobias thomas ulrich uwe valentin viktor vinzenz volker
    walter werner wilhelm wolfgang jack james john jonathan joshua kenneth matthew nicholas noah elias finn bruno
    david dirk egon elmar erwin frank gernot gregor guido holger ingo jonas kai kevin malte marco marius nils olaf
    otto pascal ruben till timo udo veit xaver joel joerg juergen mohammed mehmet yusuf ali mustafa dietrich
    birger mathis
"""
FREQUENT = """
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein
    Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause
    Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz
    Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann
    Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer
    Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch
    Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Yılmaz Kaya Demir Şahin Çelik Yıldız Nowak Kowalski Nguyen
    Öztürk Ivanov Petrović Rossi Moser Gruber Steiner Pichler Egger Brunner Gerber Bieri Zürcher Ammann
"""
FRONTS = """
    Alt Asch Auer Bach Birk Blum Brand Breit Buch Burg Dorn Eber Eich Erl Fels Flied Forst Gold Grün Hagen Hasel
    Heid Hell Hoch Holz Kalt Kirsch Kranz Laub Lind Mühl Neu Nord Ober Ost Rapp Reb Reich Ried Rosen Rüb Sand
    Schön Schwan Sieb Stein Stoll Süd Tann Thal Trau Unter Wald Wein Weid Wester Wies Wild Wind Zell
"""
BACKS = """
    bach berg berger bauer beck brecht eder egger feld felder hammer haus hauser hofer huber inger kamp mann maier
    meister mann reuter rode schmidt stein strasser thaler wald weger weiler
"""
STREETS = """
    Haupt Bahnhof Garten Schul Dorf Berg Linden Kirch Wald Ring Birken Wiesen Amsel Goethe Schiller Mozart Rosen
    Tannen Buchen Eichen Mühlen Park Markt Sonnen Ufer Brunnen Post Kloster Schloss Weinberg Feld Heide Ahorn
    Lerchen Finken Meisen Tulpen Nelken Kant Beethoven
"""
WAYS = ("straße", "straße", "straße", "weg", "weg", "gasse", "allee", "platz", "ring")
CITIES = """
    Berlin:10-14 Hamburg:20-22 München:80-81 Köln:50-51 Frankfurt:60-60 Stuttgart:70-70 Düsseldorf:40-40
    Leipzig:04-04 Dortmund:44-44 Essen:45-45 Bremen:28-28 Dresden:01-01 Hannover:30-30 Nürnberg:90-90
    Duisburg:47-47 Bochum:44-44 Wuppertal:42-42 Bielefeld:33-33 Bonn:53-53 Münster:48-48 Mannheim:68-68
    Karlsruhe:76-76 Augsburg:86-86 Wiesbaden:65-65 Kiel:24-24 Aachen:52-52 Halle:06-06 Freiburg:79-79 Mainz:55-55
    Lübeck:23-23 Erfurt:99-99 Rostock:18-18 Kassel:34-34 Göttingen:37-37 Ulm:89-89 Würzburg:97-97
"""
PROVIDERS = """
    gmx.de web.de t-online.de gmail.com outlook.de freenet.de icloud.com posteo.de
"""

MOVED, MARRIED, SHORT_NAME, SWAPPED, DATE_SLIP, SLIP = 0.15, 0.04, 0.05, 0.01, 0.04, 0.10
"""How often, in a second row of the same person: has moved, has another family name (women, as it mostly is), goes by a short
name, has its names swapped, has a slip in the birthday, has a slip in any other field."""
KNOWN = {"birth": 0.65, "email": 0.7, "phone": 0.45, "mobile": 0.5, "address": 0.85, "given_name": 0.97, "title": 0.3}
"""How often a file knows it."""
TWINS, NAMESAKES, SHARED_PHONE, SHARED_MAIL = 0.02, 0.005, 0.8, 0.06
"""Households with twins; with a father and a son of the same name; share of households with one landline; of one mailbox for two."""


@dataclass(frozen=True)
class Person:
    number: int
    is_woman: bool
    given: str
    family: str
    birth: tuple[int, int, int]
    street: str
    house: str
    postcode: str
    city: str
    email: str
    phone: str
    mobile: str


class Population:
    """People in households, and the rows that files have of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        names = [group.split()[0] for group in GROUPS.replace("\n", "|").split("|") if group.split()]
        self.men = [name for name in names if name in NOT_WOMEN.split()]
        self.women = [name for name in names if name not in NOT_WOMEN.split()]
        self.short = {
            group.split()[0]: group.split()[1:] for group in GROUPS.replace("\n", "|").split("|") if group.split()
        }
        for some in (self.men, self.women):
            self.chance.shuffle(some)
        rare = [front + back for front in FRONTS.split() for back in BACKS.split()]
        self.chance.shuffle(rare)
        self.families = [*FREQUENT.split(), *rare]
        self.weights = {
            id(some): list(accumulate(1 / (place + 8) for place in range(len(some))))
            for some in (self.men, self.women, self.families)
        }
        self.count = 0

    def rows(self, rows: int) -> Iterator[dict[str, str]]:
        """At least so many rows; two of five people have more than one, up to five."""
        made = 0
        while made < rows:
            for person in self._household():
                for place in range(self.chance.choices((1, 2, 3, 4, 5), (60, 25, 9, 4, 2))[0]):
                    made += 1
                    yield self._row(person if not place else self._later(person), place)

    def people(self, count: int) -> Iterator[Person]:
        """So many people, household by household, each once."""
        met: list[Person] = []
        for _ in range(count):
            met = met or self._household()[::-1]
            yield met.pop()

    def _pick(self, some: list[str]) -> str:
        return self.chance.choices(some, cum_weights=self.weights[id(some)])[0]

    def _household(self) -> list[Person]:
        chance = self.chance
        family, place = self._pick(self.families), self._place()
        phone = self._number("0" + place[2][:3])
        mail = f"{plain(family)}.familie@{chance.choice(PROVIDERS.split())}" if chance.random() < SHARED_MAIL else ""
        adults = [self._person(chance.random() < 0.5, family, 1940, 2000, place, phone, mail)]
        if chance.random() < 0.5:
            theirs = family if chance.random() < 0.75 else self._pick(self.families)
            adults.append(self._person(not adults[0].is_woman, theirs, 1940, 2000, place, phone, mail))
        if len(adults) == 1 or chance.random() < 0.55:
            return adults
        return adults + self._children(adults, family, place, phone)

    def _children(
        self, adults: list[Person], family: str, place: tuple[str, str, str, str], phone: str
    ) -> list[Person]:
        chance = self.chance
        if chance.random() < TWINS / 0.22:
            one = self._person(chance.random() < 0.5, family, 1980, 2008, place, phone, "")
            two = self._person(chance.random() < 0.5, family, 1980, 2008, place, phone, "")
            return [one, replace(two, birth=one.birth)] if two.given != one.given else [one]
        father = next(adult for adult in adults if not adult.is_woman)
        child = self._person(chance.random() < 0.5, family, 1980, 2008, place, phone, "")
        if chance.random() < NAMESAKES / 0.22:
            child = replace(child, given=father.given, family=father.family, is_woman=False)
        return [child]

    def _place(self) -> tuple[str, str, str, str]:
        chance = self.chance
        city, codes = chance.choices(CITIES.split(), weights=[1 / (place + 3) for place in range(len(CITIES.split()))])[
            0
        ].split(":")
        low, high = codes.split("-")
        code = f"{chance.randint(int(low), int(high)):02}{chance.randint(100, 160)}"
        street = chance.choice(STREETS.split()) + chance.choice(WAYS)
        house = f"{int(chance.expovariate(0.03)) + 1}{chance.choice('abcd') if chance.random() < 0.08 else ''}"
        return street, house, code, city

    def _person(
        self,
        is_woman: bool,
        family: str,
        first: int,
        last: int,
        place: tuple[str, str, str, str],
        phone: str,
        mail: str,
    ) -> Person:
        chance = self.chance
        given = self._pick(self.women if is_woman else self.men)
        given = umlauted(given).capitalize()
        self.count += 1
        return Person(
            self.count, is_woman, given, family,
            (chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28)),
            *place,
            mail or self._mail(given, family),
            phone if chance.random() < SHARED_PHONE else self._number("0" + place[2][:3]),
            self._number(chance.choice(("0151", "0160", "0171", "0176", "0172"))),
        )  # fmt: skip

    def _mail(self, given: str, family: str) -> str:
        chance = self.chance
        one, two = plain(given), plain(family)
        form = chance.choice(
            (
                f"{one}.{two}",
                f"{one[0]}.{two}",
                f"{two}{chance.randint(1, 999)}",
                f"{one}{two}{chance.randint(50, 99)}",
                f"{one}_{two}",
            )
        )
        return f"{form}{chance.randint(1, 99) if chance.random() < 0.6 else ''}@{chance.choice(PROVIDERS.split())}"

    def _number(self, area: str) -> str:
        return f"{area} {self.chance.randint(10**6, 10**7 - 1)}"

    def _later(self, person: Person) -> Person:
        """The same person at another time."""
        chance = self.chance
        if chance.random() < MOVED:
            street, house, code, city = self._place()
            person = replace(
                person, street=street, house=house, postcode=code, city=city, phone=self._number("0" + code[:3])
            )
        if person.is_woman and chance.random() < 2 * MARRIED:
            new = self._pick(self.families)
            person = replace(person, family=chance.choice((new, f"{person.family}-{new}")))
        if chance.random() < 0.25:
            person = replace(person, email=self._mail(person.given, person.family))
        if chance.random() < 0.15:
            person = replace(person, mobile=self._number("0175"))
        return person

    def _row(self, person: Person, place: int) -> dict[str, str]:
        chance = self.chance
        has = {field: chance.random() < share for field, share in KNOWN.items()}
        given, family = self._written_names(person, place)
        row = {
            "title": ("Frau" if person.is_woman else "Herr") if has["title"] else "",
            "given_name": given if has["given_name"] else "",
            "family_name": family,
            "birth": self._date(person.birth, place) if has["birth"] else "",
            "street": self._street(person.street) if has["address"] else "",
            "house_number": person.house if has["address"] else "",
            "postcode": person.postcode if has["address"] else "",
            "city": person.city if has["address"] else "",
            "email": person.email if has["email"] else "",
            "phone": self._phone(person.phone) if has["phone"] else "",
            "mobile": self._phone(person.mobile) if has["mobile"] else "",
        }
        if place and chance.random() < SLIP * 3:
            field = chance.choice(
                [name for name, text in row.items() if len(text) > 3 and name not in ("title", "birth")] or ["title"]
            )
            row[field] = slipped(row[field], chance)
        return {"id": f"rec-{person.number}-{'org' if not place else f'dup-{place - 1}'}"} | row

    def _written_names(self, person: Person, place: int) -> tuple[str, str]:
        chance, given, family = self.chance, person.given, person.family
        if place and chance.random() < SHORT_NAME:
            given = umlauted(chance.choice(self.short.get(plain(given)) or [given])).capitalize()
        if place and chance.random() < 0.02:
            given = given[0] + "."
        if chance.random() < 0.2:
            given, family = written_out(given, chance), written_out(family, chance)
        if place and chance.random() < SWAPPED:
            given, family = family, given
        if chance.random() < 0.04:
            family = family.upper()
        return given, family

    def _date(self, birth: tuple[int, int, int], place: int) -> str:
        year, month, day = birth
        if place and self.chance.random() < DATE_SLIP:
            kind = self.chance.random()
            if kind < 0.4:
                month, day = (day, month) if day <= 12 else (month, min(28, day + 1))
            elif kind < 0.7:
                day = max(1, min(28, day + self.chance.choice((-10, 10, -1, 1))))
            else:
                year += self.chance.choice((-10, 10, -1, 1))
        return self.chance.choice(
            (f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}")
        )

    def _street(self, street: str) -> str:
        kind = self.chance.random()
        if kind < 0.3:
            return street.replace("straße", "str.")
        return street.replace("straße", "strasse") if kind < 0.4 else street

    def _phone(self, number: str) -> str:
        area, rest = number.split()
        return self.chance.choice(
            (
                f"{area} {rest}",
                f"+49 {area[1:]} {rest}",
                f"{area}/{rest}",
                f"0049{area[1:]}{rest}",
                f"+49 (0){area[1:]} {rest}",
            )
        )


def plain(text: str) -> str:
    for letter, written in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("ı", "i"),
        ("ş", "s"),
        ("ç", "c"),
        ("ć", "c"),
    ):
        text = text.lower().replace(letter, written)
    return "".join(sign for sign in text if sign.isalnum())


def umlauted(name: str) -> str:
    return (
        name.replace("guenter", "günter")
        .replace("guenther", "günther")
        .replace("juergen", "jürgen")
        .replace("joerg", "jörg")
        .replace("ruediger", "rüdiger")
    )


def written_out(text: str, chance: random.Random) -> str:
    """Without umlauts, in one of both ways."""
    pairs = (
        (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
        if chance.random() < 0.7
        else (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "s"))
    )
    for letter, written in pairs:
        text = text.replace(letter, written)
    return text


def slipped(text: str, chance: random.Random) -> str:
    """With one letter wrong, missing, twice, or changed with its neighbour."""
    at = chance.randrange(len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    other = chance.choice("0123456789" if text[at].isdigit() else "aeinrstlmo")
    return text[:at] + other + text[at + 1 :]


def write(path: Path, rows: int, seed: int) -> None:
    """A file of at least so many rows, in no order."""
    people = list(Population(seed).rows(rows))
    random.Random(seed).shuffle(people)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(people)
