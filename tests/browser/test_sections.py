"""Editors at the sections of an article: by keyboard, and with the clipboard of other programs."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import CalloutSection, Draft, TextSection
from tests import factories

from .test_editing import NEW, open_form, save, write

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt} --></style></head><body lang=EN-GB><!--StartFragment-->
<h1>Large<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:8pt'><b><span lang=EN-GB style='color:red'>Bold</span></b>
and <i style='mso-bidi-font-style:normal'>slanted</i> <span style='font-family:"Calibri"'>words</span>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>First item<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Second item<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;
</span></span>Step<o:p></o:p></p>
<table class=MsoTable border=1><tr><td><p class=MsoNormal>One</p></td><td><p class=MsoNormal>Two</p></td></tr></table>
<p class=MsoNormal><img src="file:///C:/x.png" v:shapes="x"><a href="https://example.org/a"
style="color:blue"><span>link</span></a></p>
<!--EndFragment--></body></html>
"""
WORD_KEPT = (
    "<h3>Large</h3><p><strong>Bold</strong> and <em>slanted</em> words.</p>"
    "<ul><li>First item</li><li>Second item</li></ul><ol><li>Step</li></ol><p>One</p><p>Two</p>"
    '<p><a href="https://example.org/a">link</a></p>'
)
WEB = """
<meta charset='utf-8'><h2 class="title">Page</h2><div><p style="color: rgb(1, 2, 3)">Text
<span style="font-weight: 700">heavy</span> <font color=red>red</font><script>alert(1)</script>
<a href="javascript:alert(1)">bad</a> <a href="https://example.org" target="_blank">good</a></p>
<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul><h5>Small</h5><blockquote>Quoted</blockquote>
<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=">
<iframe srcdoc="frame"></iframe><table><tr><td>cell</td></tr></table></div>
"""
WEB_KEPT = (
    '<h3>Page</h3><p>Text <strong>heavy</strong> red bad <a href="https://example.org">good</a></p>'
    "<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul><h4>Small</h4><p>Quoted</p><p>cell</p>"
)
PASTE = """(place, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    place.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def article(desk):
    """An article with three sections, two of them of one type, in its form."""
    page = factories.article(live=False)
    CalloutSection.objects.create(parent=page, heading="Second heading", body="<p>Second words.</p>", ordering=20)
    TextSection.objects.create(parent=page, heading="Third heading", body="<p>Third words.</p>", ordering=30)
    factories.publish(page)
    open_form(desk, page)
    expect(desk.locator("[contenteditable=true]")).to_have_count(3)
    return page


def sections(article):
    """The sections that the draft of `article` says it has, in their order."""
    parts = Draft.objects.get(page=article).data["parts"]
    rows = [row for rows in parts.values() for row in rows if "ordering" in row]
    return sorted(rows, key=lambda row: row["ordering"])


def headings(article):
    return [row["heading"] for row in sections(article)]


def button(desk, name):
    return desk.get_by_role("button", name=name, exact=True)


def press(desk, name, key="Enter"):
    button(desk, name).focus()
    desk.keyboard.press(key)


def status(desk):
    return desk.locator("#section-status")


def kind(desk):
    return desk.get_by_label("Add a section: type its kind")


def focused_id(desk):
    """Id of the section that has the focus, or None."""
    return desk.evaluate("document.activeElement.closest('.inline-related')?.id")


def shown_ids(desk):
    return desk.locator(".order-machine .inline-related:not(.empty-form)").evaluate_all("all => all.map(e => e.id)")


def test_section_moves_up_and_keeps_focus_and_text(article, desk):
    write(desk.locator("#articles_textsection_set-1"), "Typed before.")
    press(desk, "Move “Third heading” up")
    expect(status(desk)).to_have_text("“Third heading”: place 2 of 3")
    expect(button(desk, "Move “Third heading” up")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")  # it is the first by now
    expect(status(desk)).to_have_text("“Third heading”: place 1 of 3")
    expect(button(desk, "Move “Third heading” up")).to_have_attribute("aria-disabled", "true")
    expect(button(desk, "Move “Third heading” up")).to_be_focused()
    desk.locator("#articles_textsection_set-1 [contenteditable=true]").focus()
    desk.keyboard.type(NEW)
    save(desk)

    assert headings(article) == ["Third heading", "First heading", "Second heading"]
    assert [row["ordering"] for row in sections(article)] == [10, 20, 30]
    assert NEW in sections(article)[0]["body"]
    assert "Typed before." in sections(article)[0]["body"]


def test_section_moves_down_past_one_that_is_to_be_deleted(article, desk):
    desk.get_by_label("Delete “Second heading”").focus()
    desk.keyboard.press("Space")
    expect(desk.get_by_label("Delete “Second heading”")).to_be_focused()
    expect(button(desk, "Move “Second heading” up")).to_have_attribute("aria-disabled", "true")
    press(desk, "Move “First heading” down")
    expect(status(desk)).to_have_text("“First heading”: place 2 of 2")
    save(desk)

    assert headings(article) == ["Third heading", "First heading"]


def test_kind_that_is_typed_is_added_after_the_current_section(article, desk):
    desk.locator("#articles_textsection_set-0").get_by_label("Heading:", exact=True).focus()
    kind(desk).focus()
    desk.keyboard.type("CALL")
    desk.keyboard.press("Enter")
    expect(desk.locator("#articles_calloutsection_set-1").get_by_label("Heading:", exact=True)).to_be_focused()
    expect(kind(desk)).to_have_value("")
    desk.keyboard.type("New heading")
    expect(button(desk, "Move “New heading” up")).to_be_visible()
    assert shown_ids(desk)[:2] == ["articles_textsection_set-0", "articles_calloutsection_set-1"]
    save(desk)

    assert headings(article) == ["First heading", "New heading", "Second heading", "Third heading"]


def test_kind_that_is_typed_is_added_at_the_end_when_no_section_is_current(article, desk):
    kind(desk).fill("tab")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_have_text("Which one: Symptom table, Medicine table?")
    kind(desk).fill("symptom")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_have_text("Added “Symptom table”: place 4 of 4")
    assert shown_ids(desk)[-1] == "causes_symptomtablesection_set-0"


def test_kind_that_does_not_exist_is_refused_and_kept(article, desk):
    kind(desk).fill("poem")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text("No kind of section is called “poem”. There are: Text, Callout,")
    expect(kind(desk)).to_have_value("poem")
    expect(kind(desk)).to_be_focused()
    assert len(shown_ids(desk)) == 3


def test_menu_of_kinds_works_by_keyboard(article, desk):
    press(desk, "Add a section before “Second heading”")
    expect(button(desk, "Text")).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(button(desk, "Callout")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(button(desk, "Add a section before “Second heading”")).to_be_focused()
    expect(button(desk, "Callout")).to_be_hidden()

    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowUp")
    expect(button(desk, "Dots out of 100")).to_be_focused()
    desk.keyboard.press("Home")
    desk.keyboard.press("Enter")
    expect(desk.locator("#articles_textsection_set-2").get_by_label("Heading:", exact=True)).to_be_focused()
    desk.keyboard.type("New heading")
    press(desk, "Add a section at the end")
    desk.keyboard.press("Space")
    expect(desk.locator("#articles_textsection_set-3").get_by_label("Heading:", exact=True)).to_be_focused()
    desk.keyboard.type("Last heading")
    save(desk)

    assert headings(article) == ["First heading", "New heading", "Second heading", "Third heading", "Last heading"]


def test_menu_of_kinds_closes_when_focus_leaves(article, desk):
    press(desk, "Add a section at the end")
    expect(button(desk, "Text")).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(button(desk, "Text")).to_be_hidden()


def test_new_section_is_removed_and_saved_ones_stay(article, desk):
    for heading in ("Kept heading", "Other heading"):
        press(desk, "Add a section before “First heading”")
        desk.keyboard.press("Enter")
        desk.keyboard.type(heading)
    press(desk, "Remove “Other heading”", key="Space")
    expect(button(desk, "Details of “First heading”")).to_be_focused()
    assert len(shown_ids(desk)) == 4
    save(desk)

    assert headings(article) == ["Kept heading", "First heading", "Second heading", "Third heading"]
    assert "Third words." in sections(article)[-1]["body"]


def test_sections_collapse_one_by_one_and_together(article, desk):
    fields = desk.get_by_label("Heading:", exact=True)
    press(desk, "Details of “First heading”")
    expect(button(desk, "Details of “First heading”")).to_have_attribute("aria-expanded", "false")
    expect(fields.first).to_be_hidden()
    press(desk, "Collapse all")
    for place in range(3):
        expect(fields.nth(place)).to_be_hidden()
    press(desk, "Expand all")
    for place in range(3):
        expect(fields.nth(place)).to_be_visible()
    expect(button(desk, "Details of “First heading”")).to_have_attribute("aria-expanded", "true")


def test_section_without_heading_is_called_by_its_first_words(article, desk):
    first = desk.locator("#articles_textsection_set-0")
    expect(first.locator(".inline_label")).to_have_text("First heading")
    first.get_by_label("Heading:", exact=True).fill("")
    expect(first.locator(".inline_label")).to_have_text("First words.")
    expect(button(desk, "Move “First words.” down")).to_be_visible()


def test_tab_follows_the_reading_order(article, desk):
    kind(desk).focus()
    passed = []
    last = button(desk, "Add a section at the end")
    while not last.evaluate("e => e === document.activeElement"):
        desk.keyboard.press("Tab")
        if (section := focused_id(desk)) and section not in passed[-1:]:
            passed.append(section)
    assert passed == ["articles_textsection_set-0", "articles_calloutsection_set-0", "articles_textsection_set-1"]


def test_section_that_is_dragged_takes_its_place(article, desk):
    press(desk, "Collapse all")
    heads = desk.locator(".order-machine .inline-related:not(.empty-form) > h3")
    dragged = desk.locator("#articles_textsection_set-1 > h3")
    # What the browser sends while the mouse drags; with a real mouse, the window scrolls away under it at times.
    there = {"dataTransfer": desk.evaluate_handle("new DataTransfer()"), "clientY": heads.nth(0).bounding_box()["y"]}
    dragged.dispatch_event("dragstart", there)
    heads.nth(0).dispatch_event("dragover", there)
    heads.nth(0).dispatch_event("drop", there)
    dragged.dispatch_event("dragend", there)
    expect(heads.nth(0)).to_contain_text("Third heading")
    expect(button(desk, "Move “Third heading” up")).to_have_attribute("aria-disabled", "true")
    save(desk)

    assert headings(article) == ["Third heading", "First heading", "Second heading"]


def test_button_of_a_section_copies_it(article, desk):
    press(desk, "Duplicate “Second heading”")
    expect(desk.locator(".messagelist")).to_contain_text("twice")

    assert headings(article) == ["First heading", "Second heading", "Second heading", "Third heading"]


@pytest.mark.parametrize(("clip", "kept"), [(WORD, WORD_KEPT), (WEB, WEB_KEPT)], ids=["word", "web"])
def test_pasted_text_keeps_its_structure_alone(article, desk, clip, kept):
    place = desk.locator("#articles_textsection_set-0 [contenteditable=true]")
    place.focus()
    desk.keyboard.press("Control+a")
    place.evaluate(PASTE, clip)
    save(desk)

    body = sections(article)[0]["body"]
    assert body == kept
    assert set(re.findall(r"</?(\w+)", body)) <= {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "h4"}
