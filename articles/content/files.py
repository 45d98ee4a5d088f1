"""Documents as files. Shared rows of one model stand in one YAML file; each page has a file of its own:

---
title: Low magnesium          YAML: the plain fields
---

::: what_helps                a block: the name of a rich text field, or of a type of section
heading: First steps          YAML: the other fields of that section
:::
Markdown up to the next block.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from articles.freezing import rich_text_fields
from articles.models import Article, Page, Section

from .documents import Document, part_named
from .errors import ContentError

_PAGE = re.compile(r"---\n(?P<head>.*?)^---\n(?P<body>.*)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^::: (?P<name>\w+)\n(?P<head>.*?)^:::\n(?P<text>.*?)(?=^::: \w+\n|\Z)", re.DOTALL | re.MULTILINE)


# --- reading --------------------------------------------------------------------------------------------------------


def read(folder: Path, model: Any) -> Iterator[tuple[str, str, Document]]:
    """The entries of `model` under `folder`: key, place for error messages, document."""
    if issubclass(model, Page):
        for path in sorted((folder / model.content_name).glob("*.md")):
            place = str(path.relative_to(folder.parent))
            yield path.stem, place, parse_page(_text_of(path, place), model, place)
        return
    path = folder / f"{model.content_name}.yaml"
    place = str(path.relative_to(folder.parent))
    for key, document in _mapping(_text_of(path, place), place).items() if path.exists() else ():
        yield str(key), f"{place}: {key}", _checked_mapping(document, f"{place}: {key}")


def _text_of(path: Path, place: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(f"{place}: this is not UTF-8 text: {error}") from error


def parse_page(text: str, model: type[Page], place: str) -> Document:
    page = _PAGE.fullmatch(text.replace("\r\n", "\n"))
    if not page:
        raise ContentError(f"{place}: a page starts with YAML between two lines of ---")
    document = _mapping(page["head"], place)
    if "sections" in document:
        raise ContentError(f"{place}: sections: each section is a block of its own, below the fields")
    between = _BLOCK.sub("", page["body"]).strip()
    if between:
        raise ContentError(f"{place}: text outside of any block: {between.splitlines()[0][:60]!r}")
    for block in _BLOCK.finditer(page["body"]):
        name, text = block["name"], block["text"].strip()
        head = _mapping(block["head"], f"{place}: block {name}")
        if name in rich_text_fields(model) and not head and name not in document:
            document[name] = text
        elif issubclass(model, Article):
            document.setdefault("sections", []).append(_section(name, head, text, place))
        else:
            raise ContentError(f"{place}: unknown or repeated block {name!r}")
    return document


def _section(name: str, head: Document, text: str, place: str) -> Document:
    section = part_named(Article, name)
    if not issubclass(section or object, Section):
        raise ContentError(f"{place}: unknown type of section {name!r}")
    if text and not section.content_body:
        raise ContentError(f"{place}: a section {name!r} has no text of its own, but there is {text[:60]!r}")
    return {"type": name, **head, **({section.content_body: text} if text else {})}


class _Loader(yaml.SafeLoader):
    """Refuses a key that comes twice; YAML itself would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise yaml.constructor.ConstructorError(problem=f"{twice[0]!r} comes twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def _mapping(text: str, place: str) -> Document:
    try:
        return _checked_mapping(_Loader(text).get_single_data() or {}, place)
    except yaml.YAMLError as error:
        raise ContentError(f"{place}: {' '.join(str(error).split())}") from error


def _checked_mapping(value: Any, place: str) -> Document:
    if not isinstance(value, dict):
        raise ContentError(f"{place}: expected fields with values, found {value!r}"[:200])
    return value


# --- writing --------------------------------------------------------------------------------------------------------


def write(folder: Path, model: Any, documents: dict[str, Document]) -> list[Path]:
    """Write the files that hold `documents`, by key, and delete those of pages that are not among them."""
    if issubclass(model, Page):
        texts = {folder / model.content_name / f"{key}.md": format_page(documents[key], model) for key in documents}
        for path in set((folder / model.content_name).glob("*.md")) - set(texts):
            path.unlink()
    else:
        texts = {folder / f"{model.content_name}.yaml": _yaml(documents)} if documents else {}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def format_page(document: Document, model: type[Page]) -> str:
    rich = [name for name in rich_text_fields(model) if name in document]
    head = {name: value for name, value in document.items() if name not in rich and name != "sections"}
    blocks = [_block(name, {}, document[name]) for name in rich]
    for section in document.get("sections", ()):
        body = part_named(Article, section["type"]).content_body
        fields = {name: value for name, value in section.items() if name not in {"type", body}}
        blocks.append(_block(section["type"], fields, section.get(body, "")))
    return "\n".join([f"---\n{_yaml(head)}---\n", *blocks])


def _block(name: str, head: Document, text: str) -> str:
    return f"::: {name}\n{_yaml(head) if head else ''}:::\n" + (f"{text}\n" if text else "")


class _Dumper(yaml.SafeDumper):
    """YAML as a person would write it: texts of several lines as blocks, lists of words on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _list(dumper: _Dumper, items: list[Any]) -> yaml.Node:
    words = all(isinstance(item, str) and " " not in item for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=words)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))
