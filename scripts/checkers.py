"""Fetches what the tests check pages with: the Nu Html Checker and axe-core, into .venv/checkers.

Both are taken from the npm registry as archives of a fixed content, so npm itself is not needed.
"""

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

FOLDER = Path(__file__).parent.parent / ".venv" / "checkers"
REGISTRY = "https://registry.npmjs.org"
# Package, version, the file wanted of it, and the SHA-512 of its archive as the registry gives it.
ARCHIVES = [
    (
        "axe-core",
        "4.14.1",
        "axe.min.js",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    ),
    (
        "vnu-jar",
        "26.9.27",
        "build/dist/vnu.jar",
        "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA==",
    ),
]


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for package, version, wanted, digest in ARCHIVES:
        mark = FOLDER / f"{package}-{version}"
        if mark.exists():
            continue
        try:
            content = fetch(f"{REGISTRY}/{package}/-/{package}-{version}.tgz", digest)
        except (OSError, ValueError) as error:
            print(f"{package} could not be fetched: {error}", file=sys.stderr)
            continue
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            (FOLDER / Path(wanted).name).write_bytes(archive.extractfile(f"package/{wanted}").read())
        mark.touch()
    return 0


def fetch(url: str, digest: str) -> bytes:
    """The archive at `url`; raises ValueError where it is not the one that was meant."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - always https
        content: bytes = answer.read()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != digest:
        raise ValueError(f"{url} is not what it was")
    return content


if __name__ == "__main__":
    sys.exit(main())
