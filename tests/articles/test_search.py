"""Search: what readers type finds the page that answers, whatever they type, as soon as it is published."""

import io
import logging
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles import publishing
from articles.content.importing import import_content
from articles.models import SearchEntry
from articles.search import indexing, spelling, synonyms
from articles.search.finding import search
from articles.search.folding import STOP_WORDS, fold, pieces, stem, telling, words
from causes.models import GlossaryTerm, Medication
from fasciculations.logs import QuerylessFormatter
from tests import factories
from tests.conftest import form_fields

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent
FILES = [FOLDER / "search_queries.csv", FOLDER / "search_queries_2.csv"]
HOSTILE = [
    "",
    " ",
    "\x00",
    "calf\x00twitch",
    '"a* NEAR(',
    '"calf',
    "calf AND OR NOT",
    "title:calf {a} : b ^2",
    "'; DROP TABLE articles_page; --",
    "& | ! <-> :* 'a':AB",
    "%s %(x)s {0} \\",
    "x" * 10_000,
    "calf " * 2_000,
    "a\u0301" * 500,
    "😀🦵🏽",
    "ارتعاش العضلات",
    "\u202ecalf\u202c",
    "the of and",
    "1e5 10% b12 -5 nhs.uk/a/b a@b.c",
    "ﬁbre ² ½ Ⅷ ß İ",
]


def found(client, text, **more):
    """The page of results as its reader gets it."""
    response = client.get("/search/", {"q": text, **more})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def paths(client, text, **more):
    return [link["href"] for link in found(client, text, **more).select(".results a")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_readers_queries_find_their_page_among_the_first_three(content, file):
    out = io.StringIO()
    call_command("evaluate_search", file, stdout=out)
    hits, of = map(int, re.search(r"(\d+) of (\d+) \(", out.getvalue()).groups())
    assert of >= 60
    assert hits / of >= 0.98, out.getvalue()


def test_score_names_the_misses(tmp_path):
    factories.cause(title="Zebra stripes")
    file = tmp_path / "queries.csv"
    file.write_text("query,expect_regex\nzebra,STRIPES\nokapi,okapi\n")
    out = io.StringIO()
    call_command("evaluate_search", file, stdout=out)
    assert out.getvalue() == "okapi: expected okapi, found nothing\n1 of 2 (50.0%)\n"


# --- what is found, and when ----------------------------------------------------------------------------------------


def test_page_is_found_from_its_publication_until_it_is_hidden(client):
    page = factories.article(live=False, title="Zebra stripes")
    assert paths(client, "zebra") == []
    factories.publish(page)
    assert paths(client, "zebra") == [page.path]
    publishing.unpublish(page, by=None)
    assert paths(client, "zebra") == []


def test_draft_is_not_found_before_it_is_published(client, chief):
    page = factories.cause(title="Zebra stripes")
    data = publishing.freeze(page)
    data["fields"] |= {"title": "Quagga stripes", "slug": "quagga"}
    publishing.save_draft(page, data, by=chief)
    assert (paths(client, "quagga"), paths(client, "zebra")) == ([], [page.path])
    publishing.publish(page, by=chief)
    assert (paths(client, "quagga"), paths(client, "zebra")) == (["/causes/quagga/"], [])


def test_names_titles_tags_and_texts_are_found(client):
    page = factories.cause(live=False, title="Zebra", medical_name="equus quagga", other_names="stripy unicorn\nokapi")
    page.tags.set(["savanna"])
    factories.claim(page, statement="It gallops.")
    factories.publish(page)
    for text in ("zebras", "Equus", "stripy unicorns", "OKAPI", "savanna", "galloping"):
        assert paths(client, text) == [page.path], text


def test_medicine_is_found_by_each_of_its_names(client):
    page = factories.medication_class(live=False)
    Medication.objects.create(medication_class=page, inn="zebramol", us_name="quaggaphen")
    factories.publish(page)
    assert paths(client, "zebramol") == paths(client, "quaggaphen") == [page.path]


def test_name_outranks_title_and_title_outranks_text(client):
    in_text = factories.article(title="Aardvarks", text="<p>A zebra and another zebra, zebra by zebra.</p>")
    in_title = factories.article(title="All about the zebra and the okapi")
    is_name = factories.cause(title="Unicorns", other_names="zebra")
    assert paths(client, "zebra") == [is_name.path, in_title.path, in_text.path]


def test_page_with_all_words_comes_before_pages_with_one(client):
    both = factories.article(text="<p>The zebra met the okapi.</p>")
    factories.article(title="Zebra")
    factories.article(text="<p>An okapi.</p>")
    assert len(paths(client, "okapi, zebra?")) == 3
    assert paths(client, "met okapi")[0] == both.path


@pytest.mark.parametrize("path", ["/numbers/", "/myths/", "/glossary/", "/glossary/#tremor", "/glossary/#wasting"])
def test_places_that_are_no_pages_are_found(client, content, path):
    entry = SearchEntry.objects.get(path=path)
    assert path in paths(client, entry.title)
    assert client.get(path.split("#")[0]).status_code == 200


def test_term_is_found_as_it_is_saved_and_deleted_in_the_admin(client, editor):
    fields = {"term": "Zebra", "slug": "zebra", "definition": "<p>A horse.</p>"}
    add = "/admin/causes/glossaryterm/add/"
    editor.client.post(add, form_fields(editor.client.get(add).content) | fields)
    assert paths(client, "zebra") == ["/glossary/#zebra"]
    term = GlossaryTerm.objects.get(slug="zebra")
    editor.save(term, slug="quagga", term="Quagga")
    assert (paths(client, "zebra"), paths(client, "quagga")) == ([], ["/glossary/#quagga"])
    editor.answer(f"/admin/causes/glossaryterm/{term.pk}/delete/")
    assert paths(client, "quagga") == []


def test_terms_are_found_no_more_when_several_are_deleted_at_once(client, editor):
    terms = [factories.term(term="Zebra"), factories.term(term="Zebroid")]
    indexing.index_list(GlossaryTerm)
    chosen = {"action": "delete_selected", "_selected_action": [str(term.pk) for term in terms], "post": "yes"}
    editor.client.post("/admin/causes/glossaryterm/", chosen)
    assert not GlossaryTerm.objects.filter(pk__in=[term.pk for term in terms]).exists()
    assert paths(client, "zebra") == []


def test_import_and_reindex_mend_an_index_that_is_lost(client, content):
    def lose_and(mend):
        SearchEntry.objects.all().delete()
        mend()
        return list(SearchEntry.objects.order_by("path").values_list("path", "title", "names", "body_words"))

    entries = lose_and(lambda: import_content(site.CONTENT_DIR))
    assert entries == lose_and(lambda: call_command("reindex", stdout=io.StringIO()))
    assert len(entries) > 150
    assert "/body/calf/" in paths(client, "calf")


def test_rows_that_are_copied_whole_are_found(client):
    page = factories.article(title="Zebra")
    table = SearchEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE kept AS SELECT * FROM {table}")
        cursor.execute(f"DELETE FROM {table}")
        assert paths(client, "zebra") == []
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept")
        cursor.execute("DROP TABLE kept")
    assert paths(client, "zebra") == [page.path]


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("ELA", "/causes/motor-neurone-disease/"),
        ("eye twitch", "/causes/eyelid-twitching/"),
        ("párpado que tiembla", "/causes/eyelid-twitching/"),
        ("crampes", "/symptoms/cramps/"),
        ("hypokalemia", "/causes/low-potassium/"),
        ("Lasix", "/medicines/diuretics/"),
        ("GUILLAIN-BARRÉ", "/causes/guillain-barre-syndrome/"),
        ("kennedys disease", "/causes/kennedy-disease/"),
    ],
)
def test_other_words_for_the_same_find_the_page(client, content, typed, path):
    assert path in paths(client, typed)[:3]


def test_each_of_our_words_in_the_list_of_synonyms_finds_a_page(content):
    lost = [our for their in synonyms.current().ours.values() for our in their if not search(" ".join(our)).entries]
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("tounge", "tongue"),
        ("kalf", "calf"),
        ("magnezium", "magnesium"),
        ("begnin fasiculation", "benign fasciculation"),
    ],
)
def test_misspelt_word_is_corrected_and_the_reader_is_told(client, content, typed, right):
    main = found(client, typed)
    note = main.select_one(".search-note")
    assert f"Showing results for {right}." in note.get_text()
    literally = client.get(f"/search/{note.a['href']}")
    assert "Showing results for" not in literally.content.decode()
    assert typed in note.a.get_text()


@pytest.mark.parametrize("typed", ["calf", "twitches", "zoloft", "sertraline", "SBMA", "xqzt", "the", "tic tics"])
def test_word_that_is_known_or_like_no_other_is_left_alone(client, content, typed):
    assert "Showing results for" not in found(client, typed).get_text()


def test_word_of_a_hidden_page_is_suggested_to_nobody(client):
    page = factories.article(title="Hippopotamus")
    assert "Showing results for hippopotamus" in found(client, "hipopotamus").get_text()
    publishing.unpublish(page, by=None)
    assert "hippopotamus" not in found(client, "hipopotamus").get_text()


@given(st.text(alphabet="abcde", max_size=8), st.text(alphabet="abcde", max_size=8))
def test_slips_are_a_distance(one, other):
    assert spelling.slips(one, other) == spelling.slips(other, one) >= abs(len(one) - len(other))
    assert (spelling.slips(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("calf", "claf", 1), ("calf", "kalf", 1), ("calf", "calfs", 1), ("calf", "half ", 2)]
)
def test_swapped_letters_are_one_slip(one, other, slips):
    assert spelling.slips(one, other) == slips


@given(st.text())
def test_folding_changes_no_folded_word_and_pieces_lose_nothing(text):
    assert words(" ".join(words(text))) == words(text)
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_stop_words_are_those_of_postgresql_and_more():
    assert telling("It's the calf, isn't it?") == ["calf"]
    assert all(fold(word) == word for word in STOP_WORDS)
    assert stem("twitches") == stem("twitching") == stem("twitchy") == "twitch"


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
def test_hostile_text_gets_an_answer(client, content, path, text):
    for more in ({}, {"literal": "1"}):
        assert client.get(path, {"q": text} | more).status_code == 200


def test_bytes_that_are_no_text_get_an_answer(client):
    assert client.get("/search/?q=%ff%fe&q=%00&literal").status_code == 200


@given(text=st.text(max_size=300))
def test_any_text_gets_an_answer(client, content, text):
    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_long_text_is_cut(client, content):
    box = found(client, f"calf {'x' * 10_000}").select_one("input[name=q]")
    assert len(box["value"]) == 200
    assert "/body/calf/" in paths(client, f"calf {'y ' * 10_000}")


def test_found_words_are_marked_and_all_is_escaped(client):
    page = factories.article(
        title="Zebras & <b>okapis</b>", text="<p>It said: the zebra’s 1 &lt; 2 <strong>stripes</strong>.</p>"
    )
    main = found(client, "<script>zebra stripes</script>")
    assert not main.select("b, script, strong")
    link = main.select_one(f"a[href='{page.path}']")
    assert link.get_text().strip() == "Zebras & <b>okapis</b>"
    assert [mark.get_text() for mark in main.select("mark")] == ["Zebras", "zebra’s", "stripes"]
    assert "the zebra’s 1 < 2 stripes." in main.get_text()


def test_name_that_was_asked_for_is_shown(client):
    factories.cause(title="Unicorns", other_names="zebra\nokapi")
    assert "Also called okapi" in found(client, "okapi").get_text(" ", strip=True)


def test_results_say_how_many_and_of_which_kind(client, content):
    main = found(client, "cramp")
    results, said = len(main.select(".results a")), main.select_one(".search-note").get_text()
    assert re.search(r"\d+", said)[0] == str(results)
    assert len(main.select("section:first-of-type .kind")) == 3
    headings = [heading.get_text() for heading in main.select("h2")]
    assert headings[0] == "Closest"
    assert len(headings) == len(set(headings)) > 2


def test_nothing_found_leads_on(client, content):
    main = found(client, "xqzt")
    assert "No page here has these words" in main.get_text()
    assert {"/a-to-z/", "/causes/", "/numbers/"} <= {link["href"] for link in main.select("a")}


def test_every_other_page_has_the_box_and_search_has_one(client, content):
    for path in ("/", "/causes/", "/nowhere/", "/search/", "/search/?q=calf"):
        boxes = BeautifulSoup(client.get(path).content, "html.parser").select("form[role=search] input[type=search]")
        assert len(boxes) == 1, path


def test_queries_stay_the_same_among_many_entries(client, counting):
    def zebras(count):
        indexing.reindex()
        for _ in range(count):
            SearchEntry.objects.create(
                path=f"/{factories.reference().key}/", kind="Articles", title="Zebra", title_words="zebra"
            )
        client.get("/search/")
        return [
            counting(lambda path=path: client.get(path)) for path in ("/search/?q=zebra+okapi", "/search/suggest/?q=ze")
        ]

    few = zebras(10)
    assert zebras(1000) == few
    assert max(few) <= 5


# --- suggestions ----------------------------------------------------------------------------------------------------


def suggested(client, text):
    return [found["path"] for found in client.get("/search/suggest/", {"q": text}).json()["suggestions"]]


@pytest.mark.parametrize(
    ("typed", "path"),
    [("eyel", "/body/eyelid/"), ("low pot", "/causes/low-potassium/"), ("lou geh", "/causes/motor-neurone-disease/")],
)
def test_beginning_of_a_name_is_enough(client, content, typed, path):
    assert path in suggested(client, typed)
    assert len(suggested(client, typed)) <= 8


def test_nothing_is_suggested_for_one_letter_or_nothing(client, content):
    assert suggested(client, "e") == suggested(client, "") == suggested(client, "?!") == []


def test_suggestion_is_a_page_that_is_live(client):
    page = factories.article(title="Zebra")
    assert client.get("/search/suggest/?q=zeb").json() == {
        "suggestions": [{"title": "Zebra", "kind": "Articles", "path": page.path}]
    }
    publishing.unpublish(page, by=None)
    assert suggested(client, "zeb") == []


# --- privacy --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/search/?q=calf", "/search/", "/search/suggest/?q=calf"])
def test_what_is_asked_is_told_to_nobody(client, content, path):
    response = client.get(path)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_other_pages_tell_other_sites_nothing(client, content):
    assert client.get("/causes/")["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("Not Found: %s", ("/x/?q=calf",), "Not Found: /x/?…"),
        ('"%s" %s', ("GET /search/?q=my+calf HTTP/1.1", 200), '"GET /search/?… HTTP/1.1" 200'),
        ("Could it be ALS? See /causes/.", (), "Could it be ALS? See /causes/."),
    ],
)
def test_log_holds_no_query(message, args, said):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert QuerylessFormatter().format(record) == said


def test_failure_is_logged_without_its_query(client, monkeypatch):
    def fail(request, *args):
        raise RuntimeError(f"cannot answer {request.get_full_path()}")

    said = io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, QuerylessFormatter):
            monkeypatch.setattr(handler, "stream", said)
    monkeypatch.setattr("articles.views.render", fail)
    client.raise_request_exception = False
    assert client.get("/articles/?q=secret").status_code == 500
    assert "cannot answer /articles/?…" in said.getvalue()
    assert "secret" not in said.getvalue()
