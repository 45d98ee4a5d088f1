import pytest
from bs4 import BeautifulSoup

from tests import factories

pytestmark = pytest.mark.django_db


def errors(editor, group, **changes):
    return editor.send(group, "_save", **changes).content.decode()


def test_groups_have_two_levels(editor):
    top = factories.group()
    inner = factories.group(parent=top)
    third = factories.group()
    assert "is itself inside a group" in errors(editor, third, parent=str(inner.pk))
    assert "has groups inside it" in errors(editor, top, parent=str(third.pk))


def test_inner_group_has_the_nature_of_the_group_around_it(editor):
    top, other = factories.group(nature="physiological"), factories.group(nature="pathological")
    assert "It has to be that of the group around it" in errors(editor, other, parent=str(top.pk))


def test_outer_group_cannot_leave_its_inner_groups_behind(editor):
    top = factories.group(nature="physiological")
    factories.group(nature="physiological", parent=top)
    assert "have the other nature" in errors(editor, top, nature="pathological")


def test_words_that_may_not_be_published_are_refused_where_rows_are_public_at_once(editor):
    assert "use ALS" in errors(editor, factories.group(), summary="Also called ELA.")


def test_overview_groups_causes_by_likelihood(client):
    rare, everyday = factories.group(position=2, name="Rare"), factories.group(position=1, name="Everyday")
    factories.cause(group=rare, title="Rare cause")
    factories.cause(group=everyday, title="Everyday cause")
    soup = BeautifulSoup(client.get("/causes/").content, "html.parser")
    assert [group.h2.get_text() for group in soup.select(".cause-group")] == ["Everyday", "Rare"]
    assert [link.get_text() for link in soup.select(".cause-list a")] == ["Everyday cause", "Rare cause"]
