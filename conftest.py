"""Run every test, and every kernel that nbval starts, apart from the settings of who runs them."""

import os
from tempfile import TemporaryDirectory

import pytest

from helpers.authoring.execute import FORGOTTEN, kernel_environment

HOMES = pytest.StashKey[dict]()

# By the time they take. A long file that begins last leaves the other workers idle.
LONGEST = (
    "test_diagnosis.py", "test_accessibility_browser.py", "test_precision.py", "test_nbgrader.py",
    "test_launcher_runs.py", "test_prose_numbers.py", "test_authoring.py", "test_oracles.py",
    "test_slice_lab.py", "test_checks_engine.py", "test_exercises.py", "test_step_lab.py",
)  # fmt: skip


def pytest_configure(config):
    """Side by side, files begin in our order; pytest-xdist's own is by their number of tests."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items):
    place = {name: k for k, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Give each test file, and so each notebook, the environment in which ``build`` executes.

    What was solved in one notebook must not show in the ``progress()`` of the next. nbval starts
    the kernel of a notebook in the setup of its first cell, which comes after this.
    """
    homes = item.session.stash.setdefault(HOMES, {})
    if item.path not in homes:
        homes[item.path] = TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True)
    for name in FORGOTTEN:
        os.environ.pop(name, None)
    os.environ.update(kernel_environment(homes[item.path].name))
