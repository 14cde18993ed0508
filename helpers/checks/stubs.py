"""Is there an answer yet, or still the `...` of the chapter?"""

import types

# What a body of `...`, `pass`, a docstring or a comment compiles to, Python 3.11 to 3.14.
_EMPTY_BODY = {"RESUME", "NOP", "POP_TOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "CACHE"}


def is_stub(answer):
    """True for `...`, and for a function whose body computes nothing and returns nothing."""
    if answer is Ellipsis:
        return True
    return type(answer) is types.FunctionType and _computes_nothing(answer.__code__)


def lost_its_dots(answer):
    """True for a function without code in whose source no `...` stands: it has `pass`, say."""
    if not isinstance(answer, types.FunctionType):
        return False
    import inspect

    try:
        return "..." not in inspect.getsource(answer)
    except (OSError, TypeError, SyntaxError, IndexError):
        return False


def _computes_nothing(code):
    import dis

    if code.co_flags & 0x2A0:  # a generator or coroutine is an attempt
        return False
    constants = []
    for each in dis.get_instructions(code):
        if each.opname not in _EMPTY_BODY:
            return False
        if each.opname.endswith("_CONST"):
            constants.append(each.argval)
    return not constants or constants[-1] is None or constants[-1] is Ellipsis


def raises_not_implemented(function, error):
    """`raise NotImplementedError` as the whole body is another way to say: not written yet."""
    code = getattr(function, "__code__", None)
    return (
        isinstance(error, NotImplementedError)
        and code is not None
        and set(code.co_names) <= {"NotImplementedError"}
    )


def open_entries(answer):
    """The keys or positions of a dict, list or tuple where there is still a `...`."""
    if type(answer) is dict:
        pairs = list(answer.items())
    elif type(answer) in (list, tuple):
        pairs = list(enumerate(answer))
    else:
        return []
    return [key for key, value in pairs if _holds_ellipsis(value)]


def _holds_ellipsis(value, depth=0):
    if value is Ellipsis:
        return True
    if type(value) in (list, tuple) and depth < 5 and len(value) < 1000:
        return any(_holds_ellipsis(each, depth + 1) for each in value)
    return False


def all_open(answer):
    """True when every entry of a dict, list or tuple is `...`."""
    found = open_entries(answer)
    return bool(found) and len(found) == len(answer)
