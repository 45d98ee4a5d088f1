"""Imports run one way: causes and comments may know articles, articles knows neither, the project composes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"articles", "causes", "comments", "fasciculations"}
MAY_IMPORT = {
    "articles": {"articles"},
    "causes": {"causes", "articles"},
    "comments": {"comments", "articles"},
    "fasciculations": OURS,
}


def imported_packages(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level package of every absolute import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.lineno, node.module.split(".")[0]


@pytest.mark.parametrize(("package", "allowed"), MAY_IMPORT.items())
def test_package_imports_only_what_it_may_know(package, allowed):
    modules = sorted((ROOT / package).rglob("*.py"))

    strangers = [
        f"{module.relative_to(ROOT)}:{line} imports {name}"
        for module in modules
        for line, name in imported_packages(module.read_text())
        if name in OURS - allowed
    ]

    assert modules, f"no modules in {package}"
    assert strangers == []


def test_imports_inside_functions_are_seen():
    source = (
        "import os.path\ndef late():\n    from causes.models import Cause\n    import articles as a\nfrom . import x\n"
    )

    assert sorted(imported_packages(source)) == [(1, "os"), (3, "causes"), (4, "articles")]
