"""Tools that the tests need and a machine may lack: a browser, the checkers of HTML and accessibility."""

import os
import shutil
import warnings
from pathlib import Path
from typing import NoReturn

import pytest

#: Data to measure on, which is not part of the project.
DATA = Path(os.environ.get("DATA") or Path(__file__).parents[2] / "shared" / "data")

CHECKERS = Path(__file__).parent.parent / ".venv" / "checkers"


def program(name: str, *, missing: str) -> str:
    return shutil.which(name) or skip_loudly(missing)


def checker(name: str) -> Path:
    """A file that scripts/checkers.sh fetches."""
    file = CHECKERS / name
    return file if file.exists() else skip_loudly(f"there is no {name} here; run scripts/checkers.sh")


def skip_loudly(reason: str) -> NoReturn:
    """Skip the test, so that nobody overlooks it; where CI runs it, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    with warnings.catch_warnings():  # a warning reaches the terminal from a parallel process too, a skip's reason not
        warnings.simplefilter("always")
        warnings.warn(f"TESTS SKIPPED: {reason}", stacklevel=1)
    pytest.skip(reason)
