"""Imports in words: meanings of columns, reasons, oddities, states, refusals."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from golddraht.customers.rules.ways import MESSENGERS
from golddraht.imports.rules.states import State, Verdict
from golddraht.imports.rules.targets import MESSENGER_OF, Target
from golddraht.imports.rules.understanding import Odd, Remark
from golddraht.pages.customers.wording import reason_words


def target_words() -> dict[str, str]:
    return {
        Target.SKIP: gettext("leave out"),
        Target.NAME: gettext("Whole name"),
        Target.GIVEN: gettext("Given name"),
        Target.FAMILY: gettext("Family name"),
        Target.TITLE: gettext("Title"),
        Target.SUFFIX: gettext("What belongs to the name (von, MBA)"),
        Target.SALUTATION: gettext("Salutation as it was entered"),
        Target.DECLARED: gettext("Salutation the person chose themselves"),
        Target.ORGANISATION: gettext("Company"),
        Target.ROLE: gettext("Role in the company"),
        Target.HOUSEHOLD: gettext("Household (who has the same lives together)"),
        Target.NUMBER: gettext("Customer number of this source"),
        Target.EMAIL: gettext("E-mail"),
        Target.PHONE: gettext("Telephone or mobile"),
        Target.FAX: gettext("Fax"),
        Target.WEB: gettext("Web page"),
        Target.MESSENGER: gettext("Messenger, named in front (Signal: +49 …)"),
        **{one: MESSENGERS[str(one)] for one in MESSENGER_OF if MESSENGER_OF[one]},
        Target.CARE_OF: gettext("Care of (c/o)"),
        Target.STREET: gettext("Street, with or without number"),
        Target.HOUSE_NUMBER: gettext("House number"),
        Target.STREET_MORE: gettext("Second address line"),
        Target.POSTCODE: gettext("Postcode"),
        Target.CITY: gettext("Place"),
        Target.COUNTRY: gettext("Country"),
        Target.ADDRESS: gettext("Whole address in one cell"),
        Target.BORN_ON: gettext("Date of birth"),
        Target.BORN_MONTH_FIRST: gettext("Date of birth, month first (5/17/1980)"),
        Target.LANGUAGE: gettext("Language"),
        Target.QUIET_HOURS: gettext("Quiet hours"),
        Target.WISH: gettext("Wishes"),
        Target.MATTERS: gettext("What matters to them"),
        Target.NOTE: gettext("Remark"),
    }


def why_words(why: str) -> str:
    """Why a column was taken for what it was."""
    words = {
        "name": gettext("because it is called so"),
        "values": gettext("because its cells look like it"),
        "both": gettext("because it is called so and its cells look like it"),
        "unlike": gettext("its cells are something else than its name says"),
        "twice": gettext("another column says that already"),
        "saved": gettext("as it was kept"),
        "chosen": gettext("chosen by hand"),
    }
    return words.get(why, gettext("neither name nor cells say what it is"))


def kind_words() -> dict[str, str]:
    return {
        "import": gettext("A program in which customers are kept, such as a shop"),
        "contract": gettext("A program with contracts and invoices: believed more"),
        "list": gettext("A list of which nobody knows for sure: believed less"),
    }


def trust_words(source: str) -> str:
    return {
        "contract": gettext("contracts and invoices"),
        "list": gettext("a list, believed less"),
    }.get(source.partition(":")[0], gettext("a program"))


def state_words(state: State) -> str:
    return {
        State.READING: gettext("is being read"),
        State.UNREADABLE: gettext("cannot be read"),
        State.MAPPING: gettext("waits for you"),
        State.TRYING: gettext("is being tried"),
        State.TRIED: gettext("tried, nothing taken over"),
        State.RUNNING: gettext("is being taken over"),
        State.DONE: gettext("taken over"),
        State.UNDOING: gettext("is being undone"),
        State.UNDONE: gettext("undone"),
    }[state]


BADGES = {State.UNREADABLE: "late", State.MAPPING: "soon", State.TRIED: "soon", State.DONE: "ok"}


def verdict_words(verdict: str) -> str:
    return {
        Verdict.NEW: gettext("new"),
        Verdict.KNOWN: gettext("known"),
        Verdict.CHANGED: gettext("changed"),
        Verdict.DOUBTFUL: gettext("new, and doubtful"),
        Verdict.BAD: gettext("bad"),
    }[Verdict(verdict)]


def odd_words(odd: Odd) -> str:
    """What is odd about a row, as a sentence."""
    if odd.remark is Remark.ALIKE:
        name, _, reason = odd.words.partition("|")
        told = {"name": name or gettext("somebody without a name"), "reason": reason_words(reason)}
        return gettext("May be %(name)s: %(reason)s.") % told
    if odd.remark is Remark.ERASED:
        odd = Odd(odd.remark, date_format(date.fromisoformat(odd.words), "DATE_FORMAT"))
    return _ODD()[odd.remark] % {"words": odd.words}


def _ODD() -> dict[Remark, str]:  # noqa: N802  # A table whose words follow the reader's language.
    return {
        Remark.NOBODY: gettext("Neither a name nor a way of contact: nobody could be found again."),
        Remark.MAIL: gettext("“%(words)s” is no e-mail address."),
        Remark.PHONE: gettext("“%(words)s” is no telephone number."),
        Remark.WAY: gettext(
            "“%(words)s” is no way of contact: a messenger is named in front, a page begins with its domain."
        ),
        Remark.DAY: gettext("“%(words)s” is no date of birth."),
        Remark.ADDRESS: gettext(
            "“%(words)s” is no whole address: street, postcode and place are needed, and a country that we know."
        ),
        Remark.LANGUAGE: gettext("“%(words)s” is no language that we know."),
        Remark.HOURS: gettext("“%(words)s” are no hours such as 20:00–8:00."),
        Remark.ERASED: gettext("This person was erased on %(words)s, and is not taken over again by itself."),
        Remark.COMPLETED: gettext("“%(words)s” has lost its plus or its zero; it was put back."),
        Remark.NO_DAY: gettext("“%(words)s” is what programs write where no date of birth is known; it is left out."),
        Remark.COUNTRY: gettext("“%(words)s”: four digits may be Austria, Switzerland or another country."),
        Remark.POSTCODE: gettext("The postcode %(words)s has lost its first zero; it was put back."),
        Remark.PARTIAL: gettext("“%(words)s” is a place without a street; it becomes a remark."),
        Remark.TWO: gettext("“%(words)s” looks like two people; they become one."),
        Remark.SALUTATION: gettext("The salutation “%(words)s” is not understood; it is left out."),
        Remark.NO_REPLY: gettext("%(words)s says of itself that nobody reads what is sent there; it is left out."),
        Remark.TAKEN: gettext("This belongs to somebody called otherwise and stays theirs: %(words)s."),
    }


def known_words(known_by: str) -> str:
    """By what somebody was known."""
    kind, _, value = known_by.partition(":")
    words = {
        "number": gettext("by the customer number %(value)s"),
        "email": gettext("by the address %(value)s"),
        "phone": gettext("by the number %(value)s"),
        "fax": gettext("by the fax number %(value)s"),
        "messenger": gettext("by the messenger name %(value)s"),
        "row": gettext("by the same row of an earlier file"),
    }
    return words[kind] % {"value": value} if kind in words else ""


def refusal_words(reason: str) -> str:
    return {
        "SOURCE": gettext("Say where the file comes from."),
        "KIND": gettext("Choose what kind of source it is."),
        "EMPTY": gettext("The file is empty."),
        "TOO_LARGE": gettext(
            "The file is larger than 25 MB. Send it in parts (people met twice stay one), or use the command line."
        ),
        "TARGETS": gettext("At least one column has to mean something, and most meanings only one column can have."),
        "MUST": gettext("One column has to be its own number: by it each row is known again."),
        "ABOUT": gettext("Choose what stands in the file."),
        "WHY": gettext("Say why: the reason is kept with the row."),
        "SHEET": gettext("This is not the sheet with the bad rows: keep its first column and the names of the others."),
    }.get(reason, gettext("That is not possible any more: look how far it is."))


def unreadable_words(said: str) -> str:
    """Why a file could not be read; what names a line of the file stays as it is."""
    known = {
        "This is neither a table nor a card: send a CSV, an Excel workbook (.xlsx) or vCards (.vcf).": gettext(
            "This is neither a table nor a card: send a CSV, an Excel workbook (.xlsx) or vCards (.vcf)."
        ),
        "The file is empty: the first line has to name the columns.": gettext(
            "The file is empty: the first line has to name the columns."
        ),
        "There are columns, and no rows below them.": gettext("There are columns, and no rows below them."),
        "The workbook is locked by a password: open it, save it without one, and send it again.": gettext(
            "The workbook is locked by a password: open it, save it without one, and send it again."
        ),
        "The workbook cannot be opened. Save it anew as .xlsx, or as CSV.": gettext(
            "The workbook cannot be opened. Save it anew as .xlsx, or as CSV."
        ),
        "The workbook is too large when it is unpacked. Save the sheet as CSV, or in parts.": gettext(
            "The workbook is too large when it is unpacked. Save the sheet as CSV, or in parts."
        ),
        "There is no sheet with rows in this workbook.": gettext("There is no sheet with rows in this workbook."),
    }
    return known.get(said, said)


def understood_words(form: str, encoding: str, separator: str, sheet: str) -> str:
    """How the file was read."""
    if form == "vcf":
        return gettext("vCards")
    if form == "xlsx":
        return gettext("Workbook, sheet “%(sheet)s”") % {"sheet": sheet}
    letters = {
        "utf-8-sig": "UTF-8",
        "utf-16": "UTF-16",
        "cp1252": "Windows-1252",
        "cp850": "DOS 850",
        "mac_roman": "Macintosh",
    }
    signs = {";": gettext("semicolon"), ",": gettext("comma"), "\t": gettext("tab"), "|": gettext("upright line")}
    told = {"letters": letters.get(encoding, encoding), "sign": signs.get(separator, separator)}
    return gettext("CSV in %(letters)s, parted by: %(sign)s") % told
