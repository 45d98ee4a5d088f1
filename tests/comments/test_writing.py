"""Readers write: what is received is kept, what is not comes back whole."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart
from django.utils import timezone

from articles.models import Article
from comments.learning import Model
from comments.models import Comment, LearnedModel, Mode, Status, Thread
from tests import factories

from .conftest import Reader, fields, text_of


@pytest.fixture
def later(monkeypatch):
    """A function that moves the clock on."""
    real, moved = timezone.now, [timedelta()]
    monkeypatch.setattr(timezone, "now", lambda: real() + moved[0])

    def move(**span):
        moved[0] += timedelta(**span)

    return move


def write_later(reader, page, later, **changes):
    """Take half a minute for it, as people do."""
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "It twitches at night.", "name": "Ann"} | changes
    later(seconds=30)
    return reader.client.post(path, form)


@pytest.mark.parametrize("kind", [factories.article, factories.cause])
def test_comment_is_received_and_waits_for_a_moderator(reader, kind):
    page = kind()
    comment, own = reader.posted(page)
    assert (comment.body, comment.name, comment.status) == ("It twitches at night.", "Ann", Status.PENDING)
    assert "waits for a moderator" in text_of(reader.client.get(own))
    assert "It twitches at night." not in text_of(reader.client.get(page.path))


def test_nothing_of_the_form_stands_on_the_page(reader, page):
    html = reader.client.get(page.path).content.decode()
    assert 'method="post"' not in html
    assert "<textarea" not in html
    assert "token" not in html
    assert f'href="{page.path}comments/write/"' in html


def test_no_cookie_is_set_anywhere(reader, page):
    _, own = reader.posted(page)
    reader.client.get(own)
    assert not reader.client.cookies


def test_form_is_kept_by_nobody(reader, page):
    response = reader.client.get(f"{page.path}comments/write/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_open_thread_shows_a_harmless_comment_at_once(reader, page, later):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    write_later(reader, page, later)
    assert "It twitches at night." in text_of(reader.client.get(page.path))


def test_first_comment_is_held_and_the_next_of_the_same_person_is_not(reader, page, later):
    Thread.objects.create(page=page, mode=Mode.FIRST_HELD)
    write_later(reader, page, later)
    assert Comment.objects.get().status == Status.PENDING
    Comment.objects.update(status=Status.APPROVED)
    write_later(reader, page, later, body="And in the morning, too.")
    assert Comment.objects.latest("posted_at").status == Status.APPROVED
    write_later(reader, page, later, body="Nobody knows me yet.", name="Somebody else")
    assert Comment.objects.latest("posted_at").status == Status.PENDING


def test_closed_thread_takes_nothing_and_gives_the_text_back(reader, page):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Too late, alas.", "name": "Ann"}
    Thread.objects.create(page=page, mode=Mode.CLOSED)
    response = reader.client.post(path, form)
    assert response.status_code == 200
    assert fields(response)["body"] == "Too late, alas."
    assert "closed" in text_of(reader.client.get(path))
    assert "write/" not in reader.client.get(page.path).content.decode()


def test_thread_closes_by_itself_after_its_days(reader, page, later):
    Thread.objects.create(page=page, closes_after_days=7)
    assert reader.write(page).status_code == 302
    later(days=8)
    assert "Comments on this page are closed." in text_of(reader.client.get(page.path))


def test_reply_stands_below_what_it_answers(reader, page, later):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    begun = factories.comment(page)
    path = f"{page.path}comments/{begun.pk}/reply/"
    form = reader.form(path) | {"body": "Mine too.", "name": "Bob"}
    later(seconds=30)
    reader.client.post(path, form)
    reply = Comment.objects.get(name="Bob")
    assert reply.parent == begun
    html = reader.client.get(page.path).content.decode()
    assert html.index(begun.body) < html.index("Mine too.")


def test_nobody_answers_a_reply_or_what_is_not_shown(reader, page):
    begun = factories.comment(page)
    reply = factories.comment(page, parent=begun)
    waiting = factories.comment(page, status=Status.PENDING)
    elsewhere = factories.comment(factories.article())
    for comment in (reply, waiting, elsewhere):
        assert reader.client.get(f"{page.path}comments/{comment.pk}/reply/").status_code == 404


def test_hidden_page_takes_no_comments(reader):
    page = factories.article(live=False)
    assert reader.client.get(f"/articles/{page.slug}/comments/write/").status_code == 404


# --- what is wrong comes back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": ""}, "Write your comment first."),
        ({"body": " \n\u200b"}, "Write your comment first."),
        ({"name": ""}, "Give a name"),
        ({"body": "x" * 5001}, "at most 5000 characters"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"body": "a\0b"}, "Null characters"),
        ({"name": "ann@example.org"}, "Everybody can read the name"),
        ({"name": "Ann\u2028Moderator"}, "in one line"),
        ({"name": "\u3164"}, "a letter or a figure"),
        ({"name": "\u2800"}, "a letter or a figure"),
        ({"name": "\u0301\u0302"}, "a letter or a figure"),
    ],
)
def test_mistake_is_named_and_nothing_is_lost(reader, page, changes, words):
    response = reader.write(page, **{"body": "Kept text.", "name": "Ann"} | changes)
    assert response.status_code == 200
    assert words in text_of(response)
    sent = {"body": "Kept text.", "name": "Ann"} | changes
    kept = fields(response)
    assert (kept["body"], kept["name"]) == (sent["body"], sent["name"])
    assert not Comment.objects.exists()


def test_text_that_was_changed_after_the_warning_is_looked_at_again(reader, page):
    path = f"{page.path}comments/write/"
    warned = fields(reader.write(page, "Ring me on 0161 496 0837."))
    more = reader.client.post(path, warned | {"body": "Ring me on 0161 496 0838.", "personal": "keep"})
    assert "a telephone number" in text_of(more)
    assert not Comment.objects.exists()
    assert reader.client.post(path, fields(more) | {"personal": "keep"}).status_code == 302
    assert Comment.objects.get().body == "Ring me on 0161 496 0838."


@pytest.mark.parametrize("changes", [{"name": ""}, {"body": "I want to die tonight. Ring me: 0161 496 0837"}])
@pytest.mark.parametrize("mode", [Mode.OPEN, Mode.CLOSED])
def test_whoever_may_be_in_danger_is_told_whom_to_talk_to_when_the_form_comes_back(reader, page, changes, mode):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "I want to die. I will kill myself tonight.", "name": "Ann"} | changes
    Thread.objects.create(page=page, mode=mode)
    response = reader.client.post(path, form)
    assert response.status_code == 200
    assert "116 123" in text_of(response)
    assert "It has not been sent yet" in text_of(response)
    calm = reader.client.post(path, form | {"body": "It twitches.", "name": ""})
    assert "116 123" not in text_of(calm)


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "unicode_escape", "utf-16"])
def test_form_is_read_as_it_was_handed_out_whatever_its_header_says(reader, page, charset):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Ça \\ud800 tremble.", "name": "Ann"}
    sort = f"multipart/form-data; boundary={BOUNDARY}; charset={charset}"
    assert reader.client.generic("POST", path, encode_multipart(BOUNDARY, form), content_type=sort).status_code == 302
    assert Comment.objects.get().body == form["body"]


def test_form_that_was_open_too_long_is_sent_again_at_once(reader, page, later):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "A long, long thought.", "name": "Ann"}
    later(days=1)
    response = reader.client.post(path, form)
    assert response.status_code == 200
    assert "open for a long time" in text_of(response)
    again = reader.client.post(path, fields(response))
    assert again.status_code == 302
    comment = Comment.objects.get()
    assert comment.body == "A long, long thought."
    assert not comment.findings.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "W10:abc"])
def test_form_that_we_did_not_make_is_not_taken(reader, page, token):
    response = reader.write(page, token=token)
    assert "could not be recognised" in text_of(response)
    assert reader.client.post(f"{page.path}comments/write/", fields(response)).status_code == 302


def test_form_of_one_page_is_not_taken_on_another(reader, page):
    token = reader.form(f"{factories.article().path}comments/write/")["token"]
    assert "belongs to another page" in text_of(reader.write(page, token=token))
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_form_sent_from_elsewhere_is_not_taken_and_comes_back(reader, page, headers):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Kept text.", "name": "Ann"}
    response = Client(headers=headers).post(path, form)
    assert response.status_code == 200
    assert "another site" in text_of(response)
    assert not Comment.objects.exists()
    assert reader.client.post(path, fields(response)).status_code == 302


def test_browser_without_fetch_metadata_is_believed_by_its_origin(page):
    reader = Reader()
    form = reader.form(f"{page.path}comments/write/") | {"body": "From an old browser.", "name": "Ann"}
    old = Client(headers={"Origin": "http://testserver"})
    assert old.post(f"{page.path}comments/write/", form).status_code == 302


def test_form_sent_twice_is_one_comment(reader, page):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Pressed twice.", "name": "Ann"}
    first, second = reader.client.post(path, form), reader.client.post(path, form)
    assert first.url == second.url
    assert Comment.objects.count() == 1


def test_form_sent_again_with_another_text_asks_once_and_is_another_comment(reader, page):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "First text.", "name": "Ann"}
    reader.client.post(path, form)
    response = reader.client.post(path, form | {"body": "Second text."})
    assert "sent before" in text_of(response)
    reader.client.post(path, fields(response))
    assert set(Comment.objects.values_list("body", flat=True)) == {"First text.", "Second text."}


def test_form_that_was_sent_too_soon_is_no_older_for_being_sent_again(reader, page, later):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "First text.", "name": "Ann"}
    reader.client.post(path, form)
    again = fields(reader.client.post(path, form | {"body": "Second text."}))
    reader.client.post(path, again)
    assert Comment.objects.get(body="Second text.").findings.filter(rule="too-quick").exists()
    again = fields(reader.client.post(path, form | {"body": "Third text."}))
    later(seconds=30)
    reader.client.post(path, again)
    assert not Comment.objects.get(body="Third text.").findings.filter(rule="too-quick").exists()


def test_form_that_is_sent_again_brings_no_erased_comment_back(reader, page):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Said too much.", "name": "Ann"}
    own = reader.client.post(path, form).url
    reader.send(f"{own}change/", body="Still too much.")
    reader.send(f"{own}erase/")
    response = reader.client.post(path, form)
    assert "what it brought was erased" in text_of(response)
    assert not Comment.objects.exists()
    assert reader.client.post(path, fields(response)).status_code == 302


def test_form_sent_again_with_another_name_is_not_taken_for_the_same(reader, page):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "The same text.", "name": "Ann Realname"}
    reader.client.post(path, form)
    response = reader.client.post(path, form | {"name": "Ann"})
    assert "sent before" in text_of(response)
    assert fields(response)["name"] == "Ann"


@pytest.mark.parametrize("name", ["I want to die tonight", "Buy pills at http://pills.example/"])
def test_name_is_judged_like_the_text(reader, page, later, name):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    write_later(reader, page, later, name=name)
    comment = Comment.objects.get()
    assert comment.status != Status.APPROVED
    assert comment.findings.first().why.startswith("In the name: ")


@pytest.mark.parametrize(
    "name", ["Moderator", "M o d e r a t o r", "Àdmin", "The team", "Fasciculations Support", "El moderador"]
)
def test_name_that_speaks_for_the_site_is_read_first(reader, page, later, name):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    write_later(reader, page, later, name=name)
    assert Comment.objects.get().status == Status.PENDING
    write_later(reader, page, later, name="Ann Other", body="Nothing of the sort.")
    assert Comment.objects.get(name="Ann Other").status == Status.APPROVED


@pytest.mark.parametrize("name", ["Benign Fasciculations", "Fasciculations sufferer", "Team Smith", "La"])
def test_name_that_only_shares_a_word_with_ours_is_no_reason_to_wait(reader, page, later, name):
    Thread.objects.create(page=page, mode=Mode.OPEN)
    write_later(reader, page, later, name=name)
    assert Comment.objects.get().status == Status.APPROVED


@pytest.mark.parametrize("name", ["李雷", "Zoë", "Анна", "7", "Ann 🙂"])
def test_names_of_all_scripts_are_taken(reader, page, name):
    assert reader.posted(page, name=name)[0].name == name


def test_model_of_another_form_closes_no_form_and_is_trained_anew(reader, page, caplog):
    LearnedModel.objects.create(data=b"of an earlier release", spam=0, ham=0)
    reader.posted(page)
    assert "trained anew" in caplog.text
    assert isinstance(Model.from_bytes(bytes(LearnedModel.objects.get().data)), Model)


def refuse(execute, sql, *rest):
    raise OperationalError("the database is gone")


def test_text_survives_a_stopped_database(reader, page):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Kept <b>text</b>.\n\nAll of it.", "name": "Ann"}
    with connection.execute_wrapper(refuse):
        response = reader.client.post(path, form)
    assert response.status_code == 503
    assert "nothing is lost" in text_of(response)
    kept = fields(response)
    assert {name: kept[name] for name in ("body", "name", "token")} == {
        name: form[name] for name in ("body", "name", "token")
    }
    assert reader.client.post(path, kept).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_text_survives_a_database_that_stops_in_the_middle(reader, page):
    """Wherever it stops, there is either a comment that was received, or a page with the text."""
    path = f"{page.path}comments/write/"
    kept = 0
    for allowed in range(1, 60):
        form = reader.form(path) | {"body": f"Text {allowed}.", "name": "Ann"}
        asked = []

        def refuse_later(execute, sql, *rest, allowed=allowed, asked=asked):
            asked.append(sql)
            return refuse(execute, sql) if len(asked) > allowed else execute(sql, *rest)

        with connection.execute_wrapper(refuse_later):
            response = reader.client.post(path, form)
        was_received = Comment.objects.filter(body=f"Text {allowed}.").exists()
        assert was_received == (response.status_code == 302)
        if was_received:
            break
        assert fields(response)["body"] == f"Text {allowed}."
        kept += 1
    assert kept > 8
    assert was_received


def test_enormous_form_is_refused_before_it_is_read(reader, page):
    path = f"{page.path}comments/write/"
    assert reader.client.post(path, {"body": "x" * 1_200_000}).status_code == 413
    assert "at most 5000 characters" in text_of(reader.write(page, "語" * 20_000))
    assert reader.client.post(path, {}, headers={"Content-Length": "abc"}).status_code == 200


def test_too_many_comments_from_one_network_are_put_off(reader, page):
    for n in range(15):
        reader.write(page, f"Number {n} of many.")
    response = reader.write(page, "One too many.")
    assert "Too many comments" in text_of(response)
    assert fields(response)["body"] == "One too many."


def test_text_survives_a_page_or_comment_that_goes_away_meanwhile(reader, page):
    begun = factories.comment(page)
    for path in (f"{page.path}comments/write/", f"{page.path}comments/{begun.pk}/reply/"):
        form = reader.form(path) | {"body": "Kept text.", "name": "Ann"}
        Comment.objects.filter(pk=begun.pk).update(listed_at=None)
        Article.objects.filter(pk=page.pk).update(live_revision=None if path.endswith("write/") else page.live_revision)
        response = reader.client.post(path, form)
        Article.objects.filter(pk=page.pk).update(live_revision=page.live_revision)
        Comment.objects.filter(pk=begun.pk).update(listed_at=begun.posted_at)
        assert response.status_code == 404
        assert fields(response)["body"] == "Kept text."


def test_form_is_sent_on_to_where_its_page_has_moved(reader, page, editor):
    path = f"{page.path}comments/write/"
    form = reader.form(path) | {"body": "Kept text.", "name": "Ann"}
    editor.publish(page, slug="moved")
    response = reader.client.post(path, form, follow=True)
    assert response.redirect_chain[0] == ("/articles/moved/comments/write/", 308)
    assert Comment.objects.get().body == "Kept text."


def test_addresses_below_a_page_move_with_it(client, page, editor):
    begun = factories.comment(page)
    old = f"{page.path}comments/"
    editor.publish(page, slug="moved")
    assert client.get(f"{old}{begun.pk}/?after=x")["Location"] == f"/articles/moved/comments/{begun.pk}/?after=x"
    assert client.get(f"{old}nowhere/", follow=True).status_code == 404
