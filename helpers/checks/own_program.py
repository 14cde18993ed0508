"""The program that a reader's function makes with everything it calls, as text that runs alone."""

import dis
import inspect
import types

START = """\
x, t = np.array([0.05, 0.10]), np.array([0.01, 0.99])
W = np.array([[0.35, 0.35], [0.15, 0.25], [0.20, 0.30]])
U = np.array([[0.60, 0.60], [0.40, 0.50], [0.45, 0.55]])
W, U = {learn}(W, U, x, t, {eta:g}, {steps:_})
"""
OUTPUTS = "print(sigmoid(with_one(sigmoid(with_one(x) @ W)) @ U))"
OUTPUTS_ALONE = (
    "h = 1 / (1 + np.exp(-(x @ W[1:] + W[0])))\nprint(1 / (1 + np.exp(-(h @ U[1:] + U[0]))))"
)
MARKS = ("### BEGIN", "### END")  # around the solution, in a teacher's copy


def program(learn, eta, steps):
    """(text, names of the libraries it imports), or None where it cannot be put together.

    The text holds what `learn` needs, then the worked example, the run, and its outputs.
    """
    imports, functions = {"np": "import numpy as np"}, {}
    try:
        complete = _collect(learn, imports, functions)
        head = "\n".join(sorted(imports.values(), key=lambda line: (line[0] == "f", line)))
        known = {"sigmoid", "with_one"} <= {*functions, *imports}
        run = START.format(learn=learn.__name__, eta=eta, steps=steps)
        run += OUTPUTS if known else OUTPUTS_ALONE
        text = "\n\n\n".join([head, *functions.values(), run])
        compile(text, "your network", "exec")
    except (OSError, TypeError, SyntaxError, AttributeError, IndexError):
        return None  # a source that is gone, or no plain function
    libraries = {line.split()[1].partition(".")[0] for line in imports.values()}
    return (text, libraries) if complete else None


def _collect(function, imports, functions):
    """Add the function and what it calls, the called ones first; False for any other global."""
    complete, functions[function.__name__] = True, ""
    for name in _global_names(function.__code__):
        value = function.__globals__.get(name)
        if name in functions or name in imports or name not in function.__globals__:
            continue  # the last are Python's own, such as `range`
        if isinstance(value, types.ModuleType):
            short = name == value.__name__
            imports[name] = f"import {value.__name__}" + ("" if short else f" as {name}")
        elif getattr(value, "__module__", None) != function.__module__:
            home = getattr(value, "__module__", None) or "numpy"
            home = "helpers" if home.startswith("helpers") else home
            own = getattr(value, "__name__", name)
            imports[name] = f"from {home} import {own}" + ("" if own == name else f" as {name}")
        elif isinstance(value, types.FunctionType):
            complete &= _collect(value, imports, functions)
        else:
            complete = False
    del functions[function.__name__]
    functions[function.__name__] = _source(function)
    return complete


def _global_names(code):
    """The names of globals in the order in which a function, or one inside it, reads them."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
        elif isinstance(step.argval, types.CodeType):
            yield from _global_names(step.argval)


def _source(function):
    lines = inspect.getsource(function).splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith(MARKS)).strip()
