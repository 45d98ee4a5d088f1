"""The project run as a person runs it: in a process of its own, with only the given variables in its environment."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str, **variables: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    with start(*arguments, **variables) as process:
        try:
            output, errors = process.communicate(timeout=60)
        finally:
            process.terminate()
    return process.returncode, output, errors
