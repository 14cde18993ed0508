"""For exercises that ask for no loop: does a function take more steps when there is more to do?

A loop of Python runs its lines once for each example, a product of matrices runs one line for all.
So the steps of Python are counted, for few examples and for many, and likewise for inputs, units
and outputs. What is written does not matter: `for`, `while`, a comprehension, `map`,
`np.vectorize` and a function that calls itself all take more steps.
"""

import gc
import sys

FEW, MANY = 3, 23
FORMATTING = "arrayprint.py"  # NumPy writes a printed array entry by entry: no loop of the reader's


def loop_that_is_left(function, make, sizes):
    """A sentence about a loop in the function; '' when there is none, or under a debugger.

    sizes    {"examples": "n", ...}: what is counted -> the argument of `make`
    make     make(**sizes) -> the arguments of the function
    """
    if sys.gettrace() is not None:
        return ""
    few = dict.fromkeys(sizes.values(), FEW)
    function(*make(**few))  # the first call of all may load modules
    base = steps(function, make(**few))
    found = [
        words
        for words, name in sizes.items()
        if _fewest(function, make, few | {name: MANY}) - base >= MANY - FEW
    ]
    if not found:
        return ""
    return (
        f"The values are right, and a loop over the {_list(found)} is left: with more of them, "
        "Python takes more steps. A product of matrices, or an operation on a whole array, does "
        "that in one."
    )


def _fewest(function, make, sizes):
    """Steps of the shorter of two calls: what else Python tidies up only adds to them."""
    return min(steps(function, make(**sizes)) for _ in range(2))


def steps(function, arguments):
    """How many instructions Python runs in a call, those inside NumPy's C code not counted."""
    count, writing = 0, None

    def trace(frame, event, value):
        nonlocal count, writing
        if writing is None and frame.f_code.co_filename.endswith(FORMATTING):
            writing = frame
        if writing is None:
            frame.f_trace_opcodes = True
            count += 1
        elif writing is frame and event == "return":
            writing = None
        return trace

    collecting = gc.isenabled()
    gc.disable()  # a collection may run lines of others
    try:
        sys.settrace(trace)
        function(*arguments)
    finally:
        sys.settrace(None)
        if collecting:
            gc.enable()
    return count


def _list(words):
    return words[0] if len(words) == 1 else f"{', the '.join(words[:-1])} and the {words[-1]}"
