"""Read requirements.txt and the extras, and say which of them an environment lacks.

Only what these two files use is understood: `name>=1,<2` lines and `-e .`. A package that is there
in a version that cannot be judged counts as there: the installer, not this module, is the judge.
"""

import hashlib
import json
import operator
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

from helpers.launcher.problem import Problem

BOOK = "backpropagation-you-can-check"
CLAUSE = re.compile(r"(>=|<=|==|!=|~=|<|>)\s*([0-9][^\s,;]*)")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def read(project: Path, extras: Iterable[str] = ()) -> list[str]:
    """The requirement lines of the book and of the named extras, `-e .` left out."""
    lines = (project / "requirements.txt").read_text(encoding="utf-8").splitlines()
    lines = [line.split("#")[0].strip() for line in lines]
    known = known_extras(project)
    for extra in extras:
        if extra not in known:
            raise Problem(f"there is no extra {extra!r}; the extras are: {', '.join(known)}.", 2)
        lines += known[extra]
    return [line for line in lines if line and not line.startswith("-")]


def known_extras(project: Path) -> dict[str, list[str]]:
    """The optional dependencies of pyproject.toml."""
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"].get("optional-dependencies", {})


def fingerprint(project: Path) -> str:
    """Changes when what has to be installed may have changed."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((project / name).read_bytes())
    return digest.hexdigest()


def lower_bounds(lines: Iterable[str]) -> list[str]:
    """`numpy>=1.26,<3` -> `numpy==1.26`: the oldest versions that the lines admit."""
    pairs = ((NAME.match(line).group(), CLAUSE.findall(line)) for line in lines)
    return [
        f"{name}=={version}" for name, found in pairs for sign, version in found if sign == ">="
    ]


def lacking(project: Path, extras: Iterable[str], folders: list[str]) -> list[str]:
    """What an environment with these package folders lacks: names of packages."""
    wanted = read(project, extras)
    names = [NAME.match(line).group() for line in wanted]
    absent = [
        name
        for name, line in zip(names, wanted, strict=True)
        if not admits(line, version_in(folders, name))
    ]
    return absent if installed_from(folders) == project else [*absent, BOOK]


def version_in(folders: list[str], name: str) -> str | None:
    """The version of an installed package, None if it is not there."""
    found = next(iter(metadata.distributions(name=name, path=folders)), None)
    return found and found.metadata["Version"]


def installed_from(folders: list[str]) -> Path | None:
    """The folder that the book is installed from, editable, or None."""
    for found in metadata.distributions(name=BOOK, path=folders):
        source = json.loads(found.read_text("direct_url.json") or "{}")
        if source.get("dir_info", {}).get("editable"):
            parts = urlparse(source["url"])
            path = url2pathname(parts.path) if sys.platform == "win32" else unquote(parts.path)
            return Path(path).resolve()
    return None


def admits(requirement: str, version: str | None) -> bool:
    """Whether an installed version (None: not installed) is within a requirement's range."""
    if not version:
        return False
    return all(
        holds(sign, number(version), number(bound)) for sign, bound in CLAUSE.findall(requirement)
    )


def number(version: str) -> tuple[int, ...]:
    """The release part of a version, trailing zeros dropped: "4.6.0rc1" -> (4, 6)."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    parts = [int(part) for part in release.group().split(".")] if release else [0]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def holds(sign: str, version: tuple[int, ...], bound: tuple[int, ...]) -> bool:
    """One comparison; the signs that our files do not use are left to the installer."""
    known = {">=": operator.ge, "<=": operator.le, "<": operator.lt, ">": operator.gt}
    return sign not in known or known[sign](version, bound)
