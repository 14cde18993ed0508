"""Find the decimal numbers of a text, and the values that could stand behind them."""

import ast
import contextlib
import io
import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

# What looks like a decimal number and is none.
NOT_A_NUMBER = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://[^\s)>\]]+",  # an address
        r"\]\([^)]*\)",  # the target of a link
        r"\b10\.\d{4,9}/\S+",  # a DOI
        r"</?[a-z][^>]*>",  # an HTML tag with its attributes
        r"`[^`\s]*\.(?:py|md|ipynb|json|txt|js|css|npz|svg|toml)`",  # a file
        r"(['\"])\d+\.\d+\1",  # the id in check("1.4", ...)
        r"\b(?:exercises?|sections?|chapters?|figures?|tables?|equations?|§)\s*"
        r"\d+\.\d+(?:(?:,|,? and|,? or| to|–|-)\s*\d+\.\d+)*",
        r"\b(?:python|numpy|matplotlib|jupyterlab|pytorch|torch|version|v)\s*\d+(?:\.\d+)+",
        r"\b\d+\.\d+\.\d+[\w.]*",  # 1.26.4
    )
]
EXPONENT = r"(?:e([+-]?\d+)|\s*(?:\\times|\\cdot|×|·)\s*10\^\{?([-−+]?\d+)\}?)?"
DECIMAL = re.compile(r"(?<![\w.,^])([-−+±]?)(\d+\.\d+)" + EXPONENT + r"(?![\d])", re.IGNORECASE)
ANY_NUMBER = re.compile(r"[-−+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?|[-−+]?\.\d+(?:e[-+]?\d+)?", re.I)


@dataclass(frozen=True)
class Number:
    """A number of the prose: how it is written, its value, and half a unit of its last digit."""

    text: str
    value: float
    slack: float
    signed: bool

    def is_backed_by(self, values, shown):
        """Is it one of the sorted ``values``, rounded to the digits shown?

        With one or two decimals nearly any number is close to something, so such a one must be a
        value exactly, or be the rounded form of a number that the chapter shows to its reader.
        """
        if self.slack < 0.004:
            return self._is_one_of(values, self.slack)
        return self._is_one_of(values, 0.0) or self._is_one_of(shown, self.slack)

    def _is_one_of(self, values, slack):
        """A minus sign may be a subtraction ("0.9 - 0.2") and a fall is told without one ("falls by
        0.1"), so only a sign written close to the number, with nothing before it, is compared.
        """
        wanted = [self.value] if self.signed else [self.value, -self.value]
        return any(_within(values, v, slack * (1 + 1e-9)) for v in wanted)


def _within(values, value, slack):
    slack += 1e-12
    left = np.searchsorted(values, value - slack)
    return left < len(values) and values[left] <= value + slack


def numbers(text):
    """The decimal numbers of a Markdown text."""
    for pattern in NOT_A_NUMBER:
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return [_number(found, text) for found in DECIMAL.finditer(text)]


def _number(found, text):
    sign, digits, *exponents = found.groups()
    exponent = int(next((e for e in exponents if e), "0").replace("−", "-"))
    before = text[: found.start()].rstrip(" ")
    # "0.9 -0.5" and "(x)-0.5" are subtractions; "(-0.5" and "= -0.5" are signs.
    negative = sign in ("-", "−") and not re.search(r"[\w)}\]]$", before)
    value = Decimal(digits).scaleb(exponent)
    places = len(digits.split(".")[1]) - exponent
    return Number(found[0], float(-value if negative else value), 0.5 * 10.0**-places, negative)


# The values


def sort(values):
    values = np.array(list(values), dtype=float)
    return np.unique(values[np.isfinite(values)])


def shown(notebook):
    """Every number in the outputs."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            for text in (output.get("text", ""), *output.get("data", {}).values()):
                text = "".join(text)
                if isinstance(text, str) and len(text) < 500_000:
                    yield from numbers_in_output(text)


def numbers_in_output(text):
    text = re.sub(r"<[^>]*>", " ", text)  # coordinates in an SVG are no results
    return [float(m[0].replace("−", "-")) for m in ANY_NUMBER.finditer(text)]


NOTED = (
    ast.Constant, ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Subscript, ast.Name,
)  # fmt: skip


class _Record(ast.NodeTransformer):
    """Wrap every expression that is read, so that its value is noted as the code runs."""

    def generic_visit(self, node):
        super().generic_visit(node)
        read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if not (isinstance(node, NOTED) and read):
            return node
        if isinstance(node, ast.Constant) and not isinstance(node.value, int | float):
            return node
        noted = ast.Call(ast.Name("_note", ast.Load()), [node], [])
        return ast.copy_location(noted, node)

    def visit_JoinedStr(self, node):
        """Leave format specs alone; visit what stands in the braces."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                part.value = self.visit(part.value)
        return node

    def visit_match_case(self, node):
        node.body = [self.visit(line) for line in node.body]
        return node


def computed(notebook):
    """Run the code cells and collect the value of every expression (checks are left out)."""
    found = set()
    space = {"__name__": "__main__", "display": lambda *things, **options: None}
    space["_note"] = lambda value: _note(value, found)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and not re.match(r"(check|progress)\(", source):
            tree = ast.fix_missing_locations(_Record().visit(ast.parse(source)))
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(tree, f"<{cell['id']}>", "exec"), space)
    return found


def _note(value, found):
    kind = type(value)
    if kind is float or kind is int:  # nearly all, by the million
        found.add(value)
        return value
    if isinstance(value, bool | np.bool_):
        return value
    if isinstance(value, int | float | np.number) and np.isreal(value):
        found.add(float(np.real(value)))
    elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.size <= 1000:
        found.update(value.ravel().tolist())
    return value


def flat(tree):
    """All numbers in nested dicts, lists and arrays."""
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list | tuple):
        return [number for part in tree for number in flat(part)]
    if isinstance(tree, np.ndarray):
        return tree.ravel().tolist()
    return [float(tree)] if isinstance(tree, int | float) else []
