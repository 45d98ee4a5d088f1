"""Section types of this app are tables of this app, not of the one whose articles they stand in."""

from articles.freezing import part_models
from articles.models import Article, Section
from causes.models import CauseListSection


def test_section_types_belong_to_the_app_that_declares_them():
    assert CauseListSection._meta.app_label == "causes"


def test_every_section_type_has_what_articles_and_files_need():
    types = [part for part in part_models(Article) if issubclass(part, Section)]
    assert len(types) == 12
    assert len({section.content_name for section in types}) == 12
    for section in types:
        assert section.template_name
        assert not section.content_body or section._meta.get_field(section.content_body)
