import os
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from articles import drafts, publishing, terminology
from articles.freezing import canonical, freeze
from articles.models import Article, ContentRecord, Draft, ImageSection, OldPath, Page, Reference, Revision
from causes.models import Cause, GlossaryTerm
from tests import factories

pytestmark = pytest.mark.django_db

REFERENCES = """\
reed-1963:
  kind: paper
  title: Muscle fasciculations in a healthy population
  year: 1963
"""
GROUPS = """\
everyday:
  name: Everyday
  nature: physiological
"""
AUTHORS = """\
the-editors:
  name: The editors
  links:
    - label: About us
      url: https://example.org/about/
"""
GLOSSARY = """\
cramp:
  term: Cramp
  definition: A hard knot.
  not_same_as: [twitch]
twitch:
  term: Twitch
  definition: A flicker.
  not_same_as: [cramp]
"""
CAUSE = """\
---
title: Caffeine
standfirst: In short.
group: everyday
other_names: [coffee]
evidence: some
tags: [everyday]
claims:
  - statement: It can.
    evidence: some
    references: [reed-1963]
---

::: what_happens
:::
Nerves fire [source](#source-reed-1963).

- one
- two
"""
ARTICLE = """\
---
title: Twitching
standfirst: In short.
authors: [the-editors]
---

::: text
heading: Start
:::
Words.

::: claim_list
page: causes/caffeine
:::

::: help_card
heading: Call now if
urgency: emergency
:::
- one
"""
FILES = {
    "references.yaml": REFERENCES,
    "cause-groups.yaml": GROUPS,
    "authors.yaml": AUTHORS,
    "glossary.yaml": GLOSSARY,
    "causes/caffeine.md": CAUSE,
    "articles/twitching.md": ARTICLE,
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "content"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def load(folder, **options):
    call_command("import_content", folder=folder, verbosity=0, **options)


def export(folder):
    call_command("export_content", folder=folder, verbosity=0)


def edit(folder, name, old, new):
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new), errors="surrogateescape")


def states():
    return {page.pk: canonical(freeze(page.concrete)) for page in Page.objects.all()}


def test_files_become_live_pages(folder, client):
    load(folder)
    html = client.get("/articles/twitching/").content.decode()
    for text in ("Words.", "It can.", "Call now if", "Emergency<", "Muscle fasciculations in a healthy population"):
        assert text in html
    assert "<li>one</li><li>two</li>" in client.get("/causes/caffeine/").content.decode()
    assert Cause.objects.get().other_names == "coffee"
    assert [term.slug for term in GlossaryTerm.objects.get(slug="cramp").not_same_as.all()] == ["twitch"]


def test_import_twice_changes_nothing(folder):
    load(folder)
    before, revisions, records = states(), Revision.objects.count(), list(ContentRecord.objects.values_list())
    load(folder)
    assert states() == before
    assert Revision.objects.count() == revisions
    assert list(ContentRecord.objects.values_list()) == records


def test_round_trip_changes_nothing(folder, tmp_path):
    load(folder)
    before = states()
    export(tmp_path / "out")
    for path in folder.rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(folder)).read_text() == path.read_text()
    load(tmp_path / "out", overwrite=True)
    assert states() == before


def test_same_files_give_the_same_identities_everywhere(folder):
    with transaction.atomic():
        load(folder)
        first = set(Page.objects.values_list("pk", flat=True))
        transaction.set_rollback(True)
    assert not Page.objects.exists()
    load(folder)
    assert set(Page.objects.values_list("pk", flat=True)) == first


def test_changed_file_is_published(folder, client):
    load(folder)
    edit(folder, "articles/twitching.md", "Words.", "Other words.")
    load(folder)
    assert "Other words." in client.get("/articles/twitching/").content.decode()
    assert Revision.objects.filter(page__slug="twitching").count() == 2


def test_section_that_stays_keeps_its_identity(folder):
    load(folder)
    card = str(freeze(Article.objects.get())["parts"]["articles.helpcardsection"][0]["id"])
    edit(folder, "articles/twitching.md", "::: text", "::: text\n:::\nBefore.\n\n::: text")
    load(folder)
    assert freeze(Article.objects.get())["parts"]["articles.helpcardsection"][0]["id"] == card


def publish_rows(page):
    """Take what the rows of a live page hold now for its draft."""
    drafts.save_draft(page, freeze(page), by=None)
    return page


def publish_change(page, **fields):
    data = freeze(page)
    data["fields"] |= fields
    drafts.save_draft(page, data, by=None)
    publishing.publish(page, by=None)


def test_page_that_editors_published_is_left_alone_unless_told(folder):
    load(folder)
    publish_change(Article.objects.get(), title="Editors' title")
    edit(folder, "articles/twitching.md", "Words.", "Other words.")
    load(folder)
    assert Article.objects.get().title == "Editors' title"
    load(folder, overwrite=True)
    assert Article.objects.get().title == "Twitching"


def test_page_with_a_draft_is_left_alone(folder):
    load(folder)
    page = Article.objects.get()
    data = freeze(page)
    data["fields"]["title"] = "Draft title"
    drafts.save_draft(page, data, by=None)
    edit(folder, "articles/twitching.md", "Words.", "Other words.")
    load(folder)
    assert Draft.objects.get().data["fields"]["title"] == "Draft title"
    assert Article.objects.get().title == "Twitching"


def test_page_that_editors_hid_stays_hidden(folder, client):
    load(folder)
    publishing.unpublish(Article.objects.get(), by=None)
    load(folder)
    assert client.get("/articles/twitching/").status_code == 404


def test_page_that_editors_renamed_does_not_come_back(folder):
    load(folder)
    publish_change(Article.objects.get(), slug="renamed")
    load(folder)
    assert [page.slug for page in Article.objects.all()] == ["renamed"]
    assert OldPath.objects.count() == 1


def test_shared_row_that_editors_changed_is_left_alone_unless_told(folder):
    load(folder)
    Reference.objects.update(title="Editors' title")
    load(folder)
    assert Reference.objects.get().title == "Editors' title"
    load(folder, overwrite=True)
    assert Reference.objects.get().title == "Muscle fasciculations in a healthy population"


def test_export_writes_what_readers_see_and_removes_what_is_hidden(folder):
    load(folder)
    publish_change(Article.objects.get(), title="Editors' title")
    factories.article(slug="never-live", live=False)
    lonely = factories.cause(slug="lonely")
    export(folder)
    assert (folder / "causes/lonely.md").exists()
    publishing.unpublish(lonely, by=None)
    export(folder)
    assert "title: Editors' title" in (folder / "articles/twitching.md").read_text()
    assert not (folder / "articles/never-live.md").exists()
    assert not (folder / "causes/lonely.md").exists()


def test_export_that_would_name_a_hidden_page_is_refused(folder):
    load(folder)
    publishing.unpublish(Cause.objects.get(), by=None)
    with pytest.raises(CommandError, match="Twitching: names “Caffeine”, which is not live"):
        export(folder)
    assert (folder / "causes/caffeine.md").exists()


def test_page_that_editors_renamed_takes_its_old_name_back_when_told(folder):
    load(folder)
    publish_change(Article.objects.get(), slug="renamed")
    load(folder, overwrite=True)
    assert [page.slug for page in Article.objects.all()] == ["twitching"]


def test_site_whose_pages_were_frozen_before_a_field_was_added_still_loads(folder):
    load(folder)
    for page in Page.objects.for_detail():
        data = page.live_revision.data
        del data["fields"]["review_due_on"]
        factories.publish_as_it_is(page, data)
    before = Revision.objects.count()
    load(folder)
    export(folder)
    assert Revision.objects.count() == before


@pytest.fixture
def picture(folder, png):
    """A picture of the content, which the site has from there; as its path in the folder."""
    load(folder)
    ImageSection.objects.create(parent=Article.objects.get(), image=png, alt="A calf", ordering=90)
    publishing.publish(publish_rows(Article.objects.get()), by=None)
    export(folder)
    load(folder)
    [path] = (folder / "media/images").iterdir()
    return path


def test_picture_that_was_replaced_under_its_name_is_replaced_on_the_site(folder, picture):
    picture.write_bytes(b"another")
    load(folder)
    image = ImageSection.objects.get().image
    assert image.name == f"images/{picture.name}"
    assert Path(image.path).read_bytes() == b"another"


def test_picture_that_the_last_import_did_not_bring_is_left_alone_unless_told(folder, picture, capsys):
    image = ImageSection.objects.get().image
    Path(image.path).write_bytes(b"the editors' own")
    picture.write_bytes(b"another")
    load(folder)
    assert f"left alone, because editors changed it: media/{image.name}" in capsys.readouterr().err
    assert Path(image.path).read_bytes() == b"the editors' own"
    load(folder, overwrite=True)
    assert Path(image.path).read_bytes() == b"another"


def test_import_that_fails_leaves_the_pictures_as_they_are(folder, picture):
    before = picture.read_bytes()
    picture.write_bytes(b"another")
    edit(folder, "articles/twitching.md", "Words.", "Words [source](#source-nobody).")
    with pytest.raises(CommandError, match="source that does not exist: nobody"):
        load(folder)
    assert Path(ImageSection.objects.get().image.path).read_bytes() == before


def test_pictures_travel_with_the_files(folder, tmp_path, png, settings):
    load(folder)
    ImageSection.objects.create(parent=Article.objects.get(), image=png, alt="A calf", ordering=90)
    publishing.publish(publish_rows(Article.objects.get()), by=None)
    export(folder)
    settings.MEDIA_ROOT = tmp_path / "another site"
    load(folder, overwrite=True)
    section = ImageSection.objects.get()
    assert (section.width, section.height, section.image.size > 0) == (2, 1, True)
    settings.MEDIA_ROOT = tmp_path / "a third"
    next((folder / "media/images").iterdir()).unlink()
    edit(folder, "articles/twitching.md", "Words.", "Other words.")
    with pytest.raises(CommandError, match="there is no picture media/images/calf"):
        load(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("causes/caffeine.md", "title: Caffeine\n", "", "content/causes/caffeine.md: title: missing"),
        ("causes/caffeine.md", "evidence: some\ntags", "tags", "content/causes/caffeine.md: evidence: missing"),
        (
            "causes/caffeine.md",
            "    evidence: some\n    ref",
            "    evidence: sure\n    ref",
            "content/causes/caffeine.md: Claim 1: evidence: Value 'sure' is not a valid choice.",
        ),
        (
            "causes/caffeine.md",
            "references: [reed-1963]",
            "references: [nobody-1900]",
            "content/causes/caffeine.md: claims[1]: references: unknown reference 'nobody-1900'",
        ),
        (
            "causes/caffeine.md",
            "#source-reed-1963",
            "#source-nobody-1900",
            "content/causes/caffeine.md: The text cites a source that does not exist: nobody-1900",
        ),
        (
            "causes/caffeine.md",
            "    references: [reed-1963]\n",
            "",
            "content/causes/caffeine.md: Claim 1: references: Every claim needs a source before it is published.",
        ),
        (
            "causes/caffeine.md",
            "Nerves fire",
            "Nervous damage",
            "caffeine.md: what_happens: “Nervous damage”",
        ),
        (
            "references.yaml",
            "Muscle f",
            "ELA and f",
            "reed-1963: title: “ELA” may not be published",
        ),
        ("references.yaml", "year: 1963", "yaer: 1963", "content/references.yaml: reed-1963: yaer: no such field"),
        (
            "references.yaml",
            "year: 1963",
            "year: soon",
            "reed-1963: year: “soon” value must be",
        ),
        ("references.yaml", "kind: paper", "kind: rumour", "content/references.yaml: reed-1963: kind: Value 'rumour'"),
        ("references.yaml", "  kind: paper", " kind: paper", "content/references.yaml: mapping values are not allowed"),
        (
            "cause-groups.yaml",
            "nature: phy",
            "parent: nobody\n  nature: phy",
            "unknown cause group 'nobody'",
        ),
        ("articles/twitching.md", "[the-editors]", "[nobody]", "authors[1]: author: unknown author 'nobody'"),
        ("articles/twitching.md", "[the-editors]", "the-editors", "authors: expected a list, found 'the-editors'"),
        ("causes/caffeine.md", "tags: [everyday]", "tags: everyday", "tags: expected a list, found 'everyday'"),
        ("causes/caffeine.md", "title: Caffeine", "title: [a, b]", "title: expected a single value, found ['a', 'b']"),
        ("causes/caffeine.md", "title: Caffeine", "title: Tea\ntitle: Caffeine", "'title' comes twice"),
        ("references.yaml", "title: Muscle", "title: Muscle \udcff", "content/references.yaml: this is not UTF-8 text"),
        ("articles/twitching.md", "[the-editors]", "[the-editors, the-editors]", "Author: “The editors” comes twice"),
        ("articles/twitching.md", "title: Twi", "sections: foo\ntitle: Twi", "each section is a block of its own"),
        ("articles/twitching.md", "urgency: emergency", "urgency: panic", "Help card 1: urgency: Value 'panic'"),
        ("articles/twitching.md", "::: help_card", "::: poster", "unknown type of section 'poster'"),
        (
            "articles/twitching.md",
            "page: causes/caffeine\n:::",
            "page: causes/caffeine\n:::\nWords",
            "no text of its own",
        ),
        ("articles/twitching.md", "---\n\n::: text", "---\nLoose\n\n::: text", "text outside of any block: 'Loose'"),
        ("articles/twitching.md", "---\ntitle", "title", "a page starts with YAML between two lines of ---"),
    ],
)
def test_bad_content_is_refused_with_its_place_and_nothing_is_loaded(folder, name, old, new, message):
    edit(folder, name, old, new)
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert str(caught.value).startswith("Nothing was imported.\n")
    assert message in str(caught.value)
    assert not Reference.objects.exists()
    assert not Page.objects.exists()


def test_every_mistake_is_named_at_once(folder):
    edit(folder, "causes/caffeine.md", "title: Caffeine\n", "")
    edit(folder, "references.yaml", "year: 1963", "yaer: 1963")
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert len(str(caught.value).splitlines()) == 3


def test_folder_without_content_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no content here"):
        load(tmp_path)


def test_mistake_leaves_what_was_loaded_before(folder):
    load(folder)
    before = states()
    edit(folder, "references.yaml", "1963\n", "1964\n")
    edit(folder, "articles/twitching.md", "urgency: emergency", "urgency: panic")
    with pytest.raises(CommandError):
        load(folder)
    assert Reference.objects.get().year == 1963
    assert states() == before


def test_copy_of_a_folder_elsewhere_loads_the_same(folder, tmp_path):
    load(folder)
    before = states()
    shutil.copytree(folder, tmp_path / "elsewhere")
    load(Path(tmp_path / "elsewhere"))
    assert states() == before


def test_words_are_refused_as_their_file_says_now(tmp_path, settings):
    settings.CONTENT_DIR = tmp_path
    path = tmp_path / "terminology.yaml"
    for number, word in enumerate(["pulls", "spasms"]):
        path.write_text(f"- refuse: {word}\n  use: twitches\n")
        os.utime(path, (number, number))
        assert terminology.complaints("It pulls. It spasms.") == [f"“{word}” may not be published; use twitches"]
