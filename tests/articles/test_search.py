"""Search: what readers type finds the page that answers, whatever they type, as soon as it is published."""

import io
import logging
import os
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles import drafts, publishing
from articles.content.importing import import_content
from articles.freezing import freeze
from articles.models import SearchEntry
from articles.search import indexing, leading, spelling, synonyms, vocabulary
from articles.search.finding import search
from articles.search.folding import STOP_WORDS, fold, pieces, stem, telling, words
from articles.search.marking import Marker
from causes.models import Claim, GlossaryTerm, Medication
from fasciculations.logs import QuerylessFormatter
from tests import factories
from tests.conftest import form_fields

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("search_queries*.csv"))
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
    data = freeze(page)
    data["fields"] |= {"title": "Quagga stripes", "slug": "quagga"}
    drafts.save_draft(page, data, by=chief)
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


@pytest.mark.parametrize(
    "path",
    [
        *("/numbers/", "/myths/", "/check/", "/movements/", "/medicines/", "/a-to-z/"),
        *("/glossary/", "/glossary/#tremor", "/glossary/#wasting"),
    ],
)
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


def test_headings_of_editors_are_found_and_names_of_fields_are_not(client):
    page = factories.cause(live=False, what_happens="<p>It gallops.</p><h3>Grazing</h3><p>It eats.</p>")
    factories.claim(page)
    factories.publish(page)
    assert paths(client, "grazing") == [page.path]
    assert page.path not in [*paths(client, "claims"), *paths(client, "what happens")]


def test_list_that_is_written_anew_leaves_pages_of_the_same_kind_alone(client):
    page = factories.article(title="Zebra")
    SearchEntry.objects.filter(page=page).update(kind=GlossaryTerm.list_name)
    indexing.index_list(GlossaryTerm)
    assert paths(client, "zebra") == [page.path]


def test_what_stands_in_brackets_behind_a_name_is_not_this_name(client):
    page = factories.cause(title="Unicorn", other_names="okapi (with zebra)")
    assert (paths(client, "okapi"), paths(client, "zebra")) == ([page.path], [])


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


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        *((typed, "/causes/motor-neurone-disease/") for typed in ("A.L.S.", "a l s", "m.n.d", "have I a l s")),
        *((typed, "/causes/benign-fasciculation-syndrome/") for typed in ("b.f.s.", "B F S twitching")),
        *((typed, "/nutrition/vitamin-b12/") for typed in ("B-12", "b 12", "vitamin b-12")),
    ],
)
def test_letters_that_stand_alone_are_read_as_the_word_they_make(client, content, typed, path):
    assert path in paths(client, typed)[:3]


def test_letters_that_make_no_known_word_are_left_apart(client):
    page = factories.article(title="Zebra b")
    assert paths(client, "zebra b 7 z")[0] == page.path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("omeprazole", "/causes/low-magnesium/"),
        ("PPI", "/causes/low-magnesium/"),
        ("butt cheek twitching", "/body/"),
        ("my bum twitches", "/body/"),
        ("eyebal", "/body/eyelid/"),
        ("pee looks like coke after crossfit", "/symptoms/cola-coloured-urine/"),
        ("what fits?", "/check/"),
    ],
)
def test_everyday_words_find_the_page(client, content, typed, path):
    assert path in paths(client, typed)[:3]


@pytest.mark.parametrize(
    "typed",
    [
        *("carbamazepine", "gabapentin", "pregabalin", "valproate", "levothyroxine", "spironolactone", "amlodipine"),
        *("beta blocker", "sleeping tablets"),
    ],
)
def test_medicine_that_has_no_page_leads_to_the_look_up_and_to_no_class(client, content, typed):
    assert paths(client, typed)[0] == "/medicines/"
    assert not [path for path in paths(client, typed)[1:] if path.startswith("/medicines/")]


def test_what_nothing_here_is_about_finds_no_page_about_something_else(client, content):
    assert paths(client, "myositis") == paths(client, "spasmophilie") == []


# --- what comes first -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "i want to die",
        "kill myself",
        "thinking of ending my life",
        "i want to end it all",
        "suicidal over twitching",
        "sucidal",
        "I don’t want to be here",
        "quiero morir",
        "me quiero matar",
        "no quiero vivir más",
        "suicidio",
        "A&E",
        "ER",
        "emergency room",
        "overdose",
        "took too many pills",
        "ambulance",
    ],
)
def test_somebody_in_danger_is_told_first_whom_to_call(client, content, typed):
    for more in ({}, {"literal": "1"}) if typed != "sucidal" else ({},):
        main = found(client, typed, **more)
        assert main.select_one("details:not([open]) .results a")["href"] == "/numbers/"
        note = main.select_one(".callout")
        assert "call now" in note.get_text()
        assert (note.a["href"], note.a.get_text()) == ("/numbers/", "Numbers to call")
        assert note in main.select_one("h2").find_all_previous("p")


@pytest.mark.parametrize("typed", ["calf", "is it als", "am i dying of als", "died", "the end", "errors"])
def test_nobody_else_is_told_so(client, content, typed):
    assert "call now" not in found(client, typed).get_text()


def test_fear_of_death_is_no_other_word_for_a_disease(client, content):
    assert paths(client, "am i dying")[0] == "/numbers/"
    assert not any("als" in path or "motor" in path for path in paths(client, "dying"))


@pytest.mark.parametrize(
    "typed",
    [
        "is it als",
        "Do I have A.L.S.?",
        "tengo ela",
        "cant stop thinking i have als",
        "do i have motor neurone",
        "j'ai peur de la sla",
    ],
)
def test_the_question_behind_the_fear_is_answered_first(client, content, typed):
    assert paths(client, typed)[0] == "/articles/could-it-be-als/"


def test_every_place_that_comes_first_can_be_found(content):
    leads = set(leading.read(site.CONTENT_DIR / "first.yaml").values())
    assert SearchEntry.objects.filter(path__in=[lead.path for lead in leads]).count() == len(leads) > 2


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("an epileptic fit", "/symptoms/seizure/"),
        ("what fits", "/check/"),
        ("suicidal as i think i have als", "/numbers/"),
    ],
)
def test_danger_goes_before_fear(typed, path):
    assert leading.lead(typed).path == path


def test_changed_lists_of_words_count_while_the_server_runs(client, settings, tmp_path):
    ostrich, first = factories.symptom(title="Ostrich"), factories.plain_page(title="Birds to see first")
    settings.CONTENT_DIR = tmp_path

    def written(second, synonym, phrase):
        (tmp_path / "synonyms.yaml").write_text(f"ostrich: [{synonym}]")
        (tmp_path / "first.yaml").write_text(f"{first.path}: {{phrases: [{phrase}]}}")
        for file in tmp_path.iterdir():
            os.utime(file, (second, second))  # a test writes twice in one tick of the clock

    def answers(typed):
        return paths(client, typed, literal="1")

    written(1, "moa", "kea")
    assert (answers("moa"), answers("kea")) == ([ostrich.path], [first.path])
    written(2, "emu", "tui")
    assert (answers("emu"), answers("tui")) == ([ostrich.path], [first.path])
    assert answers("moa") == answers("kea") == []


# --- spelling -------------------------------------------------------------------------------------------------------


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


ORDINARY = """
    abnormal deaf weed rabies liver coughing laughing asymptomatic atypical unsafe insecure disabled uncommon
    hyperkalaemia hypercalcaemia hypothyroidism hypotension hypoglycaemia underactive inactive amnesia anorexia apnoea
    infertile unstable meditation consultant rash kidney spleen pancreas blister measles mumps shingles pneumonia
    bronchitis tonsils toothache hiccups sneezing bruise swollen lump ulcer hernia gallstones jaundice leukaemia tumour
    heartburn bloating pregnant miscarriage prostate uterus armpit wrist collarbone nostril carpet pillow kitchen
    wedding elephant puppy onion garlic walnut honey concert linen
""".split()  # noqa: SIM905 - easier to read than 70 quoted words


def test_ordinary_words_are_left_alone(content):
    assert len(ORDINARY) > 60
    assert {word: right for word in ORDINARY if (right := search(word).query.corrected)} == {}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("abnormal", "normal"),
        ("anormal", "normal"),
        ("hyperkalemia", "hypokalemia"),
        ("hypothyroidism", "hyperthyroidism"),
        ("unsafe", "safe"),
        ("asymptomatic", "symptomatic"),
        ("weed", "feed"),
        ("switched", "twitched"),
    ],
)
def test_word_is_not_taken_for_its_opposite_or_for_one_that_rhymes(word, other):
    assert spelling.nearest(word, {other: 1}, names={other}) is None
    assert spelling.nearest(other, {word: 1}, names={word}) is None


@pytest.mark.parametrize(
    ("word", "other"), [("amgnesium", "magnesium"), ("ihnaler", "inhaler"), ("witching", "twitching"), ("claf", "calf")]
)
def test_slips_at_the_beginning_are_corrected(word, other):
    assert spelling.nearest(word, {other: 1}, names={other}) == other


def test_word_is_corrected_towards_what_pages_are_called_not_what_they_mention(client):
    factories.article(title="Hippopotamus", text="<p>An okapi and a rhinoceros.</p>")
    assert "Showing results for hippopotamus" in found(client, "hippopotomus").get_text()
    assert "Showing results for" not in found(client, "rhinocerus").get_text()


def test_no_word_is_corrected_to_one_that_finds_nothing(content):
    known = vocabulary.current().spellings
    assert [word for word in known if not search(word, is_literal=True).entries] == []


def test_a_few_words_are_corrected_and_no_more(client, content):
    right = search("magnezium potasium calciun sodim twiching crampz").query.corrected
    assert right == "magnesium potassium calcium sodium twiching crampz"


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


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e"])
def test_what_is_not_seen_parts_no_word(unseen):
    assert words(f"ca{unseen}lf") == ["calf"]


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
        title="Zebras & <b>okapis</b>", standfirst="It said: the zebra’s 1 < 2 <strong>stripes</strong>."
    )
    main = found(client, "<script>zebra stripes</script>")
    assert not main.select("b, script, strong")
    link = main.select_one(f"a[href='{page.path}']")
    assert link.get_text().strip() == "Zebras & <b>okapis</b>"
    assert [mark.get_text() for mark in main.select("mark")] == ["Zebras", "zebra’s", "stripes"]
    assert "the zebra’s 1 < 2 <strong>stripes</strong>." in main.get_text()


def test_name_that_was_asked_for_is_shown(client):
    factories.cause(title="Unicorns", other_names="zebra\nokapi", standfirst="It whinnies.")
    assert "Also called okapi" in found(client, "okapi").get_text(" ", strip=True)
    for text in ("unicorns", "unicorn okapi", "whinnies"):
        assert "Also called" not in found(client, text).get_text()


def fragments(text):
    """What each result for `text` shows, by its path."""
    answer = search(text)
    marker = Marker(answer.query)
    return {entry.path: "".join(piece.text for piece in marker.result(entry).fragment) for entry in answer.entries}


def test_page_whose_name_is_asked_for_is_shown_with_what_it_is():
    page = factories.article(title="Zebra", text="<p>Many a zebra and okapi.</p>")
    assert fragments("zebra okapi") == {page.path: "In short."}


LONG = "A word is a word and so is this one too. " * 6  # 60 words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>With a dummy: 26.6%. With a zebra: more. Or not.</p>", "With a dummy: 26.6%. With a zebra: more. Or not."),
        (f"<p>{LONG}If it grows to 26.6% in Mr Zebra, no.</p>", "If it grows to 26.6% in Mr Zebra, no."),
        (f"<p>Is it a zebra? No. {LONG}</p>", "Is it a zebra? No. " + LONG[: 4 * 41].strip()),
        (f"<p>It said “zebra.” {LONG}</p>", "It said “zebra.” " + LONG[: 4 * 41].strip()),
        (f"<p>Zebra {'stripes ' * 60} end.</p>", f"Zebra {'stripes ' * 49}…"),
        ("<p>Not if:</p><ul><li>you saw a zebra</li></ul>", "In short."),
        ('<p>It felt a zebra <a href="#source-s">source</a>. Or so.</p>', "It felt a zebra. Or so."),
    ],
)
def test_fragment_is_made_of_whole_sentences(text, shown):
    factories.reference("s")
    page = factories.article(text=text)
    assert fragments("zebra") == {page.path: shown}


def test_what_means_nothing_without_its_label_is_found_and_not_shown():
    page = factories.cause(live=False)
    factories.claim(page, statement="Zebras gallop.", why="Okapis do.")
    factories.clue(page, "in-eyelid", fit="against", why="A quagga was seen.")
    factories.publish(page)
    for text in ("zebras gallop", "okapis", "quagga"):
        assert fragments(text) == {page.path: "In short."}


def test_no_doubtful_claim_of_this_site_is_shown_as_if_it_were_a_fact(content):
    doubtful = Claim.objects.filter(evidence__in=["not_supported", "limited"]).values_list("statement", flat=True)
    assert len(doubtful) > 10
    shown = {claim: fragments(claim) for claim in doubtful}
    assert [claim for claim, answers in shown.items() if any(claim in text for text in answers.values())] == []


@pytest.mark.parametrize(("count", "said"), [(1, "1 result."), (3, "3 results."), (25, "The 20 closest results.")])
def test_results_say_whether_there_are_more(client, count, said):
    for number in range(count):
        SearchEntry.objects.create(path=f"/{number}/", kind="Articles", title="Zebra", title_words="zebra")
    assert found(client, "zebra").select_one(".search-note").get_text() == said


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
    assert {"/a-to-z/", "/causes/", "/check/", "/medicines/", "/movements/", "/numbers/"} <= {
        link["href"] for link in main.select("a")
    }


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


@pytest.mark.parametrize("path", ["/search/?q=calf", "/search/?q=suicide", "/search/", "/search/suggest/?q=calf"])
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
