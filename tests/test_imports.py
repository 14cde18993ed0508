"""The arrows between the modules point downwards, and `import helpers` is light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "helpers"

# Module -> what it may import of this package. Sub-packages count as one module.
MAY_IMPORT = {
    "activations": set(),
    "losses": {"activations"},
    "network_input": {"activations", "losses"},
    "network": {"network_input", "activations", "losses"},
    "long_run": set(),
    "training": {"network", "network_input", "long_run"},
    "many": {"network", "network_input", "long_run", "training"},
    "gradcheck": {"network"},
    "examples": {"network"},
    "quadratic": set(),
    "mistakes": {"network", "losses", "activations"},
    "checks": {
        "mistakes", "gradcheck", "training", "examples", "network", "losses", "activations",
        "graph",
    },
    "graph": {"activations", "examples"},
    "style": set(),
    "label_places": set(),
    "diagram": {"label_places", "style", "network", "examples"},
    "chart": {"style", "diagram"},
    "loop_map": {"style", "diagram", "examples", "activations"},
    "plots": {
        "label_places", "style", "diagram", "chart", "loop_map", "examples", "network",
        "network_input", "training",
        "losses", "activations", "graph", "gradcheck", "quadratic",
    },
    "widgets": {
        "plots", "chart", "loop_map", "style", "diagram", "training", "examples", "network",
        "network_input",
        "losses", "activations", "graph", "gradcheck", "quadratic",
    },
    "authoring": {"checks"},  # only to ask whether an exercise has a check
    "course": {"checks", "authoring"},
    "bench": {"training", "examples", "network", "losses", "activations"},
    "launcher": set(),
    "__main__": {"launcher", "authoring", "bench", "course"},
    "__init__": {  # names fetched when they are asked for
        "activations", "checks", "diagram", "examples", "gradcheck", "graph", "losses", "many",
        "network", "plots", "quadratic", "style", "training", "widgets",
    },
}  # fmt: skip
NEVER = {
    "checks": {"matplotlib", "ipywidgets", "anywidget"},
    "authoring": {"numpy", "matplotlib"},
    "__main__": {"numpy"},
    "launcher": {"numpy"},
}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield path, parts[0], ("helpers", *parts)


def imported(path, dotted):
    """The absolute dotted names that a file imports, wherever in it."""
    package = dotted[:-1]  # also right for __init__, whose own last part is dropped
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            yield from ((*base, alias.name) for alias in node.names)


def test_imports_point_downwards():
    for path, name, dotted in modules():
        points_downwards(path, name, dotted)


def points_downwards(path, name, dotted):
    assert name in MAY_IMPORT, f"helpers.{name} is new: add it to the table here and in the design"
    for target in imported(path, dotted):
        if target[0] == "helpers" and len(target) > 1 and target[1] in MAY_IMPORT:
            allowed = MAY_IMPORT[name] | {name}
            assert target[1] in allowed, f"{path.name} imports {'.'.join(target)}"
        assert target[0] not in NEVER.get(name, set()), f"{path.name} imports {target[0]}"
        assert target[0] not in {"torch", "sklearn"} or name == "bench"


def test_the_table_has_no_cycle():
    order, left = [], {k: v - {k} for k, v in MAY_IMPORT.items()}
    while left:
        free = [name for name, needs in left.items() if not needs & left.keys()]
        assert free, f"a cycle among {sorted(left)}"
        order += free
        left = {name: needs for name, needs in left.items() if name not in free}


def run(code):
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


HEAVY = ("matplotlib", "ipywidgets", "anywidget", "IPython", "torch", "scipy")


@pytest.mark.parametrize(
    "statement", ["import helpers", "from helpers import check, examples, Network"]
)
def test_light_imports_load_nothing_heavy(statement):
    loaded = run(f"import sys\n{statement}\nprint(*sys.modules)")
    assert not [name for name in loaded if name.split(".")[0] in HEAVY]


def test_import_helpers_works_without_numpy():
    run("import sys; sys.modules['numpy'] = None; import helpers; dir(helpers)")


def test_importing_takes_little_more_than_numpy():
    """Processor time, which other programs do not lengthen, and the best of five processes."""
    code = (
        "import time, numpy; a = time.process_time(); import helpers;"
        "from helpers import check, examples, Network; print(time.process_time() - a)"
    )
    assert min(float(run(code)[0]) for _ in range(5)) < 0.15
