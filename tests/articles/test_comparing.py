"""What editors are told of the difference between two states of a page."""

import copy
import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from articles import comparing, wording
from articles.comparing import Change, FieldChange, Kind, compare
from articles.freezing import freeze
from articles.models import Author, HelpCardSection, ImageSection, TextSection
from articles.wording import Piece
from causes.models import MedicineTableSection, SymptomTable, SymptomTableColumn
from tests import factories

TEXTS = "articles.textsection"


def page_state(*texts, **fields):
    """A frozen article, of no row, with a text section of each of `texts`; equal ones have equal ids."""
    sections = [section(f"Heading {n}", text, n) for n, text in enumerate(texts)]
    return {"kind": "articles.article", "id": str(uuid.UUID(int=1)), "fields": fields, "parts": {TEXTS: sections}}


def section(heading, body, ordering):
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, heading)), "heading": heading, "body": body, "ordering": ordering}


def ordered(headings):
    state = page_state()
    state["parts"][TEXTS] = [section(heading, "<p>Words.</p>", n) for n, heading in enumerate(headings)]
    return state


def told(changes):
    """Each change as (kind, place)."""
    return [(change.kind.value, change.place) for change in changes]


def diff(change, name=""):
    """A field's pieces in short: same, [-removed-], {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    [field] = [field for field in change.fields if not name or field.name == name]
    return "".join(marks[piece.op].format(piece.text) for piece in field.pieces)


def body_diff(old, new):
    [change] = compare(page_state(old), page_state(new))
    return diff(change, "body")


def joined(field, op):
    return "".join(piece.text for piece in field.pieces if piece.op in {"same", op})


def drawn(changes):
    return render_to_string("admin/_changes.html", {"changes": changes})


# --- what happened, and where ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_differs():
    state = freeze(factories.article(live=False, tags=["sleep"]))
    assert compare(state, copy.deepcopy(state)) == []


@pytest.mark.django_db
def test_state_from_before_a_field_was_added_says_the_same():
    new = freeze(factories.article(live=False))
    old = copy.deepcopy(new)
    del old["fields"]["review_due_on"], old["parts"]["articles.imagesection"], old["parts"][TEXTS][0]["heading"]
    new["parts"][TEXTS][0]["heading"] = ""
    assert compare(old, new) == []


def test_own_field_of_the_page():
    [change] = compare(page_state(title="Old title"), page_state(title="New title"))
    pieces = [Piece("removed", "Old"), Piece("added", "New"), Piece("same", " title")]
    assert change == Change(Kind.CHANGED, "Page", "page", [FieldChange("Title", "title", pieces)])


def test_number_that_orders_pages_is_a_field_of_the_page():
    [change] = compare(page_state(position=10), page_state(position=20))
    assert diff(change, "position") == "[-10-]{+20+}"


def test_part_is_added_with_its_fields_that_say_something():
    [change] = compare(page_state(), page_state("<p>First words.</p>"))
    assert (change.kind, change.place, change.is_moved) == ("added", "Text: Heading 0", False)
    assert change.key == f"articles.textsection:{uuid.uuid5(uuid.NAMESPACE_URL, 'Heading 0')}"
    assert [field.label for field in change.fields] == ["Heading", "Body"]
    assert diff(change, "body") == "{+First words.+}"


def test_part_is_removed():
    [change] = compare(page_state("<p>First words.</p>"), page_state())
    assert (change.kind, change.place) == ("removed", "Text: Heading 0")
    assert diff(change, "body") == "[-First words.-]"


def test_part_is_changed_and_has_its_new_name():
    old, new = page_state("<p>a</p>"), page_state("<p>a</p>")
    new["parts"][TEXTS][0]["heading"] = "Another heading"
    [change] = compare(old, new)
    assert (change.kind, change.place) == ("changed", "Text: Another heading")
    assert [field.name for field in change.fields] == ["heading"]


@pytest.mark.parametrize(
    ("new", "moved"),
    [("cabd", "c"), ("bcda", "a"), ("abdc", "d"), ("dabc", "d"), ("dcba", "dcb"), ("badc", "bd")],
)
def test_fewest_parts_are_moved(new, moved):
    changes = compare(ordered("abcd"), ordered(new))
    assert told(changes) == [("moved", f"Text: {heading}") for heading in moved]
    assert all(change.is_moved and not change.fields for change in changes)


def test_part_is_both_changed_and_moved():
    old, new = ordered("abc"), ordered("cab")
    new["parts"][TEXTS][0]["body"] = "<p>Other.</p>"
    [change] = compare(old, new)
    assert (change.kind, change.is_moved) == ("changed", True)


def test_other_numbers_in_the_same_order_and_regions_are_no_change():
    old, new = ordered("ab"), ordered("ab")
    for row in new["parts"][TEXTS]:
        row["ordering"] += 10
        row["region"] = "aside"
    assert compare(old, new) == []


def test_sections_of_all_types_are_told_in_reading_order_and_removed_ones_where_they_stood():
    old, new = ordered("abc"), ordered("ac")
    new["parts"]["articles.calloutsection"] = [section("Aside", "<p>x</p>", 1)]
    new["parts"][TEXTS][0]["body"] = new["parts"][TEXTS][1]["body"] = "<p>Other.</p>"
    new["parts"][TEXTS][1]["ordering"] = 2
    assert told(compare(old, new)) == [
        ("changed", "Text: a"),
        ("removed", "Text: b"),
        ("added", "Callout: Aside"),
        ("changed", "Text: c"),
    ]


def test_sections_of_one_number_stand_as_readers_see_them():
    """By their ids, whatever their types."""
    old, new = page_state(), page_state()
    for state, orderings in ((old, "55"), (new, "56")):
        for part, heading, ordering in zip(("articles.calloutsection", TEXTS), "ab", orderings, strict=True):
            state["parts"][part] = [section(heading, "<p>x</p>", int(ordering))]
    assert section("b", "", 5)["id"] < section("a", "", 5)["id"]
    assert [change.kind for change in compare(old, new)] == ["moved"]


def test_section_that_moved_past_one_of_another_type_is_moved():
    old, new = ordered("ab"), ordered("ab")
    for state, ordering in ((old, 5), (new, -1)):
        state["parts"]["articles.calloutsection"] = [section("Aside", "<p>x</p>", ordering)]
    assert told(compare(old, new)) == [("moved", "Callout: Aside")]


@pytest.mark.django_db
def test_page_comes_first_then_sections_then_other_parts_by_model():
    page = factories.article(live=False)
    old = freeze(page)
    page.title = "New title"
    page.save()
    factories.claim(page, statement="A fact.")
    factories.author(name="Ann Other").bylines.create(article=page, position=5)
    TextSection.objects.all().delete()
    assert told(compare(old, freeze(page))) == [
        ("changed", "Page"),
        ("removed", "Text: First heading"),
        ("added", "Author: Ann Other"),
        ("added", "Claim: A fact."),
    ]


@pytest.mark.django_db
def test_place_of_a_part_without_a_name_is_its_type_and_a_long_name_is_cut():
    page = factories.article(live=False)
    old = freeze(page)
    HelpCardSection.objects.create(parent=page, urgency="urgent", ordering=20)
    factories.claim(page, statement="long " * 50)
    card, claim = compare(old, freeze(page))
    assert card.place == "Help card"
    assert claim.place.endswith("long…")
    assert len(claim.place) < 100


# --- texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<p>a b c</p>", "<p>a x c</p>", "a [-b-]{+x+} c"),
        ("<p>a b</p>", "<p>a b c</p>", "a b{+ c+}"),
        ("<p>x a b</p>", "<p>a b</p>", "[-x -]a b"),
        ("<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>c</p>", "a\n[-b\n-]c"),
        ("<p>a</p>", "<p>a</p><p>b</p>", "a{+\nb+}"),
        ("<p>a</p><ul><li>b</li></ul>", "<p>a</p><ul><li>b</li><li>c</li></ul>", "a\n• b{+\n• c+}"),
        ("<p>very bad</p>", "<p>very <strong>bad</strong></p>", "very [-bad-]{+**bad**+}"),
        ("<p>very bad</p>", "<p>very <em>bad</em></p>", "very [-bad-]{+*bad*+}"),
        ("<p>a &lt; b</p>", "<p>a &gt; b</p>", "a [-<-]{+>+} b"),
        (
            '<h3>Links</h3><p><a href="/x/?a&amp;b">a page</a></p>',
            '<h3>Links</h3><p><a href="/y/">a page</a></p>',
            "Links\na page [-(/x/?a&b)-]{+(/y/)+}",
        ),
        (
            '<p>So it is. <a href="#source-reed-1963">source</a></p>',
            '<p>So it is. <a href="#source-layzer-2000">source</a></p>',
            "So it is. source [-[reed-1963]-]{+[layzer-2000]+}",
        ),
    ],
)
def test_only_words_that_differ_are_marked(old, new, told):
    assert body_diff(old, new) == told


def test_text_that_shares_too_little_is_replaced_whole():
    told = body_diff("<p>feed the cat every morning</p>", "<p>whoever walks the dog barks</p>")
    assert told == "[-feed the cat every morning-]{+whoever walks the dog barks+}"


def test_lines_that_differ_only_in_their_form_are_told_without_marks():
    [change] = compare(page_state("<ul><li>a</li></ul>"), page_state("<ol><li>a</li></ol>"))
    [field] = change.fields
    assert field.has_same_text
    assert field.pieces == [Piece("same", "• a")]
    assert "The words are the same" in drawn([change])


def test_texts_too_long_to_align_are_replaced_whole_but_for_their_ends():
    words = [f"w{n}" for n in range(wording.MOST_UNITS)]
    other = [word if n % 2 else "x" for n, word in enumerate(words)]
    [change] = compare(page_state(standfirst=" ".join(words)), page_state(standfirst=" ".join(["w0", *other[1:]])))
    assert [piece.op for piece in change.fields[0].pieces] == ["same", "removed", "added", "same"]


def test_words_that_come_often_in_a_long_text_are_still_told_apart():
    words = ["in", "the", "calf", "and", "the", "thigh", "and", "the", "hand"] * 40
    old, new = " ".join(words), " ".join(["One", *words[1:200], "more", *words[200:]])
    [change] = compare(page_state(standfirst=old), page_state(standfirst=new))
    assert [(p.op, p.text) for p in change.fields[0].pieces if p.op != "same"] == [
        ("removed", "in"),
        ("added", "One"),
        ("added", " more"),
    ]


TEXT = st.lists(st.sampled_from(["a", "b", "word", "other", " ", "  ", "\n", "\n\n", "• x", "é\u2028"])).map("".join)


@given(TEXT | st.text(), TEXT | st.text())
def test_pieces_are_exactly_the_two_texts(old, new):
    changes = compare(page_state(standfirst=old), page_state(standfirst=new))
    assert bool(changes) == (old != new)
    for change in changes:
        assert (joined(change.fields[0], "removed"), joined(change.fields[0], "added")) == (old, new)


WORDS = st.lists(st.sampled_from(["twitch", "cramp", "<em>often</em>", "&amp;"]), min_size=1, max_size=6).map(" ".join)
BODY = st.lists(st.tuples(st.sampled_from(["p", "h3"]), WORDS), max_size=6)


@given(BODY, BODY)
def test_pieces_of_rich_text_are_its_lines(old, new):
    def html(blocks):
        return "".join(f"<{tag}>{words}</{tag}>" for tag, words in blocks)

    def lines(blocks):
        words = "\n".join(words for _, words in blocks)
        return words.replace("<em>", "*").replace("</em>", "*").replace("&amp;", "&")

    for change in compare(page_state(html(old)), page_state(html(new))):
        assert (joined(change.fields[0], "removed"), joined(change.fields[0], "added")) == (lines(old), lines(new))


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_parts_that_did_not_move_keep_their_order(order, gone, come):
    """Each part that is told is one that moved, came or went; the others stand as they stood."""
    old = [heading for heading in "abcdef" if heading not in come]
    new = [heading for heading in order if heading not in gone]
    changes = told(compare(ordered(old), ordered(new)))
    assert {place[-1] for kind, place in changes if kind == "added"} == set(new) - set(old)
    assert {place[-1] for kind, place in changes if kind == "removed"} == set(old) - set(new)
    told_of = {place[-1] for _, place in changes}
    assert [x for x in old if x not in told_of] == [x for x in new if x not in told_of]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("1 2 3 4 5 6", "1 2 3 x 5 6", "…\n3\n[4][x]\n5\n6"),
        ("1 2 3 4 5 6", "1 2 x 4 5 6", "1\n2\n[3][x]\n4\n…\n"),
        ("0 1 2 3 4 5 9", "x 1 2 3 4 5 y", "[0][x]\n1\n…\n5\n[9][y]"),
        ("0 1 2 3 9", "x 1 2 3 y", "[0][x]\n1\n2\n3\n[9][y]"),
        ("a 1", "b 1", "[a][b]\n1"),
    ],
)
def test_long_unchanged_stretches_are_shortened_for_display(old, new, shown):
    old, new = (text.replace(" ", "\n") for text in (old, new))
    [change] = compare(page_state(standfirst=old), page_state(standfirst=new))
    [field] = change.fields
    assert "".join(p.text if p.op == "same" else f"[{p.text}]" for p in field.shown) == shown
    assert (joined(field, "removed"), joined(field, "added")) == (old, new)


# --- values ---------------------------------------------------------------------------------------------------------


def changed(page, *, part="", **values):
    """The one change that setting these values makes in the frozen state of `page`, or of its first such part."""
    old = freeze(page)
    new = copy.deepcopy(old)
    (new["parts"][part][0] if part else new["fields"]).update(values)
    [change] = compare(old, new)
    return change


@pytest.mark.django_db
def test_related_rows_have_their_names():
    ann, bob = factories.author(name="Ann"), factories.author(name="Bob")
    page = factories.article(live=False, authors=[ann])
    change = changed(page, part="articles.articleauthor", author=str(bob.pk))
    assert change.place == "Author: Bob"
    assert diff(change) == "[-Ann-]{+Bob+}"


@pytest.mark.django_db
def test_sets_of_related_rows_have_their_names():
    one, two = (factories.reference(key, title=key.upper()) for key in ("a-1", "b-2"))
    cause = factories.cause(live=False)
    factories.claim(cause, one)
    change = changed(cause, part="causes.claim", references=["a-1", two.pk])
    assert [field.label for field in change.fields] == ["References"]
    assert diff(change) == "a-1: A-1{+\nb-2: B-2+}"


@pytest.mark.django_db
def test_set_of_a_page_has_its_names():
    cause = factories.cause(live=False, title="Cold")
    change = changed(factories.body_area(live=False), causes=[str(cause.pk)])
    assert (change.place, diff(change)) == ("Page", "{+Cold+}")


@pytest.mark.django_db
def test_related_row_that_was_deleted_is_said_to_be():
    page = factories.article(live=False, authors=[factories.author(name="Ann")])
    change = changed(page, part="articles.articleauthor", author=str(uuid.uuid4()))
    assert change.place == "Author: (deleted)"
    assert diff(change) == "[-Ann-]{+(deleted)+}"


@pytest.mark.django_db
def test_choices_have_their_labels():
    change = changed(factories.symptom(live=False, urgency="routine"), urgency="self_care")
    assert diff(change) == "[-Routine-]{+Look after yourself+}"


@pytest.mark.django_db
def test_tags_are_a_list():
    page = factories.article(live=False, tags=["calf", "sleep"])
    assert diff(changed(page, tags=["calf", "rest", "sleep"])) == "calf,{+ rest,+} sleep"


@pytest.mark.django_db
def test_dates_are_readable():
    page = factories.article(live=False, review_due_on=datetime.date(2026, 12, 3))
    assert diff(changed(page, review_due_on="2027-12-03")) == "3 December [-2026-]{+2027+}"


@pytest.mark.django_db
def test_files_have_their_names_without_measures(png):
    page = factories.article(live=False)
    ImageSection.objects.create(parent=page, image=png, alt="A calf", ordering=20)
    change = changed(page, part="articles.imagesection", image="images/thigh.png", width=3)
    assert [field.name for field in change.fields] == ["image"]
    assert diff(change) == "[-calf.png-]{+thigh.png+}"


@pytest.mark.django_db
def test_state_of_what_is_no_page_is_compared_as_well():
    table = SymptomTable.objects.create(slug="t", name="Old")
    column = SymptomTableColumn.objects.create(table=table, cause=factories.cause(title="Cold"))
    old = freeze(table)
    column.delete()
    assert told(compare(old, freeze(table))) == [("removed", "Column: Cold")]


@pytest.mark.parametrize(("value", "text"), [(True, "yes"), (False, "no")])
def test_truth_is_yes_or_no(value, text):
    assert comparing._text(models.BooleanField(), value, {}) == text  # no page has such a field yet


@pytest.mark.django_db
@pytest.mark.parametrize("sections", [1, 12])
def test_queries_do_not_grow_with_the_page(django_assert_num_queries, sections):
    page = factories.article(live=False)
    old = freeze(page)
    for n in range(sections):
        factories.claim(page, position=n)
        factories.author().bylines.create(article=page, position=n + 2)
        table = MedicineTableSection.objects.create(parent=page, ordering=n)
        table.classes.set([factories.medication_class(live=False)])
    new = freeze(page)
    with django_assert_num_queries(3):  # references, authors and classes of medicines
        assert len(compare(old, new)) == 3 * sections
    assert Author.objects.count() == sections + 1


# --- the template ---------------------------------------------------------------------------------------------------


def test_template_says_what_happened():
    old, new = page_state("<p>a b c</p>"), page_state("<p>a x c</p>")
    soup = BeautifulSoup(drawn(compare(old, new)), "html.parser")
    shown = soup.select_one("section.change[data-kind=changed]")
    assert " ".join(shown.h2.get_text().split()) == "Changed Text: Heading 0"
    assert shown.h3.get_text() == "Body"
    assert str(shown.select_one(".diff")) == (
        '<p class="diff">a <del><span class="visually-hidden">[removed: </span>b<span class="visually-hidden">]</span>'
        '</del><ins><span class="visually-hidden">[added: </span>x<span class="visually-hidden">]</span></ins> c</p>'
    )


def test_template_names_both_what_changed_and_that_it_moved():
    def badges(changes):
        soup = BeautifulSoup(drawn(changes), "html.parser")
        return [badge.get_text() for badge in soup.select(".change__badge")]

    old, new = ordered("abc"), ordered("cab")
    assert badges(compare(old, new)) == ["Moved"]
    new["parts"][TEXTS][0]["body"] = "<p>Other.</p>"
    assert badges(compare(old, new)) == ["Changed", "Moved"]


def test_template_says_that_nothing_differs():
    assert "Nothing differs." in drawn([])


def test_template_escapes_hostile_text():
    hostile = "<script>alert(1)</script>"
    old, new = page_state("<p>a</p>", title="Old"), page_state("<p>a</p>", title=hostile)
    new["parts"][TEXTS][0] |= {"heading": hostile, "body": f"<p>{hostile.replace('<', '&lt;')}</p>"}
    html = drawn(compare(old, new))
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4  # title, place, heading, body
