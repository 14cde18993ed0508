"""Chapter 06: every slip of its functions, in two ways of writing, as the body of the function."""

DIFFERENCES = {
    "one-sided": (
        "return (f(w + epsilon) - f(w)) / epsilon",
        "start = f(w)\nup = f(w + epsilon)\nreturn (up - start) / epsilon",
    ),
    "one-sided-left": (
        "return (f(w) - f(w - epsilon)) / epsilon",
        "h = -epsilon\nreturn (f(w + h) - f(w)) / h",
    ),
    "one-side-over-two-nudges": (
        "return (f(w + epsilon) - f(w)) / (2 * epsilon)",
        "change = f(w + epsilon) - f(w)\nreturn 0.5 * change / epsilon",
    ),
    "half-the-nudge": (
        "h = epsilon / 2\nreturn (f(w + h) - f(w - h)) / epsilon",
        "up, down = f(w + 0.5 * epsilon), f(w - 0.5 * epsilon)\nreturn (up - down) / epsilon",
    ),
    "nudge-in-percent": (
        "return (f(w * (1 + epsilon)) - f(w * (1 - epsilon))) / (2 * epsilon)",
        "step = epsilon * w\nreturn (f(w + step) - f(w - step)) / (2 * epsilon)",
    ),
    "epsilon-of-your-own": (
        "h = 1e-5\nreturn (f(w + h) - f(w - h)) / (2 * h)",
        "epsilon = 0.000001\nup = f(w + epsilon)\nreturn (up - f(w - epsilon)) / (2 * epsilon)",
    ),
    "divided-by-one-nudge": (
        "return (f(w + epsilon) - f(w - epsilon)) / epsilon",
        "up = f(w + epsilon)\ndown = f(w - epsilon)\nreturn 1 / epsilon * (up - down)",
    ),
    "differences-swapped": (
        "return (f(w - epsilon) - f(w + epsilon)) / (2 * epsilon)",
        "low, high = f(w - epsilon), f(w + epsilon)\nreturn (low - high) / 2 / epsilon",
    ),
    "not-divided-by-nudge": (
        "return f(w + epsilon) - f(w - epsilon)",
        "change = f(w + epsilon)\nchange -= f(w - epsilon)\nreturn change",
    ),
    "multiplied-by-nudge": (
        "return (f(w + epsilon) - f(w - epsilon)) * (2 * epsilon)",
        "h = 2 * epsilon\nreturn h * (f(w + epsilon) - f(w - epsilon))",
    ),
    "halved-then-multiplied": (
        "return (f(w + epsilon) - f(w - epsilon)) / 2 * epsilon",
        "mean = (f(w + epsilon) - f(w - epsilon)) / 2\nreturn mean * epsilon",
    ),
    "divided-by-two-only": (
        "return (f(w + epsilon) - f(w - epsilon)) / 2",
        "return 0.5 * f(w + epsilon) - 0.5 * f(w - epsilon)",
    ),
    "divided-by-w": (
        "return (f(w + epsilon) - f(w - epsilon)) / w",
        "change = f(w + epsilon) - f(w - epsilon)\nreturn change * w**-1",
    ),
    "brackets-left-out": (
        "return f(w + epsilon) - f(w - epsilon) / (2 * epsilon)",
        "down = f(w - epsilon) / (2 * epsilon)\nreturn f(w + epsilon) - down",
    ),
    "values-added": (
        "return (f(w + epsilon) + f(w - epsilon)) / (2 * epsilon)",
        "both = sum([f(w + epsilon), f(w - epsilon)])\nreturn both / (2 * epsilon)",
    ),
    "nothing-subtracted": (
        "return f(w + epsilon) / (2 * epsilon)",
        "up = f(w + epsilon)\nreturn up / 2 / epsilon",
    ),
    "value-for-slope": ("return f(w)", "value = f(w)\nreturn [value]"),
    "nudge-outside-f": (
        "return ((f(w) + epsilon) - (f(w) - epsilon)) / (2 * epsilon)",
        "up, down = f(w) + epsilon, f(w) - epsilon\nreturn (up - down) / (2 * epsilon)",
    ),
    "f-of-the-nudge": (
        "return (f(epsilon) - f(-epsilon)) / (2 * epsilon)",
        "up, down = f(+epsilon), f(-epsilon)\nchange = up - down\nreturn change / 2 / epsilon",
    ),
    "slope-absolute": (
        "return abs(f(w + epsilon) - f(w - epsilon)) / (2 * epsilon)",
        "return abs((f(w - epsilon) - f(w + epsilon)) / (2 * epsilon))",
    ),
    "second-difference": (
        "return (f(w + epsilon) - 2 * f(w) + f(w - epsilon)) / epsilon**2",
        "up, mid, down = f(w + epsilon), f(w), f(w - epsilon)\n"
        "return ((up - mid) - (mid - down)) / epsilon / epsilon",
    ),
}

SAFE = "np.where(d == 0, 0.0, d / np.where(size == 0, 1.0, size))"
LOOP = """out = np.zeros(np.shape(a))
for i in np.ndindex(out.shape):
    p, q = a[i], b[i]
    if p == 0 and q == 0:
        continue
    out[i] = {}
return out"""


def _arrays(size, d="np.abs(a - b)"):
    return f"d, size = {d}, {size}\nreturn {SAFE}"


ERRORS = {
    "no-absolute-value": (
        _arrays("np.maximum(np.abs(a), np.abs(b))", "a - b"),
        LOOP.format("(p - q) / max(abs(p), abs(q))"),
    ),
    "absolute-error": ("return np.abs(a - b)", LOOP.format("abs(p - q)")),
    "signed-scale": (_arrays("a + b"), LOOP.format("abs(p - q) / (p + q)")),
    "sizes-added": (
        _arrays("np.abs(a) + np.abs(b)"),
        LOOP.format("abs(p - q) / (abs(p) + abs(q))"),
    ),
    "size-of-the-mean": (
        _arrays("(np.abs(a) + np.abs(b)) / 2"),
        LOOP.format("2 * abs(p - q) / (abs(p) + abs(q))"),
    ),
    "size-of-a-only": (
        "with np.errstate(all='ignore'):\n"
        "    return np.where(a == b, 0.0, np.abs(a - b) / np.abs(a))",
        "with np.errstate(all='ignore'):\n    e = abs((a - b) / a)\ne[a == b] = 0\nreturn e",
    ),
    "size-of-b-only": (
        "with np.errstate(all='ignore'):\n"
        "    return np.where(a == b, 0.0, np.abs(a - b) / np.abs(b))",
        "with np.errstate(all='ignore'):\n    e = abs((b - a) / b)\ne[a == b] = 0\nreturn e",
    ),
    "smaller-size": (
        "with np.errstate(all='ignore'):\n"
        "    e = np.abs(a - b) / np.minimum(np.abs(a), np.abs(b))\nreturn np.where(a == b, 0, e)",
        "small = np.min([abs(a), abs(b)], axis=0)\nwith np.errstate(all='ignore'):\n"
        "    return np.nan_to_num(abs(b - a) / small, posinf=np.inf)",
    ),
    "larger-not-larger-size": (
        _arrays("np.maximum(a, b)"),
        "with np.errstate(all='ignore'):\n    e = abs(a - b) / np.where(a > b, a, b)\n"
        "e[a == b] = 0\nreturn e",
    ),
    "size-of-the-larger": (
        _arrays("np.abs(np.maximum(a, b))"),
        "with np.errstate(all='ignore'):\n    e = abs(a - b) / abs(np.where(a > b, a, b))\n"
        "e[a == b] = 0\nreturn e",
    ),
    "divided-by-a": (
        "with np.errstate(all='ignore'):\n    return np.where(a == b, 0.0, (a - b) / a)",
        "with np.errstate(all='ignore'):\n    e = 1 - b / a\ne[a == b] = 0\nreturn e",
    ),
    "divided-by-b": (
        "with np.errstate(all='ignore'):\n    return np.where(a == b, 0.0, (a - b) / b)",
        "with np.errstate(all='ignore'):\n    e = a / b - 1\ne[a == b] = 0\nreturn e",
    ),
    "sizes-multiplied": (
        "with np.errstate(all='ignore'):\n    e = abs(a - b) / abs(a * b)\ne[a == b] = 0\nreturn e",
        "size = np.abs(a) * np.abs(b)\nwith np.errstate(all='ignore'):\n"
        "    return np.where(a == b, 0.0, np.abs(a - b) / size)",
    ),
    "largest-size-of-all": (
        "return np.abs(a - b) / max(np.abs(a).max(), np.abs(b).max())",
        "size = np.max(np.abs(np.stack([a, b])))\nreturn abs(a - b) / size",
    ),
    "one-added-to-size": (
        "return np.abs(a - b) / (1 + np.maximum(np.abs(a), np.abs(b)))",
        LOOP.format("abs(p - q) / (max(abs(p), abs(q)) + 1)"),
    ),
    "sizes-compared": (
        _arrays("np.maximum(np.abs(a), np.abs(b))", "np.abs(np.abs(a) - np.abs(b))"),
        "a, b = np.abs(a), np.abs(b)\n" + LOOP.format("abs(p - q) / max(p, q)"),
    ),
    "added-instead-of-subtracted": (
        _arrays("np.maximum(np.abs(a), np.abs(b))", "np.abs(a + b)"),
        LOOP.format("abs(p + q) / max(abs(p), abs(q))"),
    ),
    "error-squared": (
        _arrays("np.maximum(np.abs(a), np.abs(b))", "(a - b) ** 2"),
        LOOP.format("(p - q) ** 2 / max(abs(p), abs(q))"),
    ),
    "error-turned-over": (
        "with np.errstate(all='ignore'):\n"
        "    return np.nan_to_num(np.maximum(np.abs(a), np.abs(b)) / np.abs(a - b))",
        LOOP.format("max(abs(p), abs(q)) / abs(p - q)"),
    ),
    "zero-beside-a-number": (
        "e = np.zeros(a.shape)\nok = (a != 0) & (b != 0)\n"
        "e[ok] = np.abs(a - b)[ok] / np.maximum(np.abs(a), np.abs(b))[ok]\nreturn e",
        LOOP.format("abs(p - q) / max(abs(p), abs(q)) if p * q else 0"),
    ),
    "one-for-two-zeros": (
        "size = np.maximum(np.abs(a), np.abs(b))\n"
        "return np.where(size == 0, 1.0, np.abs(a - b) / np.where(size == 0, 1, size))",
        LOOP.replace("continue", "out[i] = 1\n        continue").format(
            "abs(p - q) / max(abs(p), abs(q))"
        ),
    ),
    "in-percent": (
        _arrays("np.maximum(np.abs(a), np.abs(b))", "100 * np.abs(a - b)"),
        LOOP.format("100 * abs(p - q) / max(abs(p), abs(q))"),
    ),
    "largest-error-only": (
        _arrays("np.maximum(np.abs(a), np.abs(b))") + ".max()",
        "worst = 0\nfor p, q in zip(a.flat, b.flat):\n    if p or q:\n"
        "        worst = max(worst, abs(p - q) / max(abs(p), abs(q)))\nreturn worst",
    ),
    "errors-averaged": (
        _arrays("np.maximum(np.abs(a), np.abs(b))") + ".mean()",
        LOOP.format("abs(p - q) / max(abs(p), abs(q))").replace(
            "return out", "return np.sum(out) / out.size"
        ),
    ),
}

COPIES = """g = np.zeros(W.shape)
for i in np.ndindex(W.shape):
    up, down = W.copy(), W.copy()
    up[{where}] += {up}
    down[{where}] -= {down}
    g[i] = {slope}
return g"""
PLACES = """g = np.zeros(W.shape)
for i in np.ndindex(W.shape):
    before = W[i]
    W[i] = before + {up}
    high = E(W)
    W[i] = before - {down}
    low = E(W)
    W[i] = before
    g[i] = {slope}
return g"""
PARTS = {
    "where": "i", "up": "epsilon", "down": "epsilon",
    "slope": "(E(up) - E(down)) / (2 * epsilon)",
}  # fmt: skip
IN_PLACE = PARTS | {"slope": "(high - low) / (2 * epsilon)"}


def _both(copies, in_place):
    return COPIES.format(**PARTS | copies), PLACES.format(**IN_PLACE | in_place)


def _slope(copies, in_place):
    return _both({"slope": copies}, {"slope": in_place})


def _returning(found):
    return tuple(
        each.format(**parts).replace("return g", f"return {found}")
        for each, parts in ((COPIES, PARTS), (PLACES, IN_PLACE))
    )


def _lines(*more):
    return "\n".join(("g = np.zeros(W.shape)", "for i in np.ndindex(W.shape):", *more, "return g"))


GRADIENTS = {
    "one-sided": (
        COPIES.format(**PARTS | {"down": "0", "slope": "(E(up) - E(down)) / epsilon"}),
        _lines(
            "    W[i] += epsilon", "    up = E(W)", "    W[i] -= epsilon",
            "    g[i] = (up - E(W)) / epsilon",
        ),
    ),
    "one-sided-left": _both(
        {"up": "0", "slope": "(E(up) - E(down)) / epsilon"},
        {"up": "0", "slope": "(high - low) / epsilon"},
    ),
    "one-side-over-two-nudges": (
        COPIES.format(**PARTS | {"down": "0"}),
        _lines(
            "    W[i] += epsilon", "    up = E(W)", "    W[i] -= epsilon",
            "    g[i] = (up - E(W)) / (2 * epsilon)",
        ),
    ),
    "half-the-nudge": _both(
        {"up": "epsilon / 2", "down": "epsilon / 2", "slope": "(E(up) - E(down)) / epsilon"},
        {"up": "0.5 * epsilon", "down": "0.5 * epsilon", "slope": "(high - low) / epsilon"},
    ),
    "not-put-back-after-down": (
        _lines(
            "    W[i] += epsilon", "    up = E(W)", "    W[i] -= 2 * epsilon",
            "    g[i] = (up - E(W)) / (2 * epsilon)",
        ),
        PLACES.replace("    W[i] = before\n", "").format(**IN_PLACE),
    ),
    "not-put-back-after-up": (
        _lines(
            "    W[i] -= epsilon", "    down = E(W)", "    W[i] += 2 * epsilon",
            "    g[i] = (E(W) - down) / (2 * epsilon)",
        ),
        _lines(
            "    w = W[i]", "    W[i] = w - epsilon", "    down = E(W)", "    W[i] = w + epsilon",
            "    up = E(W)", "    g[i] = (up - down) / 2 / epsilon",
        ),
    ),
    "divided-by-one-nudge": _slope("(E(up) - E(down)) / epsilon", "(high - low) / epsilon"),
    "differences-swapped": _slope(
        "(E(down) - E(up)) / (2 * epsilon)", "(low - high) / (2 * epsilon)"
    ),
    "not-divided-by-nudge": _slope("E(up) - E(down)", "high - low"),
    "halved-then-multiplied": _slope(
        "(E(up) - E(down)) / 2 * epsilon", "(high - low) / 2 * epsilon"
    ),
    "brackets-left-out": _slope(
        "E(up) - E(down) / (2 * epsilon)", "high - low / (2 * epsilon)"
    ),
    "values-added": _slope("(E(up) + E(down)) / (2 * epsilon)", "(high + low) / 2 / epsilon"),
    "second-difference": _slope(
        "(E(up) - 2 * E(W) + E(down)) / epsilon ** 2", "(high + low - 2 * E(W)) / epsilon ** 2"
    ),
    "nudge-in-percent": _both(
        {"up": "epsilon * W[i]", "down": "epsilon * W[i]"},
        {"up": "epsilon * before", "down": "epsilon * before"},
    ),
    "nudges-pile-up": (
        "g, step = np.zeros(W.shape), np.zeros(W.shape)\nfor i in np.ndindex(W.shape):\n"
        "    step[i] = epsilon\n    g[i] = (E(W + step) - E(W - step)) / (2 * epsilon)\nreturn g",
        "up, down, g = W.copy(), W.copy(), np.zeros(W.shape)\nfor i in np.ndindex(W.shape):\n"
        "    up[i] += epsilon\n    down[i] -= epsilon\n"
        "    g[i] = (E(up) - E(down)) / (2 * epsilon)\nreturn g",
    ),
    "all-entries-nudged": (
        COPIES.format(**PARTS | {"where": "..."}),
        "slope = (E(W + epsilon) - E(W - epsilon)) / (2 * epsilon)\nreturn np.full(W.shape, slope)",
    ),
    "whole-row-nudged": (
        COPIES.format(**PARTS | {"where": "i[0]"}),
        "g = np.zeros_like(W)\nfor i in range(len(W)):\n    row = W[i].copy()\n"
        "    W[i] = row + epsilon\n    up = E(W)\n    W[i] = row - epsilon\n    down = E(W)\n"
        "    W[i] = row\n    g[i] = (up - down) / (2 * epsilon)\nreturn g",
    ),
    "row-not-copied": (
        "g = np.zeros(W.shape)\nfor i in range(len(W)):\n    before = W[i]\n"
        "    W[i] = before + epsilon\n    up = E(W)\n    W[i] = before - epsilon\n"
        "    down = E(W)\n    W[i] = before\n    g[i] = (up - down) / (2 * epsilon)\nreturn g",
        "g = np.zeros_like(W)\nfor k, row in enumerate(W):\n    W[k] = row + epsilon\n"
        "    high = E(W)\n    W[k] = row - epsilon\n    g[k] = (high - E(W)) / 2 / epsilon\n"
        "    W[k] = row\nreturn g",
    ),
    "slopes-written-into-W": (
        COPIES.format(**PARTS).replace("g = np.zeros(W.shape)", "g = W"),
        "for i in np.ndindex(W.shape):\n    step = np.zeros(W.shape)\n    step[i] = epsilon\n"
        "    W[i] = (E(W + step) - E(W - step)) / (2 * epsilon)\nreturn W",
    ),
    "whole-column-nudged": (
        COPIES.format(**PARTS | {"where": "..., i[-1]"}),
        _lines(
            "    mask = np.zeros(W.shape)", "    mask[..., i[-1]] = epsilon",
            "    g[i] = (E(W + mask) - E(W - mask)) / (2 * epsilon)",
        ),
    ),
    "first-row-left-out": (
        COPIES.format(**PARTS).replace("    up, down", "    if i[0] == 0: continue\n    up, down"),
        PLACES.format(**IN_PLACE).replace("return g", "g[0] = 0\nreturn g"),
    ),
    "first-entry-only": (
        COPIES.format(**PARTS).replace("    g[i] =", "    if not any(i): g[i] ="),
        PLACES.format(**IN_PLACE).replace("return g", "    break\nreturn g"),
    ),
    "gradient-transposed": _returning("g.T"),
    "slopes-added-up": _returning("g.sum()"),
    "slopes-flattened": _returning("g.ravel()"),
}
