"""The page of health: its figures are those of what stands, and come with a fixed number of queries."""

import statistics
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import health, moderation, undoing
from comments.charts import COLUMNS_HIGH, stacked_columns
from comments.judging import RULES
from comments.models import Comment, Decision, Deed, Finding, Report, Status, Verdict
from tests import factories

URL = "/admin/comments/comment/health/"
HOUR = timedelta(hours=1)


def waiting(page, hours=1, *, rules=(), **fields):
    """A comment that has waited so long; each of `rules` fired in it."""
    since = timezone.now() - hours * HOUR
    fields = {"status": Status.PENDING, "queued_at": since, "due_at": since + 48 * HOUR} | fields
    comment = factories.comment(page, **fields)
    for rule in rules:
        Finding.objects.create(comment=comment, rule=rule, lane=comment.lane, points=3, why="Seen")
    return comment


def decided(comment, verdict=Verdict.APPROVED, *, days_ago=0, by=None):
    deed = moderation.decide([comment], verdict, by=by).deed
    Deed.objects.filter(pk=deed.pk).update(at=deed.at - timedelta(days=days_ago))
    deed.refresh_from_db()
    return deed


def soup_of(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def table(soup, section):
    """The rows of a table, by what each is headed with."""
    rows = soup.select(f"section[aria-labelledby=health-{section}] tbody tr")
    return {row.th.get_text(): [cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows}


def today(soup):
    return list(table(soup, "volume").values())[-1]


def test_page_of_an_empty_desk_says_so_in_words(moderator):
    soup = soup_of(moderator)
    assert soup.select_one(".health__now").get_text() == "No comment waits. Crisis: none waits."
    text = soup.select_one(".health").get_text(" ")
    assert "Nothing that waited was decided in these 30 days." in text
    assert "Nobody decided anything in these 30 days." in text
    assert [heading.get_text() for heading in soup.select("h1")] == ["Health"]
    assert soup.select_one(".desk-nav [aria-current=page]").get_text() == "Health"
    assert not soup.select("[style]")


@pytest.mark.parametrize(
    ("query", "days"), [("", 30), ("?days=7", 7), ("?days=90", 90), ("?days=8", 30), ("?days=x", 30), ("?days=٧", 30)]
)
def test_period_is_chosen_by_links(moderator, query, days):
    soup = soup_of(moderator, query)
    assert soup.select_one("[aria-label=Period] [aria-current=page]")["href"] == f"?days={days}"
    assert len(table(soup, "volume")) == days


def test_what_waits_now_is_counted_by_lane(moderator, page):
    waiting(page, hours=50)
    waiting(page, hours=3)
    waiting(page, hours=2, lane="crisis", due_at=timezone.now() - HOUR)
    soup = soup_of(moderator)
    assert soup.select_one(".health__now").get_text() == "3 comments wait; 2 are late. Crisis: 1 waits."
    rows = table(soup, "lanes")
    assert rows["New"][:3] == ["2", "2 d 2 h", "1"]
    assert rows["Crisis"][:3] == ["1", "2 h 0 min", "1"]
    assert rows["Advice"][:3] == ["0", "-", "0"]


def test_waits_are_those_of_decisions_that_stand(moderator, page):
    for hours in (1, 2, 3, 50):
        decided(waiting(page, hours))
    decided(waiting(page, 0.5, lane="crisis"), Verdict.REJECTED)
    decided(waiting(page, 2, lane="crisis"), Verdict.SPAM)
    decided(waiting(page, 40), days_ago=31)
    decided(factories.comment(page), Verdict.REJECTED)  # which did not wait
    undoing.undo(decided(waiting(page, 60)), by=None)
    doubted = waiting(page, 70, rules=["links"])
    moderation.dispute(doubted.findings.get(), by=None)  # which is no verdict
    rows = table(soup_of(moderator), "lanes")
    assert rows["New"][3:] == ["4", "2 h 0 min", "2 d 2 h", "75%"]
    assert rows["Crisis"][3:] == ["2", "30 min", "2 h 0 min", "50%"]
    assert rows["Selling"][3:] == ["0", "-", "-", "-"]
    assert table(soup_of(moderator, "?days=90"), "lanes")["New"][3] == "5"


def test_bars_are_drawn_to_the_time_allowed(moderator, page):
    decided(waiting(page, 24))
    decided(waiting(page, 0.5, lane="crisis"))
    bars = soup_of(moderator).select(".part--median")[:2]
    assert {round(float(bar["width"].rstrip("%")), 1) for bar in bars} == {40.0}  # half of the time, which is 80%


def test_volume_counts_each_day_alone(moderator, page):
    now = timezone.now()
    factories.comment(page, posted_at=now - timedelta(days=2))
    factories.comment(page, is_by_staff=True)
    decided(waiting(page), Verdict.REJECTED)
    decided(waiting(page), Verdict.SPAM)
    decided(waiting(page))
    undoing.undo(decided(waiting(page)), by=None)
    Report.objects.create(comment=Comment.objects.first(), complaint="other")
    soup = soup_of(moderator, "?days=7")
    days = list(table(soup, "volume").values())
    assert days[-1] == ["4", "1", "1", "1", "1", "1"]
    assert days[-2] == ["0"] * 6
    assert days[-3] == ["1", "0", "0", "0", "0", "0"]
    assert [len(chart.select("rect")) for chart in soup.select(".health__chart--columns")] == [2, 3, 2]


def test_day_begins_at_midnight_in_utc(page):
    now = timezone.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    factories.comment(page, posted_at=midnight)
    factories.comment(page, posted_at=midnight - timedelta(microseconds=1))
    factories.comment(page, posted_at=midnight - timedelta(days=6, microseconds=1))
    days = health.volume(health.first_moment(7, now), now)
    assert [day.posted for day in days] == [0, 0, 0, 0, 0, 1, 1]


def test_rule_is_overturned_where_what_it_held_was_approved(moderator, page):
    decided(waiting(page, rules=["links", "links", "advice"]))
    decided(waiting(page, rules=["links"]), Verdict.SPAM)
    decided(factories.comment(page), Verdict.REJECTED)
    decided(waiting(page, rules=["links"]), days_ago=40)
    undoing.undo(decided(waiting(page, rules=["links"])), by=None)
    unheld = factories.comment(page, status=Status.SPAM)
    Finding.objects.create(comment=unheld, rule="of-old", lane="spam", points=6, why="Seen")
    decided(unheld)
    rows = table(soup_of(moderator), "rules")
    assert rows["links"] == ["2", "2", "1", "1", "50%", "0"]
    assert rows["advice"] == ["1", "1", "0", "1", "100%", "0"]
    assert rows["of-old"] == ["1", "0", "0", "1", "100%", "0"]
    assert rows["crisis"] == ["0", "0", "0", "0", "-", "0"]
    overturned = [name for name in [rule.name for rule in RULES] if name in {"links", "advice"}]
    assert list(rows) == [*overturned, "of-old", *(rule.name for rule in RULES if rule.name not in overturned)]


def test_last_verdict_that_stands_is_the_one_that_counts(moderator, page):
    comment = waiting(page, rules=["links"])
    decided(comment)
    second = decided(comment, Verdict.REJECTED)
    assert table(soup_of(moderator), "rules")["links"] == ["1", "0", "1", "0", "0%", "0"]
    undoing.undo(second, by=None)
    assert table(soup_of(moderator), "rules")["links"] == ["1", "1", "0", "1", "100%", "0"]


def test_said_to_be_wrong_counts_until_undone(moderator, page):
    comment = waiting(page, rules=["links", "links"])
    done = [moderation.dispute(finding, by=None).deed for finding in comment.findings.all()]
    assert table(soup_of(moderator), "rules")["links"] == ["0", "0", "0", "0", "-", "2"]
    undoing.undo(done[-1], by=None)
    assert table(soup_of(moderator), "rules")["links"][-1] == "1"


def test_shifts_are_counted_by_name(moderator, page):
    zoe, ann = (get_user_model().objects.create_user(name) for name in ("zoe", "Ann"))
    for _ in range(3):
        decided(waiting(page), by=zoe)
    undoing.undo(decided(waiting(page), by=ann), by=zoe)
    decided(waiting(page))
    soup = soup_of(moderator)
    assert list(table(soup, "shifts").items()) == [
        ("somebody who has left", ["1", "0"]),
        ("Ann", ["0", "1"]),
        ("zoe", ["3", "0"]),
    ]


def test_page_asks_as_much_for_many_as_for_few(moderator, page, counting):
    def decide_some(count):
        for n in range(count):
            decided(waiting(page, n, rules=["links", "advice"]), days_ago=n % 20)
            waiting(page, n)

    decide_some(5)
    few = counting(lambda: moderator.get(URL))
    decide_some(45)
    assert counting(lambda: moderator.get(URL)) == few == 15  # ten for the figures, five for who asks and what is due


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_percentiles_are_values_that_were_measured(values):
    ordered = sorted(values)
    assert ordered[health.place(health.MEDIAN, len(values)) - 1] == statistics.median_low(values)
    ninth = ordered[health.place(health.NINE_IN_TEN, len(values)) - 1]
    assert sum(value <= ninth for value in values) * 10 >= len(values) * 9
    assert sum(value < ninth for value in values) * 10 < len(values) * 9


@settings(max_examples=25)
@given(waits=st.lists(st.tuples(st.sampled_from(["new", "crisis"]), st.integers(0, 200 * 3600)), max_size=25))
@pytest.mark.django_db
def test_lanes_agree_with_the_waits_in_order(waits):
    Deed.objects.all().delete()
    Comment.objects.all().delete()
    page = factories.article()
    deed = Deed.objects.create(kind="approved")
    for lane, seconds in waits:
        waited = timedelta(seconds=seconds)
        Decision.objects.create(
            deed=deed, comment=factories.comment(page), verdict="approved", lane=lane, waited=waited, before={}
        )
    for lane in health.lanes(deed.at - HOUR, timezone.now()):
        waited = sorted(timedelta(seconds=seconds) for name, seconds in waits if name == lane.lane)
        assert lane.decided == len(waited)
        assert lane.in_time == sum(wait <= lane.allowed for wait in waited)
        if waited:
            assert lane.median == statistics.median_low(waited)
            assert lane.nine_in_ten == waited[health.place(90, len(waited)) - 1]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=90))
def test_columns_stand_on_the_ground_and_reach_as_high_as_their_counts(days):
    columns = stacked_columns([{"below": below, "above": above} for below, above in days])
    heights = [sum(day) * COLUMNS_HIGH / columns.top for day in days]
    by_place = {}
    for piece in columns.pieces:
        by_place.setdefault(piece.x, []).append(piece)
    assert len(by_place) == sum(any(day) for day in days)
    for pieces, height in zip(by_place.values(), filter(None, heights), strict=True):
        assert float(pieces[0].y) + float(pieces[0].height) == pytest.approx(COLUMNS_HIGH, abs=0.2)
        reached = sum(float(piece.height) for piece in pieces)
        assert reached == pytest.approx(height, abs=0.2)
        assert float(pieces[-1].y) == pytest.approx(COLUMNS_HIGH - height, abs=0.2)
