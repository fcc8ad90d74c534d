"""Articles: written, published through the gate, reviewed, found again however they are asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from golddraht.conversations.operations import Enclosure, receive_message
from golddraht.knowledge.models import Article, ArticleFile, ArticleText, Draft, Version
from golddraht.knowledge.operations import (
    ArticleRefused,
    StillMarked,
    add_file,
    bring_back,
    confirm_review,
    furnish,
    judge_mark_again,
    keep_draft,
    keep_mark,
    publish,
    restore_version,
    retire,
    save_text,
    start_article,
)
from golddraht.knowledge.operations.reviewing import sweep
from golddraht.knowledge.queries import Wanted, articles_for, draft_of, marks_of, reviews_due
from golddraht.knowledge.queries.searching import texts_with
from golddraht.knowledge.rules import Audience, Refusal, State
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina, words

pytestmark = pytest.mark.django_db
BODY = "## Lösung\n\nZiehen Sie den Stecker und reinigen Sie das Flusensieb der Waschmaschine."


def an_article(
    company: Company, title: str = "Waschmaschine pumpt nicht ab", body: str = BODY, **more: object
) -> Article:
    return start_article(title=title, language="de", body=body, by=company.nina.pk, at=MONDAY_MORNING, **more)  # type: ignore[arg-type]  # Forwarded as given.


def test_every_saved_version_is_kept_and_can_come_back(company: Company) -> None:
    article = an_article(company)
    later = MONDAY_MORNING + timedelta(hours=1)
    save_text(article_id=article.pk, language="de", title="Neu", body="Anders.", by=company.tom.pk, at=later)
    first = Version.objects.get(number=1)

    restore_version(version_id=first.pk, by=company.nina.pk, at=later)

    assert [row.title for row in Version.objects.order_by("number")] == [first.title, "Neu", first.title]
    assert ArticleText.objects.get().body == BODY


def test_saving_the_same_makes_no_version(company: Company) -> None:
    article = an_article(company)
    text = ArticleText.objects.get()
    save_text(
        article_id=article.pk, language="de", title=text.title, body=text.body, by=company.nina.pk, at=MONDAY_MORNING
    )

    assert Version.objects.count() == 1


def test_a_draft_belongs_to_its_writer_and_ends_with_saving(company: Company) -> None:
    article = an_article(company)
    for member in (company.nina, company.tom):
        keep_draft(article_id=article.pk, language="de", title="T", body=member.name, by=member.pk, at=MONDAY_MORNING)
    save_text(article_id=article.pk, language="de", title="T", body="fertig", by=company.nina.pk, at=MONDAY_MORNING)

    assert draft_of(article_id=article.pk, language="de", member_id=company.nina.pk) is None
    assert Draft.objects.get().member == company.tom


def test_two_articles_of_one_title_have_two_addresses(company: Company) -> None:
    assert [an_article(company, "Öfen").slug, an_article(company, "Öfen").slug] == ["oefen", "oefen-2"]


def test_agents_publish_for_colleagues_and_leads_for_everybody(company: Company) -> None:
    internal, public = an_article(company), an_article(company, audience=Audience.PUBLIC)
    publish(article_id=internal.pk, language="de", by=company.nina.pk, at=MONDAY_MORNING)
    with pytest.raises(ArticleRefused) as refused:
        publish(article_id=public.pk, language="de", by=company.nina.pk, at=MONDAY_MORNING)
    publish(article_id=public.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)

    assert refused.value.reason is Refusal.NO_RIGHT
    assert {row.state for row in Article.objects.all()} == {State.PUBLISHED}


def test_a_name_stands_in_the_way_until_a_person_has_judged_it(company: Company) -> None:
    customer = valentina()
    concern = a_conversation(customer=customer)
    body = "Mosers Maschine stand. Rufen Sie uns an: 0821 555 0100."
    article = an_article(company, "Maschine steht", body, audience=Audience.PUBLIC, source_id=concern.pk)

    with pytest.raises(StillMarked) as refused:
        publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)
    assert [mark.words for mark in refused.value.marks] == ["Mosers", "0821 555 0100"]
    assert ArticleText.objects.get().published is None

    keep_mark(article_id=article.pk, words="0821 555 0100", by=company.lea.pk, at=MONDAY_MORNING)
    save_text(
        article_id=article.pk,
        language="de",
        title="Maschine steht",
        body=body.replace("Mosers", "Die"),
        by=company.lea.pk,
        at=MONDAY_MORNING,
    )
    publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)
    [standing] = marks_of(ArticleText.objects.select_related("article").get())
    assert standing.kept_by == "Lea Conrad"

    judge_mark_again(article_id=article.pk, words="0821 555 0100")
    with pytest.raises(StillMarked):
        publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)


def test_what_colleagues_wrote_in_a_concern_names_everybody_who_wrote_in_it(company: Company) -> None:
    customer = valentina()
    concern = a_conversation(customer=customer)
    receive_message(
        customer=customer, words=words("Ich auch.", author_name="Rudi Ratlos"), conversation=concern, at=MONDAY_MORNING
    )
    article = an_article(company, body="Ratlos rief an.", source_id=concern.pk, audience=Audience.PUBLIC)

    with pytest.raises(StillMarked):
        publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)


def test_what_was_for_colleagues_goes_through_the_gate_before_everybody_sees_it(company: Company) -> None:
    article = an_article(company, body="Frau Moser anrufen.")
    publish(article_id=article.pk, language="de", by=company.nina.pk, at=MONDAY_MORNING)

    furnish(
        article_id=article.pk,
        owner_id=company.tom.pk,
        review_on=date(2027, 1, 1),
        tags=["Technik", "Technik", ""],
        audience=Audience.PUBLIC,
        by=company.nina.pk,
        at=MONDAY_MORNING,
    )

    article.refresh_from_db()
    assert (article.state, article.owner, article.tags) == (State.DRAFT, company.tom, ["Technik"])
    assert texts_with("anrufen", language="de", published_only=True) == {}


def test_a_retired_article_is_gone_outside_and_can_come_back_as_a_draft(company: Company) -> None:
    article = an_article(company, audience=Audience.PUBLIC)
    publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)
    with pytest.raises(ArticleRefused):
        retire(article_id=article.pk, by=company.nina.pk, at=MONDAY_MORNING)

    retire(article_id=article.pk, by=company.lea.pk, at=MONDAY_MORNING)
    assert texts_with("flusensieb", language="de", published_only=True) == {}
    bring_back(article_id=article.pk, by=company.nina.pk, at=MONDAY_MORNING)
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_the_owner_is_told_once_and_the_lead_after_a_week(company: Company) -> None:
    article = an_article(company, review_on=date(2026, 11, 20))
    nina, lea = company.viewer(company.nina), company.viewer(company.lea)
    day = MONDAY_MORNING + timedelta(days=4)
    sweep(at=day)
    article.refresh_from_db()
    told = article.reminded_at
    sweep(at=day + timedelta(minutes=1))
    article.refresh_from_db()

    assert told == article.reminded_at == day
    assert (reviews_due(viewer=nina, on=day.date()), reviews_due(viewer=lea, on=day.date())) == (1, 0)
    assert reviews_due(viewer=lea, on=day.date() + timedelta(days=7)) == 1

    confirm_review(article_id=article.pk, by=company.nina.pk, at=day)
    article.refresh_from_db()
    assert article.reminded_at is None and article.review_on > day.date()
    assert reviews_due(viewer=nina, on=day.date()) == 0


def test_an_article_whose_owner_has_left_is_the_leads_at_once(company: Company) -> None:
    an_article(company, review_on=date(2026, 11, 20))
    type(company.nina).objects.filter(pk=company.nina.pk).update(active=False)

    assert reviews_due(viewer=company.viewer(company.lea), on=date(2026, 11, 20)) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "Waschmaschine",
        "waschmaschinen",
        "Maschine",
        "Flusensiebe",
        "Waschmaschinensieb",
        "Waschmaschne",
        "STECKER ziehen",
        "reinigt",
    ],
)
def test_german_is_found_inflected_compounded_and_mistyped(company: Company, asked: str) -> None:
    article = an_article(company)
    an_article(company, "Ofen raucht", "Lüften Sie und prüfen Sie den Zug.")

    found = articles_for(viewer=company.viewer(company.nina), wanted=Wanted(words=asked), on=date(2026, 11, 16))

    assert [line.id for line in found] == [article.pk]


@pytest.mark.parametrize("asked", ["Öfen", "Oefen", "ofen", "Kaminofen", "lueften"])
def test_umlauts_need_not_be_typed(company: Company, asked: str) -> None:
    an_article(company)
    article = an_article(company, "Ofen raucht", "Lüften Sie und prüfen Sie den Zug.")

    found = articles_for(viewer=company.viewer(company.nina), wanted=Wanted(words=asked), on=date(2026, 11, 16))

    assert [line.id for line in found] == [article.pk]


def test_what_is_not_published_is_not_found_outside(company: Company) -> None:
    article = an_article(company, audience=Audience.PUBLIC)
    assert texts_with("stecker", language="de", published_only=True) == {}
    publish(article_id=article.pk, language="de", by=company.lea.pk, at=MONDAY_MORNING)
    save_text(
        article_id=article.pk, language="de", title="Anders", body="Sicherung", by=company.nina.pk, at=MONDAY_MORNING
    )

    assert texts_with("stecker", language="de", published_only=True)
    assert texts_with("sicherung", language="de", published_only=True) == {}
    assert texts_with("sicherung", language="de", published_only=False)


def test_strange_words_find_nothing_and_break_nothing(company: Company) -> None:
    an_article(company)
    for asked in ["'", "\\", "a & b | !c", "()", "<->", "", "%s", "☎", "x" * 3000]:
        assert isinstance(texts_with(asked, language="de", published_only=False), dict)


def test_words_of_another_company_are_not_found(company: Company) -> None:
    from tests.cast import a_company

    an_article(company)
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        assert texts_with("waschmaschine", language="de", published_only=False) == {}
        assert not Article.objects.exists()


def test_files_too_large_or_empty_are_refused(company: Company) -> None:
    article = an_article(company)
    for content in (b"", b"x" * 10_000_001):
        enclosure = Enclosure(name="x.png", content_type="image/png", content=content, sha256="")
        with pytest.raises(ArticleRefused):
            add_file(article_id=article.pk, enclosure=enclosure, by=company.nina.pk, at=MONDAY_MORNING)

    assert not ArticleFile.objects.exists()


def test_a_day_that_has_passed_is_no_next_review(company: Company) -> None:
    article = an_article(company)

    with pytest.raises(ArticleRefused):
        confirm_review(article_id=article.pk, by=company.nina.pk, at=MONDAY_MORNING, next_on=date(2026, 11, 16))
