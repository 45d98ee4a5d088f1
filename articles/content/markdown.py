"""Rich text as Markdown. What Markdown cannot say exactly is written as HTML, which Markdown allows, inside a <div>."""

from markdown_it import MarkdownIt
from markdownify import markdownify

from articles import html

_parser = MarkdownIt("commonmark")


def to_html(markdown: str) -> str:
    """Clean HTML of a Markdown text."""
    return html.clean(_parser.render(markdown))


def to_markdown(clean_html: str) -> str:
    """Markdown of which `to_html` gives back exactly `clean_html`."""
    markdown = markdownify(clean_html, bullets="-", heading_style="atx", autolinks=False, newline_style="backslash")
    lines = [line.rstrip() for line in markdown.strip().splitlines()]
    markdown = "\n".join(line for line, above in zip(lines, ["", *lines], strict=False) if line or above)
    return markdown if to_html(markdown) == clean_html else f"<div>{clean_html}</div>"
