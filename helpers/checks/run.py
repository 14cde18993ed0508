"""Call the reader's function safely, and say in one sentence what went wrong when it did."""

import dataclasses
import linecache
import os
import re
import types

from . import errors, stubs
from .limit import TimeUp
from .surroundings import AskedForInput

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # the helpers package


@dataclasses.dataclass(frozen=True)
class Call:
    """What came of one call: a value, or a sentence about why there is none."""

    value: object = None
    problem: str = ""
    printed: bool = False
    not_attempted: bool = False
    raised: bool = False  # an ordinary exception: another case may come to an end


def call(function, arguments, usage, surroundings):
    """Call function(*arguments); `usage` shows the call as the reader knows it, "layer(x, W)".

    Only KeyboardInterrupt and TimeUp pass through.
    """
    before = surroundings.printed.length
    try:
        value = function(*arguments)
        problem = _what_is_no_value(value)
    except (KeyboardInterrupt, TimeUp):
        raise
    except BaseException as error:
        if stubs.raises_not_implemented(function, error):
            return Call(not_attempted=True)
        ordinary = isinstance(error, (ArithmeticError, LookupError, TypeError, ValueError))
        return Call(problem=explain(error, function, usage, arguments), raised=ordinary)
    if value is Ellipsis:
        return Call(not_attempted=True)
    printed = surroundings.printed.length > before
    if value is None:
        problem = (
            "Your function prints its result, but returns None: put `return` before the value."
            if printed
            else "Your function returns None: every way through it has to end with a `return` line."
        )
    return Call(value, problem, printed)


def _what_is_no_value(value):
    if isinstance(value, types.GeneratorType):
        return (
            "Your function returns a generator, whose values nobody has computed yet: "
            "replace `yield` by `return`, or the round brackets by square ones."
        )
    if isinstance(value, types.CoroutineType):
        value.close()  # or Python warns later that nobody awaited it
        return "Your function is an `async def`: a plain `def` is asked for."
    return ""


def explain(error, function, usage, arguments=()):
    """One sentence: which exception, its message, and the reader's own line. No traceback."""
    where = _where(error, function)
    if isinstance(error, AskedForInput):
        return f"Your function calls input(){where}: take the values from its arguments instead."
    if isinstance(error, SystemExit):
        return f"Your function leaves Python with an exit{where}: return the value instead."
    if isinstance(error, RecursionError):
        return f"Your function calls itself without end{where}."
    if isinstance(error, MemoryError):
        return f"Your function asks for far more memory than this needs{where}."
    if isinstance(error, TypeError) and not where:
        return f"Your function cannot be called as `{usage}`: {message_of(error)}."
    if isinstance(error, TypeError) and "ellipsis" in message_of(error):
        return f"There is still a `...` in your function where a value belongs{where}."
    message = message_of(error)
    hint = errors.hint(message, *_weight_rows(usage, arguments))
    said = f": {message}" if message and not (hint and len(message) > 60) else ""
    return f"Your function raised {type(error).__name__}{where}{said}.{hint}"


def _weight_rows(usage, arguments):
    """The numbers of rows of W, V and U that are not also the size of a layer; their shapes."""
    names = usage.partition("(")[2].rstrip(")").split(", ")
    shapes = [getattr(each, "shape", ()) for each in arguments]
    given = zip(names, shapes, strict=False)
    weights = {shape for name, shape in given if name in ("W", "V", "U") and shape}
    return {shape[0] for shape in weights} - {shape[-1] for shape in shapes if shape}, weights


def message_of(error):
    """The exception's own words, on one line, without addresses, and not endless."""
    try:
        text = " ".join(str(error).split())
    except (KeyboardInterrupt, TimeUp):
        raise
    except BaseException:
        return "its message cannot be shown"
    text = _CALLED.sub(_without_itself, text)
    text = re.sub(r", with gufunc signature \S+", "", text)
    text = re.sub(r"0x[0-9a-fA-F]{4,}", "0x...", text).rstrip(".")
    return text if len(text) <= 160 else text[:157] + "..."


_CALLED = re.compile(
    r"\b\w+\.__call__\(\) "
    r"(missing .*|takes (\d+) positional arguments? but (\d+) (?:was|were) given)"
)


def _without_itself(found):
    """Of an object that is called, as a function would say it: Python counts the object itself."""
    if not found[2]:
        return f"the function called there is {found[1]}"
    takes, given = int(found[2]) - 1, int(found[3]) - 1
    wanted = "1 argument" if takes == 1 else f"{takes} arguments"
    return f"the function called there takes {wanted}, and {given} came in"


def _is_theirs(filename):
    return not filename.startswith((HERE, "<frozen")) and "site-packages" not in filename


def _where(error, function):
    """' in line 3, `return x @ W`', or '' when the exception did not come from a line of theirs."""
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    found = None
    step = error.__traceback__
    while step is not None:
        filename = step.tb_frame.f_code.co_filename
        if filename == own_file or (own_file is None and _is_theirs(filename)):
            found = step
        step = step.tb_next
    if found is None:
        return ""
    frame, number = found.tb_frame, found.tb_lineno
    line = linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()
    quoted = f", `{line.replace('`', '')[:80]}`" if line else ""
    return f" in line {number}{quoted}"
