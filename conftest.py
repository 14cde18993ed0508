"""Run every test, and every kernel that nbval starts, apart from the settings of who runs them."""

import os
from tempfile import TemporaryDirectory

import pytest

from helpers.authoring.execute import FORGOTTEN, kernel_environment

HOMES = pytest.StashKey[dict]()


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
