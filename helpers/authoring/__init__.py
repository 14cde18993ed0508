"""``python -m helpers build``: solutions/source/*.md to solutions/*.ipynb and chapters/*.ipynb.

    build               build every chapter
    build 01            build one (its number or its name)
    build --check       say which notebooks are stale, without executing anything

Exit code 0 when all is well, 1 when a source is broken or a notebook is stale, 2 for a wrong
command. A broken source is reported as ``file:line: reason`` and nothing of it is overwritten.
"""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from .book import Book, Refused, build, describe, orphans, stale

ROOT = Path(__file__).resolve().parents[2]


def main(argv=None, root=ROOT, known_ids="ask"):
    """Run ``build`` with the arguments ``argv``; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers build", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a chapter: 01 or 01_forward_pass")
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    try:
        options = parser.parse_args(argv)
    except SystemExit as leaving:
        return leaving.code
    book = Book(root)
    names, complaint = _choose(book, options.names)
    complaint = complaint or (None if options.check else _missing_tools())
    if complaint:
        print(f"build: {complaint}", file=sys.stderr)
        return 2
    if known_ids == "ask":
        known_ids = _known_ids()
    if options.check:
        return _check(book, names, known_ids, everything=not options.names)
    return max([_build(book, name, known_ids) for name in names])


def _build(book, name, known_ids):
    try:
        changed = build(book, name, known_ids)
    except Refused as refused:
        for line in describe(book, name, refused):
            print(line, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"build: {name}: cannot write: {error}", file=sys.stderr)
        return 1
    wrote = ", ".join(book.relative(path) for path in changed)
    print(f"{name}: {'wrote ' + wrote if wrote else 'unchanged'}")
    return 0


def _check(book, names, known_ids, everything):
    lines = list(stale(book, names, known_ids))
    if everything:
        lines += orphans(book)
    for line in lines:
        print(line)
    if not lines:
        print(f"up to date: {', '.join(names)}")
    return 1 if lines else 0


def _choose(book, wanted):
    """The names that were asked for, and a complaint when there is no such source."""
    there = book.names()
    if not there:
        return [], f"no sources in {book.sources}"
    chosen = []
    for name in wanted:
        stem = Path(name).name.removesuffix(".md").removesuffix(".ipynb")
        found = [n for n in there if n == stem or n.split("_")[0] == stem]
        if not found:
            return [], f"no source is called {name!r}; there are {', '.join(there)}"
        chosen += found
    return list(dict.fromkeys(chosen)) or there, None


def _missing_tools():
    missing = [name for name in ("jupytext", "nbformat", "nbclient") if not find_spec(name)]
    if missing:
        return (f"{' and '.join(missing)} missing; install the author's tools: "
                "python3 -m helpers setup --with test")
    return None


def _known_ids():
    """The exercise ids that helpers.checks can judge, or None where it cannot be imported."""
    try:
        from helpers.checks import registry
    except ModuleNotFoundError:  # no NumPy: what is stale can be told without it
        return None
    return {exercise.id for exercise in registry.exercises()}
