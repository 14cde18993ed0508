"""Backward passes as learners write them, wrong in one named way each: matrices and loops.

A source is made of parts, and a slip is another text for one or two of them.
"""

# 5.3: hidden_delta -------------------------------------------------------------------------------

MATRIX = """\
def hidden_delta(delta_y, U, h):
    e = {e}
    return {result}
"""
MATRIX_PARTS = {"e": "delta_y @ U[1:].T", "result": "e * h * (1 - h)"}

LOOPS = """\
def hidden_delta(delta_y, U, h):
    D, H = np.atleast_2d(delta_y), np.atleast_2d(h)
    out = np.zeros(H.shape)
    for n in range(len(H)):
        for j in range(H.shape[1]):
            e = {start}
            for k in range({outputs}):
                {add}
            v = H[n, j]
            out[n, j] = {result}
    return out[0] if h.ndim == 1 else out
"""
LOOPS_PARTS = {
    "start": "0",
    "outputs": "D.shape[1]",
    "add": "e += D[n, k] * U[j + 1, k]",
    "result": "e * v * (1 - v)",
}

DELTA = {  # slip: (parts with matrices, parts with loops)
    "no-sigma-prime-hidden": ({"result": "e"}, {"result": "e"}),
    "sigma-prime-of-h": (
        {"result": "e * sigmoid(h) * (1 - sigmoid(h))"},
        {"result": "e * sigmoid_prime(v)"},
    ),
    "h-for-slope": ({"result": "h * e"}, {"result": "e * v"}),
    "one-minus-h-for-slope": ({"result": "e * (1 - h)"}, {"result": "e - e * v"}),
    "slope-of-tanh-hidden": ({"result": "e * (1 - h ** 2)"}, {"result": "e * (1 - v * v)"}),
    "slope-squared-hidden": (
        {"result": "e * (h * (1 - h)) ** 2"},
        {"result": "e * v * (1 - v) * v * (1 - v)"},
    ),
    "slope-added": ({"result": "e + h * (1 - h)"}, {"result": "v * (1 - v) + e"}),
    "brackets-of-one-minus-h": ({"result": "e * h * 1 - h"}, {"result": "e * v - v"}),
    "slope-divides": ({"result": "e / (h * (1 - h))"}, {"result": "e / v / (1 - v)"}),
    "one-output-only": ({"e": "delta_y[..., :1] @ U[1:, :1].T"}, {"outputs": "1"}),
    "last-output-only": (
        {"e": "delta_y[..., -1:] * U[1:, -1]"},
        {"add": "e = D[n, k] * U[j + 1, k]"},
    ),
    "paths-averaged": (
        {"e": "delta_y @ U[1:].T / U.shape[1]"},
        {"add": "e += D[n, k] * U[j + 1, k] / D.shape[1]"},
    ),
    "paths-multiplied": (
        {"e": "(delta_y[..., None, :] * U[1:]).prod(axis=-1)"},
        {"start": "1", "add": "e *= D[n, k] * U[j + 1, k]"},
    ),
    "paths-subtracted": (
        {"e": "2 * delta_y[..., :1] * U[1:, 0] - delta_y @ U[1:].T"},
        {"add": "e += (1 if k == 0 else -1) * D[n, k] * U[j + 1, k]"},
    ),
    "weights-left-out": (
        {"e": "delta_y.sum(axis=-1, keepdims=True)"},
        {"add": "e += D[n, k]"},
    ),
    "weights-squared": (
        {"e": "delta_y @ (U[1:] ** 2).T"},
        {"add": "e += D[n, k] * U[j + 1, k] * U[j + 1, k]"},
    ),
    "weights-absolute": (
        {"e": "delta_y @ abs(U[1:]).T"},
        {"add": "e += D[n, k] * abs(U[j + 1, k])"},
    ),
    "weights-added-to-deltas": (
        {"e": "(delta_y[..., None, :] + U[1:]).sum(axis=-1)"},
        {"add": "e += D[n, k] + U[j + 1, k]"},
    ),
    "errors-shared-out": (
        {"e": "delta_y @ (U[1:] / U[1:].sum(axis=0)).T"},
        {"add": "e += D[n, k] * U[j + 1, k] / sum(U[1:, k])"},
    ),
    "missing-transpose": (
        {"e": "delta_y @ U[1:]"},
        {
            "add": "e += D[n, :] @ U[1:, j] if H.shape[1] == D.shape[1] else D[n] @ U[1:]",
            "outputs": "1",
        },
    ),
    "bias-row-sent-back": ({"e": "delta_y @ U[:-1].T"}, {"add": "e += D[n, k] * U[j, k]"}),
}

_CONSTANT_LOOPS = """\
def hidden_delta(delta_y, U, h):
    ones = np.ones((*h.shape[:-1], 1))
    h = np.concatenate([ones, h], axis=-1)
    e = np.zeros_like(h)
    for k in range(U.shape[1]):
        e += delta_y[..., k, None] * U[:, k]
    return h * (1 - h) * e
"""
_PATHS = """\
def hidden_delta(delta_y, U, h):
    slope = h * (1 - h)
    paths = []
    for k in range(U.shape[1]):
        paths.append(delta_y[..., k, None] * U[1:, k] * slope)
    return np.stack(paths, axis=-1)
"""
WHOLE = {
    "constant-kept": (
        "def hidden_delta(delta_y, U, h):\n    h = with_one(h)\n"
        "    return delta_y @ U.T * h * (1 - h)\n",
        _CONSTANT_LOOPS,
    ),
    "paths-not-added": (
        "def hidden_delta(delta_y, U, h):\n    slope = (h * (1 - h))[..., None]\n"
        "    return delta_y[..., None, :] * U[1:] * slope\n",
        _PATHS,
    ),
}


def delta_sources():
    made = {
        slip: (MATRIX.format(**MATRIX_PARTS | a), LOOPS.format(**LOOPS_PARTS | b))
        for slip, (a, b) in DELTA.items()
    }
    return made | WHOLE


# 5.4: dE_dW --------------------------------------------------------------------------------------

TABLE = """\
def dE_dW(x, h, delta_y, U):
    e = {e}
    delta_h = {result}
    return {table}
"""
TABLE_PARTS = {**MATRIX_PARTS, "table": "np.outer(with_one(x), delta_h)"}

TABLE_LOOPS = """\
def dE_dW(x, h, delta_y, U):
    D, H, n = delta_y[None], h[None], 0
    inputs = {inputs}
    rows = np.zeros((len(inputs), len(h)))
    for j in range(len(h)):
        e = {start}
        for k in range({outputs}):
            {add}
        v = h[j]
        delta = {result}
        for i in range(len(inputs)):
            rows[i, j] = {entry}
    {after}
    return {back}
"""
TABLE_LOOPS_PARTS = {
    **LOOPS_PARTS,
    "inputs": "[1, *x]",
    "entry": "inputs[i] * delta",
    "after": "pass",
    "back": "rows",
}

OF_TABLE = {
    "gradient-transposed": (
        {"table": "np.outer(delta_h, with_one(x))"},
        {"back": "rows.T.tolist()"},
    ),
    "W-bias-row-left-out": ({"table": "np.outer(x, delta_h)"}, {"inputs": "x"}),
    "bias-gradient-missing": (
        {"table": "np.vstack([np.zeros_like(h), np.outer(x, delta_h)])"},
        {"inputs": "[0, *x]"},
    ),
    "bias-gradient-is-one": (
        {"table": "np.vstack([np.ones_like(h), np.outer(x, delta_h)])"},
        {"after": "rows[0] = 1"},
    ),
    "bias-gradient-times-input": (
        {"table": "np.outer(np.r_[x[0], x], delta_h)"},
        {"inputs": "[x[0], *x]"},
    ),
    "bias-gradient-of-all-units": (
        {"table": "np.vstack([np.full(len(h), delta_h.sum()), np.outer(x, delta_h)])"},
        {"after": "rows[0] = sum(rows[0])"},
    ),
    "one-at-the-end": (
        {"table": "np.outer(np.append(x, 1), delta_h)"},
        {"inputs": "[*x, 1]"},
    ),
    "gradient-rows-reversed": (
        {"table": "np.outer(with_one(x[::-1]), delta_h)"},
        {"inputs": "[1, *reversed(x)]"},
    ),
    "hidden-for-input": ({"table": "np.outer(with_one(h), delta_h)"}, {"inputs": "[1, *h]"}),
    "inputs-left-out-of-gradient": (
        {"table": "np.outer(np.ones(len(x) + 1), delta_h)"},
        {"entry": "delta"},
    ),
    "inputs-added-to-deltas": (
        {"table": "with_one(x)[:, None] + delta_h"},
        {"entry": "inputs[i] + delta"},
    ),
    "output-delta-for-hidden": (
        {"table": "np.outer(with_one(x), delta_y)"},
        {"back": "np.array([[i * d for d in delta_y] for i in inputs])"},
    ),
}


def _indented(parts):
    return {name: text.replace("\n", "\n        ") for name, text in parts.items()}


def table_sources():
    return {
        slip: (
            TABLE.format(**TABLE_PARTS | a),
            TABLE_LOOPS.format(**TABLE_LOOPS_PARTS | _indented(b)),
        )
        for slip, (a, b) in (DELTA | OF_TABLE).items()
    }
