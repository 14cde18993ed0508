"""Passes for a batch as learners write them, wrong in one named way each, made of parts."""

from . import layers, way_back

# 7.2: one layer is written in the ways of chapter 01, the other one is right ---------------------

_ONE_LAYER = (
    "activation-skipped", "activation-twice", "bias-forgotten", "bias-twice", "bias-subtracted",
    "bias-after-activation", "weights-transposed", "inputs-reversed", "exponent-sign",
    "tanh-for-sigmoid", "softmax-for-sigmoid", "slope-for-value",
)  # fmt: skip
_FORWARD = "def forward(x, W, U):\n    h = {h}\n    y = {y}\n    return {back}\n"
_PARTS = {"h": "sigmoid(with_one(x) @ W)", "y": "sigmoid(with_one(h) @ U)", "back": "h, y"}
_LOOPS = """\
def forward(x, W, U):
    H, Y = [], []
    for row in {rows}:
        h = [{s}(W[0, j] + sum(row[i] * W[i + 1, j] for i in range(len(row)))) for j in {units}]
        into = {into}
        y = [{out}(U[0, k] + sum(into[j] * U[j + 1, k] for j in range(len(into)))) for k in {ends}]
        H.append({keep_h})
        Y.append({keep_y})
    return H, np.array(Y)
"""
_LOOP_PARTS = {
    "rows": "x", "s": "sigmoid", "out": "sigmoid", "into": "h", "keep_h": "h", "keep_y": "y",
    "units": "range(W.shape[1])", "ends": "range(U.shape[1])",
}  # fmt: skip
_NET_INPUTS = """\
def forward(x, W, U):
    z = x @ W[1:] + W[0]
    return z, with_one(1 / (1 + np.exp(-z))) @ U
"""
_NET_INPUTS_LOOP = """\
def forward(x, W, U):
    z_h, z_y = np.zeros((len(x), W.shape[1])), np.zeros((len(x), U.shape[1]))
    for m in range(len(x)):
        z_h[m] = W[0] + x[m] @ W[1:]
        z_y[m] = U[0] + sigmoid(z_h[m]) @ U[1:]
    return z_h, z_y
"""


def forward_sources():
    found = {
        "net-inputs-for-values": (_NET_INPUTS, _NET_INPUTS_LOOP),
        "hidden-not-squashed-onward": (
            _FORWARD.format(**_PARTS | {"y": "sigmoid(with_one(with_one(x) @ W) @ U)"}),
            _LOOPS.format(**_LOOP_PARTS | {"s": "", "keep_h": "sigmoid(np.array(h))"}),
        ),
        "outputs-from-inputs": (
            _FORWARD.format(**_PARTS | {"y": "sigmoid(with_one(x if x.shape == h.shape else h) "
                                             "@ U)"}),
            _LOOPS.format(**_LOOP_PARTS | {"into": "row if len(row) == len(h) else h"}),
        ),
        "one-returned-with-h": (
            _FORWARD.format(**_PARTS | {"back": "with_one(h), y"}),
            _LOOPS.format(**_LOOP_PARTS | {"keep_h": "[1, *h]"}),
        ),
        "inputs-squashed": (
            _FORWARD.format(**_PARTS | {"h": "sigmoid(with_one(sigmoid(x)) @ W)"}),
            _LOOPS.format(**_LOOP_PARTS | {"rows": "sigmoid(x)"}),
        ),
    }  # fmt: skip
    for slip in _ONE_LAYER:
        styles = [
            layers.matrix_source("layer", layers.MATRIX[slip]),
            layers.loop_source("layer", layers.LOOPS[slip]),
        ]
        calls = {"hidden": {"h": "np.array(layer(x, W))"}, "output": {"y": "np.array(layer(h, U))"}}
        for place, call in calls.items():
            rest = _FORWARD.format(**_PARTS | call)
            found[f"{slip}-{place}"] = tuple(f"{each}\n{rest}" for each in styles)
    return found


# 7.3: counted examples ---------------------------------------------------------------------------

COUNTED = """\
def dE_dU_counted(h, delta_y, counts):
    c = {c}
    d = {d}
    g = {g}
    {after}
    return {back}
"""
COUNTED_PARTS = {
    "c": "counts[:, None]", "d": "delta_y * c", "g": "with_one(h).T @ d", "after": "pass",
    "back": "g / counts.sum()",
}  # fmt: skip
COUNTED_LOOPS = """\
def dE_dU_counted(h, delta_y, counts):
    n, n_h, n_out = len(h), h.shape[1], delta_y.shape[1]
    g = np.zeros((n_h + 1, n_out))
    for m in range(n):
        for k in range(n_out):
            d = {d}
            g[0, k] += {bias}
            for j in range(n_h):
                g[j + 1, k] += {each}
    {after}
    return {back}
"""
COUNTED_LOOPS_PARTS = {
    "d": "delta_y[m, k] * counts[m]", "bias": "d", "each": "h[m, j] * d", "after": "pass",
    "back": "g / sum(counts)",
}  # fmt: skip
_COUNTED = {
    "counts-ignored": ({"d": "delta_y"}, {"d": "delta_y[m, k]"}),
    "counts-used-twice": ({"g": "(with_one(h) * c).T @ d"}, {"d": "delta_y[m, k] * counts[m]**2"}),
    "counts-divide": ({"d": "delta_y / c"}, {"d": "delta_y[m, k] / counts[m]"}),
    "counts-for-outputs": ({"c": "counts"}, {"d": "(delta_y[m] * counts)[k]"}),
    "bias-not-counted": (
        {"g": "with_one(h * c).T @ delta_y"},
        {"bias": "delta_y[m, k]"},
    ),
    "only-biases-counted": (
        {"g": "np.vstack([counts @ delta_y, h.T @ delta_y])"},
        {"each": "h[m, j] * delta_y[m, k]"},
    ),
    "divided-by-rows": ({"back": "g / len(h)"}, {"back": "g / n"}),
    "gradient-summed": ({"back": "g"}, {"back": "g"}),
    "gradient-averaged-twice": (
        {"c": "counts[:, None] / counts.sum()"},
        {"d": "delta_y[m, k] * counts[m] / sum(counts)"},
    ),
    "gradient-divided-by-outputs": (
        {"back": "g / counts.sum() / g.shape[1]"},
        {"back": "g / (sum(counts) * n_out)"},
    ),
    "gradient-transposed": (
        {"g": "d.T @ with_one(h)"},
        {"back": "np.transpose(g) / sum(counts)"},
    ),
    "bias-row-left-out": ({"g": "h.T @ d"}, {"back": "g[1:] / sum(counts)"}),
    "one-at-the-end": (
        {"g": "np.hstack([h, np.ones_like(h[:, :1])]).T @ d"},
        {"back": "np.roll(g, -1, axis=0) / sum(counts)"},
    ),
    "bias-gradient-missing": ({"after": "g[0] = 0"}, {"bias": "0"}),
    "bias-gradient-summed": (
        {"back": "np.vstack([g[:1], g[1:] / counts.sum()])"},
        {"after": "g[1:] /= sum(counts)", "back": "g"},
    ),
    "bias-gradient-times-input": (
        {"after": "g[0] = h[:, 0] @ d"},
        {"bias": "h[m, 0] * d"},
    ),
    "bias-gradient-of-all-units": (
        {"after": "g[0] = d.sum()"},
        {"after": "g[0] = sum(g[0])"},
    ),
    "values-left-out": ({"g": "np.ones_like(with_one(h)).T @ d"}, {"each": "d"}),
    "slope-of-h-for-h": (
        {"g": "with_one(h * (1 - h)).T @ d"},
        {"each": "(h[m, j] - h[m, j] ** 2) * d"},
    ),
}


def counted_sources():
    return {
        slip: (
            COUNTED.format(**COUNTED_PARTS | a),
            COUNTED_LOOPS.format(**COUNTED_LOOPS_PARTS | b),
        )
        for slip, (a, b) in _COUNTED.items()
    }


# 7.4: dE/dW --------------------------------------------------------------------------------------

FIRST = """\
def dE_dW(x, h, delta_y, U):
    n = len(x)
    e = {e}
    delta_h = {result}
    {cut}
    g = {table}
    {after}
    return {back}
"""
FIRST_PARTS = {
    **way_back.MATRIX_PARTS, "cut": "pass", "table": "with_one(x).T @ delta_h", "after": "pass",
    "back": "g / n",
}  # fmt: skip
FIRST_LOOPS = """\
def dE_dW(x, h, delta_y, U):
    D, H = delta_y, h
    q = np.zeros(H.shape)
    for n in range(len(H)):
        for j in range(H.shape[1]):
            e = {start}
            for k in range({outputs}):
                {add}
            v = H[n, j]
            q[n, j] = {result}
    n = len(x)
    {cut}
    g = np.zeros((x.shape[1] + 1, q.shape[1]))
    for m in range(len(x)):
        for j in range(q.shape[1]):
            g[0, j] += {bias}
            for i in range(x.shape[1]):
                g[i + 1, j] += {each}
    {after}
    return {back}
"""
FIRST_LOOPS_PARTS = {
    **way_back.LOOPS_PARTS, "cut": "pass", "bias": "q[m, j]", "each": "x[m, i] * q[m, j]",
    "after": "pass", "back": "g / n",
}  # fmt: skip
_FIRST = {
    "gradient-summed": ({"back": "g"}, {"back": "g"}),
    "gradient-averaged-twice": ({"result": "e * h * (1 - h) / n"}, {"back": "g / n ** 2"}),
    "gradient-transposed": ({"table": "delta_h.T @ with_one(x)"}, {"back": "g.T / n"}),
    "all-pairs-of-examples": (
        {"table": "np.outer(with_one(x), delta_h)"},
        {"back": "np.array([[a * b for b in q.ravel()] for a in with_one(x).ravel()]) / n"},
    ),
    "first-example-only": (
        {"table": "np.outer(with_one(x[0]), delta_h[0])", "back": "g"},
        {"bias": "q[0, j]", "each": "x[0, i] * q[0, j]"},
    ),
    "last-example-only": (
        {"table": "np.outer(with_one(x[-1]), delta_h[-1])", "back": "g"},
        {"bias": "q[-1, j]", "each": "x[-1, i] * q[-1, j]"},
    ),
    "inputs-averaged-first": (
        {"table": "np.outer(with_one(x.mean(axis=0)), delta_h.mean(axis=0))", "back": "g"},
        {"each": "x[:, i].mean() * q[m, j]"},
    ),
    "W-bias-row-left-out": ({"table": "x.T @ delta_h"}, {"back": "g[1:] / n"}),
    "one-at-the-end": (
        {"table": "np.vstack([x.T @ delta_h, delta_h.sum(axis=0)])"},
        {"back": "np.roll(g, -1, axis=0) / n"},
    ),
    "bias-gradient-missing": ({"after": "g[0] = 0"}, {"bias": "0"}),
    "bias-gradient-is-one": ({"after": "g[0] = n"}, {"bias": "1"}),
    "bias-gradient-times-x": (
        {"after": "g[0] = x[:, 0] @ delta_h"},
        {"bias": "x[m, 0] * q[m, j]"},
    ),
    "bias-gradient-of-one-example": (
        {"back": "np.vstack([delta_h[:1], g[1:] / n])"},
        {"bias": "q[0, j]"},
    ),
    "bias-gradient-of-all-units": (
        {"after": "g[0] = delta_h.sum()"},
        {"bias": "sum(q[m])"},
    ),
    "bias-gradient-summed": (
        {"back": "np.vstack([g[0], g[1:] / n])"},
        {"bias": "n * q[m, j]"},
    ),
    "hidden-for-input": (
        {"table": "with_one(h).T @ delta_h"},
        {"cut": "x = h"},
    ),
    "inputs-left-out-of-gradient": (
        {"table": "np.ones_like(with_one(x)).T @ delta_h"},
        {"each": "q[m, j]"},
    ),
    "output-delta-for-hidden": (
        {"table": "with_one(x).T @ delta_y"},
        {"cut": "q = delta_y"},
    ),
}
FROM_WAY_BACK = (
    "missing-transpose", "bias-row-sent-back", "weights-left-out", "paths-averaged",
    "one-output-only", "no-sigma-prime-hidden", "sigma-prime-of-h", "h-for-slope",
    "one-minus-h-for-slope", "slope-squared-hidden",
)  # fmt: skip


def first_layer_sources():
    parts = _FIRST | {slip: way_back.DELTA[slip] for slip in FROM_WAY_BACK}
    return {
        slip: (FIRST.format(**FIRST_PARTS | a), FIRST_LOOPS.format(**FIRST_LOOPS_PARTS | b))
        for slip, (a, b) in parts.items()
    }


# 7.6: the biases apart ---------------------------------------------------------------------------

APART = """\
def step_fixed(w, b, x, delta, eta):
    n = len(x)
    w = w - {eta}{w_sign}x.T @ delta{per_n}
    b = b - {eta_b}{g_b}
    return w, b
"""
APART_PARTS = {
    "eta": "eta * ", "w_sign": "", "per_n": " / n", "eta_b": "eta * ",
    "g_b": "delta.sum(axis=0) / n",
}  # fmt: skip
APART_LOOPS = """\
def step_fixed(w, b, x, delta, eta):
    n, n_h = delta.shape
    w, b = w.copy(), b.copy()
    {before}
    for j in range(n_h):
        g = {g}
        for i in range(len(w)):
            w[i, j] -= {rate} * sum(x[m, i] * delta[m, j] for m in range(n)) / {n_w}
        b[j] -= {rate_b} * g
    return w, b
"""
APART_LOOPS_PARTS = {
    "before": "pass", "g": "sum(delta[m, j] for m in range(n)) / n", "rate": "eta", "n_w": "n",
    "rate_b": "eta",
}  # fmt: skip
_NOT_SUMMED = """\
def step_fixed(w, b, x, delta, eta):
    n = len(x)
    for k in range(len(w)):
        w = w - eta * np.outer(np.eye(len(w))[k], x[:, k] @ delta) / n
    return w, np.array([b - eta * row / n for row in delta])
"""
_OVER_UNITS = """\
def step_fixed(w, b, x, delta, eta):
    w = w - eta * np.mean([np.outer(a, d) for a, d in zip(x, delta)], axis=0)
    sums = np.array([sum(d) for d in delta])
    return w, b - eta * sums / len(x)
"""
_APART = {
    "bias-gradient-of-all-units": (
        {"g_b": "delta.sum() / n"},
        {"g": "sum(sum(row) for row in delta) / n"},
    ),
    "bias-averaged-over-everything": ({"g_b": "delta.mean()"}, {"g": "np.mean(delta)"}),
    "bias-gradient-summed": (
        {"g_b": "delta.sum(axis=0)"},
        {"g": "sum(delta[m, j] for m in range(n))"},
    ),
    "bias-averaged-twice": (
        {"g_b": "delta.mean(axis=0) / n"},
        {"g": "sum(delta[:, j] / n) / n"},
    ),
    "bias-gradient-of-one-example": ({"g_b": "delta[0]"}, {"g": "delta[0, j]"}),
    "bias-of-last-example": ({"g_b": "delta[-1]"}, {"g": "[row[j] for row in delta][-1]"}),
    "bias-share-of-one-example": ({"g_b": "delta[0] / n"}, {"g": "delta[0, j] / n"}),
    "bias-gradient-times-x": (
        {"g_b": "(x[:, :1] * delta).mean(axis=0)"},
        {"g": "sum(x[m, 0] * delta[m, j] for m in range(n)) / n"},
    ),
    "bias-multiplied-by-itself": (
        {"g_b": "b * delta.mean(axis=0)"},
        {"g": "b[j] * sum(delta[:, j]) / n"},
    ),
    "largest-delta-for-the-bias": ({"g_b": "delta.max(axis=0)"}, {"g": "max(delta[:, j])"}),
    "bias-gradient-turned": ({"eta_b": "-eta * "}, {"rate_b": "-eta"}),
    "eta-forgotten-at-the-bias": ({"eta_b": ""}, {"rate_b": "1"}),
    "biases-kept": ({"eta_b": "0 * "}, {"rate_b": "0"}),
    "weights-kept": ({"w_sign": "0 * "}, {"rate": "0"}),
    "weights-summed-only": ({"per_n": ""}, {"n_w": "1"}),
    "gradient-summed": (
        {"per_n": "", "g_b": "delta.sum(axis=0)"},
        {"n_w": "1", "g": "sum(delta[:, j])"},
    ),
    "gradient-added": (
        {"eta": "-eta * ", "eta_b": "-eta * "},
        {"before": "eta = -eta"},
    ),
    "eta-forgotten": ({"eta": "", "eta_b": ""}, {"rate": "1", "rate_b": "1"}),
}


def apart_sources():
    found = {
        "bias-not-summed": (APART.format(**APART_PARTS | {"g_b": "delta / n"}), _NOT_SUMMED),
        "bias-summed-over-units": (
            APART.format(**APART_PARTS | {"g_b": "delta.sum(axis=1) / n"}),
            _OVER_UNITS,
        ),
    }
    return found | {
        slip: (APART.format(**APART_PARTS | a), APART_LOOPS.format(**APART_LOOPS_PARTS | b))
        for slip, (a, b) in _APART.items()
    }


# 7.7: loop against batch -------------------------------------------------------------------------

AGAINST = """\
def loop_against_batch(gradient, x, t):
    single = [gradient(x[m], t[m]) for m in range(len(x))]
    loop = {loop}
    batch = {batch}
    difference = {difference}
    return {back}
"""
AGAINST_PARTS = {
    "loop": "np.mean(single, axis=0)", "batch": "gradient(x, t)", "difference": "loop - batch",
    "back": "np.abs(difference).max()",
}  # fmt: skip
ENTRIES = """\
def loop_against_batch(gradient, x, t):
    batch, total, n = gradient(x, t), 0, len(x)
    for a, b in {examples}:
        total = total + gradient(a, b)
    average = {average}
    found = []
    for i in {rows}:
        for j in range(batch.shape[1]):
            found.append({entry})
    return {back}
"""
ENTRIES_PARTS = {
    "examples": "zip(x, t)", "average": "total / n", "rows": "range(batch.shape[0])",
    "entry": "abs(batch[i, j] - average[i, j])", "back": "max(found)",
}  # fmt: skip
_EACH = """\
def loop_against_batch(gradient, x, t):
    batch = gradient(x, t)
    return max(np.abs(gradient(a, b) - batch).max() for a, b in zip(x, t))
"""
_AGAINST = {
    "examples-summed": ({"loop": "sum(single)"}, {"average": "total"}),
    "batch-divided-again": (
        {"batch": "gradient(x, t) / len(x)"},
        {"entry": "abs(batch[i, j] / n - average[i, j])"},
    ),
    "first-example-for-all": ({"loop": "single[0]"}, {"average": "gradient(x[0], t[0])"}),
    "last-example-for-all": ({"loop": "single[-1]"}, {"average": "gradient(a, b)"}),
    "last-example-forgotten": (
        {"loop": "np.mean(single[:-1], axis=0)"},
        {"examples": "zip(x[:-1], t[:-1])", "average": "total / (n - 1)"},
    ),
    "average-of-one-gradient": (
        {"loop": "np.mean(single)"},
        {"average": "np.full(total.shape, total.mean() / n)"},
    ),
    "largest-entries-compared": (
        {"back": "abs(np.abs(loop).max() - np.abs(batch).max())"},
        {"back": "abs(abs(average).max() - abs(batch).max())"},
    ),
    "relative-difference": (
        {"back": "np.abs(difference).max() / np.abs(batch).max()"},
        {"back": "max(found) / abs(batch).max()"},
    ),
    "sign-kept": ({"back": "difference.max()"}, {"entry": "batch[i, j] - average[i, j]"}),
    "difference-squared-here": (
        {"back": "(difference ** 2).max()"},
        {"entry": "(batch[i, j] - average[i, j]) ** 2"},
    ),
    "differences-added-up": ({"back": "np.abs(difference).sum()"}, {"back": "sum(found)"}),
    "mean-difference": ({"back": "np.abs(difference).mean()"}, {"back": "sum(found) / len(found)"}),
    "root-of-squares": (
        {"back": "np.linalg.norm(difference)"},
        {"back": "sum(each ** 2 for each in found) ** 0.5"},
    ),
    "smallest-difference": ({"back": "np.abs(difference).min()"}, {"back": "min(found)"}),
    "bias-row-not-compared": (
        {"back": "np.abs(difference[1:]).max()"},
        {"rows": "range(1, len(batch))"},
    ),
    "differences-returned": (
        {"back": "np.abs(difference)"},
        {"back": "np.array(found).reshape(batch.shape)"},
    ),
}


def against_sources():
    found = {
        slip: (AGAINST.format(**AGAINST_PARTS | a), ENTRIES.format(**ENTRIES_PARTS | b))
        for slip, (a, b) in _AGAINST.items()
    }
    each = AGAINST.format(**AGAINST_PARTS | {"loop": "np.array(single)"})
    return found | {"each-example-compared": (each, _EACH)}


# 7.8: both passes --------------------------------------------------------------------------------

WHOLE = """\
def fast_gradients(x, t, W, U):
    n = len(x)
    z = with_one(x) @ W
    h = {h}
    y = {y}
    d = {d}
    e = {e}
    q = {q}
    dW = {x1}.T @ q
    dU = {h1}.T @ d
    {after}
    return {back}
"""
WHOLE_PARTS = {
    "h": "sigmoid(z)", "y": "sigmoid(with_one(h) @ U)", "d": "(y - t) * y * (1 - y)",
    "e": "d @ U[1:].T", "q": "e * h * (1 - h)", "x1": "with_one(x)", "h1": "with_one(h)",
    "after": "pass", "back": "dW / n, dU / n",
}  # fmt: skip
ROWS = """\
def fast_gradients(x, t, W, U):
    n, g_W, g_U = len(x), np.zeros(W.shape), np.zeros(U.shape)
    for m in range({rows}):
        z = W[0] + x[m] @ W[1:]
        h = {h}
        y = {y}
        d = {d}
        e = {e}
        g_U[1:] += {through_U}[:, None] * d
        g_U[0] += {bias_U}
        q = {q}
        g_W[1:] += x[m][:, None] * q
        g_W[0] += {bias_W}
    {after}
    return {back}
"""
ROWS_PARTS = {
    "rows": "n", "h": "sigmoid(z)", "y": "sigmoid(U[0] + h @ U[1:])",
    "d": "(y - t[m]) * (y - y ** 2)", "e": "U[1:] @ d", "through_U": "h", "bias_U": "d",
    "q": "e * (h - h ** 2)", "bias_W": "q", "after": "pass", "back": "g_W / n, g_U / n",
}  # fmt: skip
_WHOLE = {
    "gradient-summed": ({"back": "dW, dU"}, {"back": "g_W, g_U"}),
    "gradient-averaged-twice": (
        {"d": "(y - t) * y * (1 - y) / n"},
        {"back": "g_W / n**2, g_U / n**2"},
    ),
    "gradient-divided-by-outputs": (
        {"back": "dW / t.size, dU / t.size"},
        {"back": "g_W / n / len(d), g_U / n / len(d)"},
    ),
    "gradient-transposed": ({"back": "dW.T / n, dU.T / n"}, {"back": "g_W.T / n, g_U.T / n"}),
    "W-bias-row-left-out": (
        {"x1": "x", "h1": "h"},
        {"back": "g_W[1:] / n, g_U[1:] / n"},
    ),
    "first-example-only": (
        {"back": "np.outer(with_one(x[0]), q[0]), np.outer(with_one(h[0]), d[0])"},
        {"rows": "1", "back": "g_W, g_U"},
    ),
    "bias-gradient-missing": ({"after": "dW[0] = dU[0] = 0"}, {"bias_U": "0", "bias_W": "0"}),
    "bias-gradient-of-one-example": (
        {"after": "dW[0], dU[0] = q[0], d[0]"},
        {
            "bias_U": "d if m == 0 else 0",
            "bias_W": "q if m == 0 else 0",
        },
    ),
    "bias-gradient-of-all-units": (
        {"after": "dW[0], dU[0] = q.sum(), d.sum()"},
        {"bias_U": "sum(d)", "bias_W": "sum(q)"},
    ),
    "target-minus-output": ({"d": "(t - y) * y * (1 - y)"}, {"d": "(t[m] - y) * (y - y ** 2)"}),
    "no-sigma-prime-output": ({"d": "y - t"}, {"d": "y - t[m]"}),
    "sigma-prime-of-y": (
        {"d": "(y - t) * sigmoid_prime(y)"},
        {"d": "(y - t[m]) * sigmoid(y) * (1 - sigmoid(y))"},
    ),
    "y-for-slope": ({"d": "(y - t) * y"}, {"d": "y * (y - t[m])"}),
    "one-minus-y-for-slope": ({"d": "(y - t) * (1 - y)"}, {"d": "(y - t[m]) * (1 - y)"}),
    "kept-2": ({"d": "2 * (y - t) * y * (1 - y)"}, {"d": "(y - t[m]) * y * (2 - 2 * y)"}),
    "extra-half": ({"d": "0.5 * (y - t) * y * (1 - y)"}, {"d": "(y - t[m]) * y * (1 - y) / 2"}),
    "raw-error-sent-back": ({"e": "(y - t) @ U[1:].T"}, {"e": "U[1:] @ (y - t[m])"}),
    "bias-row-sent-back": ({"e": "d @ U[:-1].T"}, {"e": "U[:-1] @ d"}),
    "missing-transpose": ({"e": "d @ U[1:]"}, {"e": "d.dot(U[1:])"}),
    "one-output-only": ({"e": "d[:, :1] * U[1:, 0]"}, {"e": "d[0] * U[1:, 0]"}),
    "paths-averaged": ({"e": "d @ U[1:].T / d.shape[1]"}, {"e": "U[1:] @ d / len(d)"}),
    "weights-left-out": ({"e": "d.sum(axis=1, keepdims=True)"}, {"e": "sum(d)"}),
    "no-sigma-prime-hidden": ({"q": "e"}, {"q": "e"}),
    "sigma-prime-of-h": ({"q": "e * sigmoid_prime(h)"}, {"q": "e * sigmoid(h) * (1 - sigmoid(h))"}),
    "h-for-slope": ({"q": "e * h"}, {"q": "h * e"}),
    "net-input-for-h": ({"h1": "with_one(z)"}, {"through_U": "z"}),
    "bias-forgotten-output": ({"y": "sigmoid(h @ U[1:])"}, {"y": "sigmoid(h @ U[1:])"}),
    "activation-skipped-hidden": ({"h": "z"}, {"h": "z"}),
}  # fmt: skip


def whole_sources():
    return {
        slip: (WHOLE.format(**WHOLE_PARTS | a), ROWS.format(**ROWS_PARTS | b))
        for slip, (a, b) in _WHOLE.items()
    }
