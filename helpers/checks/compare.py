"""Read whatever was handed in as an array of numbers, and say in words how it differs.

The words tell where the first difference is and in which direction, never the right value.
"""

import dataclasses
import types

import numpy as np

TOLERANCE = 1e-6  # relative, absolute below 1: room for float32, none for a wrong formula
LARGEST = 1_000_000  # entries; no exercise comes near


class NotNumbers(ValueError):
    """The answer cannot be read as numbers; the message completes 'This is ...'."""


@dataclasses.dataclass(frozen=True)
class Difference:
    """How an answer differs from what is expected: kind is type, shape, nan or value."""

    kind: str
    sentence: str


def as_numbers(answer):
    """Return the answer as a new float64 array: list, nested list, scalar, matrix, tensor, ...

    Raises NotNumbers, saying what the answer is instead.
    """
    _refuse_other_things(answer)
    if callable(getattr(answer, "detach", None)):  # a PyTorch tensor, on whatever device
        answer = answer.detach().cpu().numpy()
    if isinstance(answer, np.ma.MaskedArray):
        answer = answer.astype(float).filled(np.nan)
    try:
        array = np.asarray(answer)
    except ValueError:
        if isinstance(answer, tuple):
            raise NotNumbers(f"{len(answer)} values, and one is asked for") from None
        raise NotNumbers("a list whose rows have different lengths") from None
    if array.size > LARGEST:
        raise NotNumbers(f"an array with {array.size} entries, far more than there should be")
    return _as_floats(array)


def crowded(answer, labels):
    """A sentence when an array stands where one of several numbers belongs, or ''."""
    if not isinstance(answer, (tuple, list)) or not 1 < len(labels) == len(answer):
        return ""
    many = [isinstance(each, (list, tuple)) or np.ndim(each) > 0 for each in answer]
    counts = [len(each) if so else 1 for each, so in zip(answer, many, strict=True)]
    if min(counts) != 1 or max(counts) == 1:
        return ""
    k = int(np.argmax(counts))
    return f"{labels[k]} is a single number, and {counts[k]} stand in its place."


def nearly(got, expected):
    """A question when every entry is within half a percent, or ''."""
    near = np.abs(got - expected) <= 0.005 * np.abs(expected)
    return "That is close: was something rounded on the way? " if near.all() else ""


def _refuse_other_things(answer):
    for kinds, words in _NOT_NUMBERS:
        if isinstance(answer, kinds):
            raise NotNumbers(words)
    if callable(answer):
        raise NotNumbers("a function, where its value belongs")


_NOT_NUMBERS = (
    (type(None), "None, which is no number"),
    (type(Ellipsis), "still the `...` of the chapter"),
    ((str, bytes), "text in quotes, where numbers belong"),
    (dict, "a dict, where numbers belong"),
    ((set, frozenset), "a set, which has no order: use [ ] instead of { }"),
    (types.GeneratorType, "a generator, whose values nobody has computed yet: use [ ] around it"),
    ((map, filter, zip), "an iterator, not yet its values: put list( ) around it"),
    ((type, types.ModuleType), "a class or module, where numbers belong"),
)


def _as_floats(array):
    kind = array.dtype.kind
    if kind == "b":
        raise NotNumbers("True or False, where numbers belong")
    if kind in "SU":
        raise NotNumbers("text in quotes, where numbers belong")
    if kind == "c":
        if np.any(array.imag != 0):
            raise NotNumbers("a complex number, where real ones belong")
        array = array.real
    elif kind == "O":
        array = _objects_as_floats(array)
    elif kind not in "iuf":
        raise NotNumbers(f"an array of type {array.dtype}, where numbers belong")
    return np.array(array, dtype=float, copy=True, subok=False, order="C")


def _objects_as_floats(array):
    """Fractions, decimals, large integers; anything else is refused."""
    for each in array.flat:
        if isinstance(each, (list, tuple, np.ndarray)):
            raise NotNumbers("a list whose rows have different lengths")
        if isinstance(each, bool):
            raise NotNumbers("True or False, where numbers belong")
        _refuse_other_things(each)
    try:
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        name = type(array.flat[0]).__name__
        raise NotNumbers(f"something of the type `{name}`, which is no ordinary number") from None


def fit(got, shape):
    """Give `got` the expected shape where only an axis of length 1 in front tells them apart.

    (n,) and (1, n) are the same row, and a single number may be wrapped in brackets. A column
    (n, 1) is not a row. Returns None when the shapes really differ.
    """
    if got.shape == shape:
        return got
    if got.size == 1 and np.prod(shape, dtype=int) == 1:
        return got.reshape(shape)
    same = _without_front_ones(got.shape) == _without_front_ones(shape)
    return got.reshape(shape) if same else None


def fit_typed(got, shape):
    """Like `fit`; and for numbers that are typed in, a column does as well as a row."""
    fitted = fit(got, shape)
    if fitted is None and len(shape) == 1 and got.ndim <= 2 and got.size == shape[0]:
        return got.reshape(shape)
    return fitted


def bare(array):
    """The array without axes of length 1 in front: what `fit` does not distinguish."""
    if array.size == 1:
        return array.reshape(())
    return array.reshape(_without_front_ones(array.shape))


def _without_front_ones(shape):
    shape = tuple(shape)
    while len(shape) > 1 and shape[0] == 1:
        shape = shape[1:]
    return shape


def close(got, expected, tolerance=TOLERANCE):
    """Which entries agree: |got - expected| <= tolerance * max(1, |expected|). NaN never does."""
    with np.errstate(invalid="ignore"):
        return np.abs(got - expected) <= tolerance * np.maximum(1.0, np.abs(expected))


def difference(got, expected, tolerance=TOLERANCE, labels=None):
    """None when `got` (already of the expected shape) agrees, else the first Difference."""
    right = close(got, expected, tolerance)
    if right.all():
        return None
    where = np.argwhere(~np.atleast_1d(right))[0]
    index = tuple(int(i) for i in where) if right.ndim else ()
    value, wanted = float(got[index]), float(expected[index])
    name = _name_of(index, labels)
    if not np.isfinite(value):
        what = "NaN (not a number)" if np.isnan(value) else "infinite"
        return Difference("nan", f"{name} is {what}")
    praise = ""
    if right.size > 1 and right.any():
        count = int(right.sum())
        praise = f"{count} of the {right.size} entries {'is' if count == 1 else 'are'} right; "
    return Difference("value", f"{praise}{name} is {number(value)}, {_direction(value, wanted)}")


def _name_of(index, labels):
    if labels is not None and len(index) == 1 and index[0] < len(labels):
        return labels[index[0]]
    if not index:
        return "your value"
    return f"entry [{', '.join(map(str, index))}]"


def _direction(value, wanted):
    """Sign, then size, without the right value."""
    if close(-value, wanted):
        return "which has the right size and the wrong sign"
    if value * wanted < 0:
        return "which has the wrong sign"
    far = abs(wanted) > 0 and not 0.2 < abs(value / wanted) < 5
    return f"which is {'far ' if far and value else ''}too {'high' if value > wanted else 'low'}"


def number(value):
    """A number as a card shows it: six digits."""
    return f"{value + 0.0:.6g}"  # and 0 for -0


def shape_difference(got, expected_shape):
    """A Difference for an array that has the wrong shape."""
    given, wanted = shape(got.shape), shape(expected_shape)
    return Difference("shape", f"it is {given}, and it should be {wanted}")


def shape(a_shape):
    """A shape in words: 'a single number', '(3,)', '(2, 3)'."""
    return "a single number" if len(a_shape) == 0 else str(tuple(int(n) for n in a_shape))
