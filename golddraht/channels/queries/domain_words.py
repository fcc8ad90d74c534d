"""What the findings about a domain mean, for somebody who has never heard of SPF."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from golddraht.channels.mail.domain_setup import MOST_LOOKUPS, Topic


def title_of(topic: Topic) -> str:
    """The name of a topic, with its letters for whoever sets up the DNS."""
    titles = {
        Topic.PROOF: _("The domain is yours"),
        Topic.MX: _("Where mail comes in (MX)"),
        Topic.SPF: _("Who may send for you (SPF)"),
        Topic.DKIM: _("Your mail is signed (DKIM)"),
        Topic.DMARC: _("What others do with forgeries (DMARC)"),
        Topic.PTR: _("The sending server has a name (PTR)"),
        Topic.STS: _("Encrypted arrival is promised (MTA-STS)"),
        Topic.TLS_REPORTS: _("Reports about encryption (TLS-RPT)"),
        Topic.DANE: _("Encryption tied to the DNS (DANE)"),
    }
    return titles[topic]


def state_words(state: str) -> str:
    return {
        "good": _("good"),
        "mend": _("mend"),
        "unknown": _("not known"),
        "optional": _("can be added"),
        "looking": _("looking"),
    }.get(state, state)


def words_of(reason: str, found: Sequence[str], domain: str) -> str:
    """A finding as sentences: how it is, and what to do."""
    told = {**_way_in(), **_way_out(), **_forgeries(), **_encryption()}.get(reason, reason)
    return told % {
        "domain": domain,
        "found": ", ".join(found),
        "first": found[0] if found else "",
        "last": found[-1] if found else "",
        "most": MOST_LOOKUPS,
    }


def _way_in() -> dict[str, str]:
    return {
        "no-answer": _("Nobody answered our question in time, so this is not known. Look again in a few minutes."),
        "proven": _("Proven. No other company of this installation can set up a mailbox on it."),
        "not-proven": _(
            "Not proven yet. Publish this, so that no other company of this installation can claim an address of %(domain)s."
        ),
        "mx-found": _("Mail for %(domain)s is taken by %(found)s."),
        "mx-none": _(
            "No server takes mail for %(domain)s: customers cannot reach you. Your mail provider tells you which MX record to publish."
        ),
        "mx-refuses": _(
            "%(domain)s says that it takes no mail at all. If customers shall write to you, publish your provider's MX record instead."
        ),
        "ptr-good": _("%(found)s has a name that leads back to it."),
        "ptr-missing": _(
            "%(found)s has no name that leads back to it. If it sends to customers itself, ask its operator for a PTR record; many receivers refuse mail without one."
        ),
        "ptr-no-server": _("No sending server is set up here, so there is nothing to look at."),
    }


def _way_out() -> dict[str, str]:
    return {
        "spf-good": _(
            "The servers you send by are allowed. Receivers need %(last)s of the %(most)d look-ups they make."
        ),
        "spf-found": _(
            "A record says who may send for %(domain)s. Receivers need %(last)s of the %(most)d look-ups they make."
        ),
        "spf-none": _(
            "Nobody can tell which servers may send for %(domain)s. Publish an SPF record; your provider tells you its “include”."
        ),
        "spf-several": _(
            "There are several SPF records, and receivers then believe none. Make one of them: keep “v=spf1” once and join the rest."
        ),
        "spf-too-many": _(
            "Receivers would need more than %(most)d look-ups and ignore the whole record. Take out what you no longer send by."
        ),
        "spf-open": _("The record allows everybody to send as %(domain)s. Let it end in “~all” or “-all”."),
        "spf-broken": _("The record has a mistake, so receivers ignore it: %(first)s"),
        "spf-without-us": _(
            "The address of %(last)s is not in the record. Many providers send from other addresses than they take mail at: ask yours what to include."
        ),
        "dkim-ours": _("Our key was found (%(found)s); your mail carries a signature that everybody can check."),
        "dkim-unpublished": _(
            "Mail is signed with %(found)s, but that key is not in the DNS: receivers call your mail forged. Publish it again, or switch it off below."
        ),
        "dkim-elsewhere": _(
            "A key of your provider was found (%(found)s). Whether it signs, your provider knows; you can make one of ours as well."
        ),
        "dkim-not-found": _("No key was found under the usual names. Ask your provider, or make a key below."),
    }


def _forgeries() -> dict[str, str]:
    return {
        "dmarc-good": _("Others know what to do with forged mail, and reports reach you."),
        "dmarc-no-reports": _(
            "Others know what to do with forged mail. Add “rua=mailto:…” to hear how often it happens."
        ),
        "dmarc-watches": _(
            "Others only watch for now. When the reports show your own mail passing, let them put forgeries aside."
        ),
        "dmarc-none": _(
            "Others do not know what to do with mail forged in your name. Begin by watching: it changes nothing and brings you reports."
        ),
        "dmarc-several": _("There are several DMARC records, and receivers then believe none. Keep one of them."),
        "dmarc-broken": _("The record has a mistake, so receivers ignore it: it must begin with “v=DMARC1; p=…”."),
    }


def _encryption() -> dict[str, str]:
    return {
        "mta-sts-found": _("Other servers know that mail to you must come encrypted."),
        "mta-sts-none": _("Not set up. It is your mail provider who can add it."),
        "tls-rpt-found": _("Reports about failed encryption reach you."),
        "tls-rpt-none": _("Not set up. With it others tell you when mail to you could not be encrypted."),
        "dane-found": _("The certificate of %(found)s is tied to the DNS."),
        "dane-none": _("Not set up. It needs DNSSEC, and your mail provider."),
    }


def advice_of(reason: str, domain: str, servers: Sequence[str]) -> tuple[str, str]:
    """What to publish as TXT, and what stands before the domain's name; two empty ones where only people know."""
    reports = f"mailto:postmaster@{domain}"
    ours = "".join(f" a:{one}" for one in servers[:3])
    return {
        "spf-none": ("", f"v=spf1 mx{ours} ~all"),
        "dmarc-none": ("_dmarc.", f"v=DMARC1; p=none; rua={reports}"),
        "dmarc-broken": ("_dmarc.", f"v=DMARC1; p=none; rua={reports}"),
        "dmarc-watches": ("_dmarc.", f"v=DMARC1; p=quarantine; rua={reports}"),
        "tls-rpt-none": ("_smtp._tls.", f"v=TLSRPTv1; rua={reports}"),
    }.get(reason, ("", ""))
