"""What the commonest error messages of Python and NumPy mean, in a sentence that is always true.

The exception itself is quoted before it; these say what to look at.
"""

import re

_HINTS = (
    (r"mismatch in its core dimension 0.*size (\d+) is different from (\d+)",
     "The array on the left of `@` has {1} columns, the one on the right {0} rows (a flat one: "
     "entries); the two numbers must be equal."),
    (r"shapes \((?:\d+,\s*)?(\d+),?\) and \((\d+),.*not aligned",
     "The left array has {0} columns, the right one {1} rows; the two numbers must be equal."),
    (r"could not be broadcast together with shapes (\([\d, ]*\)) (\([\d, ]*\))",
     "Entry by entry, an array of shape {0} does not fit one of shape {1}."),
    (r"index -?\d+ is out of bounds for axis \d+ with size (\d+)",
     "The last of {0} entries has the index {0} - 1, because Python counts from 0."),
    (r"only (?:length-1|0-dimensional) arrays can be converted",
     "Functions such as `math.exp` and `float` take one number; `np.exp` takes whole arrays."),
    (r"must have same number of dimensions|number of dimensions must match",
     "Arrays that are joined need equally many axes: a flat row does not fit beside a matrix."),
    (r"all the input array dimensions .*must match exactly",
     "Arrays that are joined side by side need equally many rows, one above the other equally "
     "many columns."),
    (r"ufunc 'bitwise_xor' not supported|unsupported operand type\(s\) for \^",
     "In Python a power is written `**`: `y**2`."),
    (r"unsupported operand type\(s\) for [^:]+: .*'Pass'",
     "What `forward` returns holds all values of the pass; the outputs are its `.y`."),
    (r"unsupported operand type\(s\) for [^:]+: .*'Network'",
     "A network is no array; its outputs for `x` are `net.forward(x).y`."),
    (r"unsupported operand type\(s\) for [^:]+: .*'(?:function|method)'",
     "A function is called with brackets right behind its name; a `*` between them multiplies."),
    (r"'list' object has no attribute '(max|min|sum|mean|shape|ndim|T|reshape|dot)'",
     "A list has no `{0}`; `np.asarray` makes an array of it."),
    (r"truth value of an array",
     "`if`, `while` and Python's own `max` need one yes or no, and an array gives one for each "
     "entry."),
    (r"setting an array element with a sequence",
     "A place for one number was given a whole array."),
    (r"cannot access local variable '(\w+)'",
     "`{0}` gets its value in this function, and is used here before it has one."),
    (r"doesn't define __round__",
     "Python's `round` takes one number, and no answer needs rounding."),
    (r"name '(\w+)' is not defined",
     "Run the cell that defines `{0}`, or look at its spelling."),
    (r"'(?:numpy\.\w+|float|int)' object is not callable",
     "Round brackets behind a number or an array call it: a product needs a `*`, an entry square "
     "brackets."),
    (r"too many indices for array.* is (\d)-dimensional",
     "The array has too few axes for that many indices: a flat one, such as a single example, has "
     "one."),
    (r"can't multiply sequence by non-int",
     "A list is not multiplied entry by entry: make it an array with `np.array`."),
    (r"assignment destination is read-only",
     "Compute into a new array instead of changing one that is shared."),
    (r"only integer scalar arrays can be converted to a scalar index",
     "A whole number was expected where an array stands: `np.sum` and `np.max` take one array, and "
     "what comes second is the axis; `np.maximum(a, b)` compares two arrays entry by entry."),
    (r"return arrays must be of ArrayType",
     "`np.maximum` and its relatives compare two arrays; a third one is the place for the result."),
    (r"only integers, slices .* are valid indices",
     "An index is a whole number: `for k in range(len(a))` counts, `for k in a` goes through the "
     "entries themselves."),
    (r"does not have enough dimensions",
     "`@` multiplies rows and matrices; on one of its sides there is a single number."),
    (r"tuple index out of range",
     "The shape of a flat row is one number: `x.shape[1]` is there for a matrix only."),
    (r"could not broadcast input array from shape (\([\d, ]*\)) into shape (\([\d, ]*\))",
     "An array of shape {0} does not fit into a place of shape {1}."),
    (r"'numpy\.ndarray' object has no attribute '(append|insert|extend)'",
     "An array has no `{0}` as a list has; `np.concatenate` joins arrays."),
    (r"values to unpack",
     "Two lists are gone through side by side with `zip(a, b)`."),
    (r"'builtin_function_or_method'",
     "A method is called with brackets after its name, also when nothing stands in them."),
    (r"list indices must be integers",
     "A list takes one index at a time; an array takes several, as in `W[0, 1]`."),
    (r"axis 1 is out of bounds for array of dimension 1",
     "A flat row has the one axis 0; `axis=-1` is the last axis of either, a row or a matrix."),
    (r"NoneType",
     "Something there is None: that is what a function gives back which has no `return`, or is "
     "still to be written."),
)  # fmt: skip


def hint(message, weight_rows=(), weight_shapes=()):
    """' And a sentence.' for a message that is known; '' otherwise.

    weight_rows: how many rows the weight matrices have that came in, where no layer has that
    size; weight_shapes: the shapes of all of them.
    """
    for pattern, sentence in _HINTS:
        found = re.search(pattern, message)
        if found:
            words = re.sub(r"\b1 (row|column)s\b", r"1 \1", sentence.format(*found.groups()))
            return f" {words}{_one_more(found.groups(), weight_rows, weight_shapes)}"
    return ""


def _one_more(sizes, weight_rows, weight_shapes):
    """Where the two lengths, or matrices, differ by the bias row of a matrix that came in."""
    shapes = [tuple(map(int, re.findall(r"\d+", each))) for each in sizes]
    if len(shapes) != 2 or not shapes[0] or len(shapes[0]) != len(shapes[1]):
        return ""
    less, more = sorted(shapes)
    if more[:1] != (less[0] + 1,) or more[1:] != less[1:]:
        return ""
    if len(more) == 2 and more in weight_shapes:
        return " The weights have one row more: row 0, the biases."
    if len(more) != 1 or more[0] not in weight_rows:
        return ""
    return " A weight matrix has one row more than there are inputs: the biases in row 0."
