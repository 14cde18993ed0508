"""For exercises that ask for loops: is a function written with loops, or with matrix products?"""

import types

PRODUCTS = {
    "dot", "matmul", "einsum", "inner", "vdot", "tensordot", "multi_dot", "convolve", "vecmat",
}  # fmt: skip


def why_it_is_no_loop(function):
    """A sentence when the function uses a matrix product or has no loop; '' when it is fine."""
    codes = list(_codes(function))
    if not codes:
        return ""  # written in C, or hidden in an object: nothing to look at
    if any(_multiplies_matrices(code) for code in codes):
        return (
            "The values are right. This exercise asks for the loops behind the matrix product: "
            "replace `@`, `dot` and their relatives by sums over i."
        )
    if not any(_loops(code) for code in codes):
        return (
            "The values are right. This exercise asks for loops, and there is none: "
            "go over the units, and for each unit over the inputs."
        )
    return ""


def _codes(function, seen=None):
    """The code of a function, of those defined in it, and of the reader's own that it calls."""
    seen = set() if seen is None else seen
    if not hasattr(function, "__code__"):  # an object that can be called
        function = getattr(function, "__func__", vars(type(function)).get("__call__"))
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType) or code in seen:
        return
    seen.add(code)
    for each in _nested(code):
        yield each
        for name in each.co_names:
            called = getattr(function, "__globals__", {}).get(name)
            if isinstance(called, types.FunctionType) and _is_readers(called):
                yield from _codes(called, seen)


def _is_readers(function):
    """A function of the notebook; the helpers' `with_one` may be used."""
    return not (function.__module__ or "").startswith(("helpers", "numpy"))


def _nested(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _nested(constant)


def _multiplies_matrices(code):
    import dis

    if PRODUCTS & set(code.co_names):
        return True
    return any(
        each.opname == "BINARY_OP" and each.argrepr.startswith("@")
        for each in dis.get_instructions(code)
    )


def _loops(code):
    import dis

    return "map" in code.co_names or any(
        each.opname == "FOR_ITER" or ("JUMP" in each.opname and each.argval < each.offset)
        for each in dis.get_instructions(code)
    )
