"""Run every test, and every kernel that nbval starts, apart from the settings of who runs them."""

import os

import pytest

from helpers.authoring.execute import FORGOTTEN, kernel_environment


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Give each test file, and so each notebook, the environment in which ``build`` executes.

    What was solved in one notebook must not show in the ``progress()`` of the next. nbval starts
    the kernel of a notebook in the setup of its first cell, which comes after this.
    """
    folders = item.session.__dict__.setdefault("_homes", {})
    if item.path not in folders:
        factory = item.session.config._tmp_path_factory
        folders[item.path] = factory.mktemp("home")
    for name in FORGOTTEN:
        os.environ.pop(name, None)
    os.environ.update(kernel_environment(folders[item.path]))
