"""Ruff on the code and on the notebooks, with the rules in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("folder", ["helpers", "tests", "chapters", "solutions"])
def test_ruff_has_nothing_to_say(folder):
    pytest.importorskip("ruff", reason="ruff is not installed")
    if not (ROOT / folder).is_dir():
        pytest.skip(f"no {folder}/ in this copy")
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--quiet", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
