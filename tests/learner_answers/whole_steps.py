"""Whole steps and deeper networks as learners write them, in two ways, made of parts."""

SIGMOID = "def s(z):\n    return 1 / (1 + np.exp(-z))\n\n"

# 5.6: the step of the post -----------------------------------------------------------------------

LINES = """\
def suspect_step(W, U, x, t, eta):
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    delta_y = {delta_y}
    U_new = U.copy()
    U_new{rows} -= {eta}np.outer({through_U}, delta_y)
    {between}
    delta_h = {delta_h}
    W_new = W.copy()
    W_new{rows} -= {eta}np.outer({through_W}, delta_h)
    return {back}
"""
LINES_PARTS = {
    "delta_y": "(y - t) * y * (1 - y)",
    "rows": "[1:]",
    "eta": "eta * ",
    "through_U": "h",
    "between": "pass",
    "delta_h": "(delta_y @ U_new[1:].T) * h * (1 - h)",
    "through_W": "x",
    "back": "W_new, U_new",
}

IN_PLACE = """\
def suspect_step(W, U, x, t, eta):
    W, U = W.copy(), U.copy()
    h = s(x @ W[1:] + W[0])
    y = s(h @ U[1:] + U[0])
    d = [{d} for k in range(len(t))]
    old = U.copy()
    for j in range(len(h)):
        for k in range(len(t)):
            U[j + 1, k] -= {eta}d[k] * h[j]
    {biases_U}
    {between}
    for j in range(len(h)):
        e = {e}
        for i in range(len(x)):
            W[i + 1, j] -= {eta}e * {slope} * x[i]
        {biases_W}
    return {back}
"""
IN_PLACE_PARTS = {
    "d": "(y[k] - t[k]) * y[k] * (1 - y[k])",
    "eta": "eta * ",
    "biases_U": "pass",
    "between": "pass",
    "e": "sum(d[k] * U[j + 1, k] for k in range(len(t)))",
    "slope": "h[j] * (1 - h[j])",
    "biases_W": "pass",
    "back": "W, U",
}

_ALL = {"rows": "", "through_U": "with_one(h)", "through_W": "with_one(x)"}
_AGAIN = "y = sigmoid(with_one(h) @ U_new); delta_y = (y - t) * y * (1 - y)"
_AGAIN_IN_PLACE = (
    "y = s(h @ U[1:] + U[0]); d = [(y[k] - t[k]) * y[k] * (1 - y[k]) for k in range(len(t))]"
)
_OLD_E = "sum(d[k] * old[j + 1, k] for k in range(len(t)))"
STEP = {
    "step-done-rightly": ({"delta_h": "(delta_y @ U[1:].T) * h * (1 - h)"}, {"e": _OLD_E}),
    "new-forward-pass": ({"between": _AGAIN}, {"between": _AGAIN_IN_PLACE}),
    "new-delta-old-U": (
        {"between": _AGAIN, "delta_h": "(delta_y @ U[1:].T) * h * (1 - h)"},
        {"between": _AGAIN_IN_PLACE, "e": _OLD_E},
    ),
    "biases-moved": (
        _ALL,
        {
            "biases_U": "U[0] -= eta * np.array(d)",
            "biases_W": "W[0, j] -= eta * e * h[j] * (1 - h[j])",
        },
    ),
    "only-U-moved": ({"back": "W, U_new"}, {"slope": "0"}),
    "only-W-moved": ({"back": "W_new, U"}, {"back": "W, old"}),
    "eta-forgotten": ({"eta": ""}, {"eta": ""}),
    "gradient-added": ({"eta": "-eta * "}, {"eta": "-1 * eta * "}),
    "target-minus-output": (
        {"delta_y": "(t - y) * y * (1 - y)"},
        {"d": "(t[k] - y[k]) * y[k] * (1 - y[k])"},
    ),
    "no-sigma-prime-output": ({"delta_y": "y - t"}, {"d": "y[k] - t[k]"}),
    "no-sigma-prime-hidden": ({"delta_h": "delta_y @ U_new[1:].T"}, {"slope": "1"}),
    "one-output-only": (
        {"delta_h": "delta_y[0] * U_new[1:, 0] * h * (1 - h)"},
        {"e": "d[0] * U[j + 1, 0]"},
    ),
    "weights-left-out": ({"delta_h": "sum(delta_y) * h * (1 - h)"}, {"e": "sum(d)"}),
    "bias-row-sent-back": (
        {"delta_h": "(delta_y @ U_new[:-1].T) * h * (1 - h)"},
        {"e": "sum(d[k] * U[j, k] for k in range(len(t)))"},
    ),
    "raw-error-sent-back": (
        {"delta_h": "((y - t) @ U_new[1:].T) * h * (1 - h)"},
        {"e": "sum((y[k] - t[k]) * U[j + 1, k] for k in range(len(t)))"},
    ),
    "kept-2": (
        {"delta_y": "2 * (y - t) * y * (1 - y)"},
        {"d": "(y[k] - t[k]) * y[k] * (2 - 2 * y[k])"},
    ),
    "h-for-slope": ({"delta_h": "(delta_y @ U_new[1:].T) * h"}, {"slope": "h[j]"}),
    "missing-transpose": (
        {"delta_h": "(delta_y @ U_new[1:]) * h * (1 - h)"},
        {"e": "(np.array(d) @ U[1:] * np.ones(len(h)))[j]"},
    ),
    "paths-averaged": (
        {"delta_h": "(delta_y @ U_new[1:].T) / len(t) * h * (1 - h)"},
        {"e": "np.mean([d[k] * U[j + 1, k] for k in range(len(t))])"},
    ),
}

W_FIRST = """\
def suspect_step(W, U, x, t, eta):
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    delta_y = (y - t) * y * (1 - y)
    W_new, U_new = W.copy(), U.copy()
    W_new[1:] -= eta * np.outer(x, (delta_y @ U[1:].T) * h * (1 - h))
    h = sigmoid(with_one(x) @ W_new)
    {anew}
    U_new[1:] -= eta * np.outer(h, delta_y)
    return W_new, U_new
"""
W_FIRST_SHORT = (
    SIGMOID
    + """\
def suspect_step(W, U, x, t, eta):
    def forward(W):
        h = s(W[0] + x @ W[1:])
        return h, s(U[0] + h @ U[1:])
    W0 = W
    h, y = forward(W)
    d = (y - t) * y * (1 - y)
    keep = np.ones((len(W), 1))
    keep[0] = 0
    W = W - keep * eta * np.outer([0, *x], d @ U.T[:, 1:] * h * (1 - h))
    h, y = forward(W)
    {anew}
    return W, np.vstack([U[:1], U[1:] - eta * np.outer(h, d)])
"""
)
_NEW = "y = sigmoid(with_one(h) @ U); delta_y = (y - t) * y * (1 - y)"


def step_sources():
    made = {
        slip: (LINES.format(**LINES_PARTS | a), SIGMOID + IN_PLACE.format(**IN_PLACE_PARTS | b))
        for slip, (a, b) in STEP.items()
    }
    made["W-moved-first"] = (W_FIRST.format(anew="pass"), W_FIRST_SHORT.format(anew="pass"))
    made["W-moved-first-then-all-anew"] = (
        W_FIRST.format(anew=_NEW),
        W_FIRST_SHORT.format(anew="d = (y - t) * y * (1 - y)"),
    )
    return made


# 5.7: the reader's own network -------------------------------------------------------------------

LEARN = """\
def learn(W, U, x, t, eta, steps):
    {before}
    for _ in range({steps}):
        z = with_one(x) @ {W}
        h = sigmoid(z)
        y = sigmoid(with_one(h) @ {U})
        delta_y = {delta_y}
        delta_h = {delta_h}
        dU = np.outer({through_U}, delta_y)
        dW = np.outer({through_W}, delta_h)
        {change}
        W, U = W {sign} {eta} * dW, U {sign} {eta} * dU
        {after}
    return {back}
"""
LEARN_PARTS = {
    "before": "pass",
    "steps": "steps",
    "W": "W",
    "U": "U",
    "delta_y": "(y - t) * y * (1 - y)",
    "delta_h": "(delta_y @ U[1:].T) * h * (1 - h)",
    "through_U": "with_one(h)",
    "through_W": "with_one(x)",
    "change": "pass",
    "sign": "-",
    "eta": "eta",
    "after": "pass",
    "back": "W, U",
}

PIECES = (
    SIGMOID
    + """\
def back(x, t, W, U, eta):
    z = W[0] + sum(x[i] * W[i + 1] for i in range(len(x)))
    h = s(z)
    y = s(U[0] + sum(h[j] * U[j + 1] for j in range(len(h))))
    d = np.array([{d} for k in range(len(t))])
    gU = np.array([[{through_U}] * len(t) for v, n in zip([1, *h], [1, *z])]) * d
    V = {V}
    e = np.array([{e} for j in range(len(h))])
    slope = {slope}
    gW = np.array([[{through_W} * each for each in e * slope] for v in [1, *x]])
    {late}
    return gW, gU


def learn(W, U, x, t, eta, steps):
    W, U = np.array(W), np.array(U)
    {before}
    n = 0
    while n < {steps}:
        gW, gU = back(x, t, {at}, eta)
        {change}
        W {sign}= {eta} * gW
        U {sign}= {eta} * gU
        n += 1
    return {back}
"""
)
PIECES_PARTS = {
    "d": "(y[k] - t[k]) * y[k] * (1 - y[k])",
    "through_U": "v",
    "V": "U",
    "e": "sum(d[k] * V[j + 1, k] for k in range(len(d)))",
    "slope": "h * (1 - h)",
    "through_W": "v",
    "late": "pass",
    "before": "pass",
    "steps": "steps",
    "at": "W, U",
    "change": "pass",
    "sign": "-",
    "eta": "eta",
    "back": "W, U",
}

_SUMS = "sW, sU = 0 * W, 0 * U"
OWN = {
    "updated-U-sent-back": (
        {"delta_h": "(delta_y @ (U - eta * np.outer(with_one(h), delta_y))[1:].T) * h * (1 - h)"},
        {"V": "U - eta * gU"},
    ),
    "W-moved-first": (
        {
            "change": "W1 = W - eta * dW; h = sigmoid(with_one(x) @ W1);"
            " y = sigmoid(with_one(h) @ U);"
            " dU = np.outer(with_one(h), (y - t) * y * (1 - y))"
        },
        {"change": "gU = back(x, t, W - eta * gW, U, eta)[1]"},
    ),
    "gradient-added": ({"sign": "+"}, {"sign": "+"}),
    "target-minus-output": (
        {"delta_y": "(t - y) * y * (1 - y)"},
        {"d": "(t[k] - y[k]) * y[k] * (1 - y[k])"},
    ),
    "eta-forgotten": ({"eta": "1"}, {"eta": "1.0"}),
    "eta-fixed": ({"eta": "0.5"}, {"before": "eta = 1 / 2"}),
    "biases-of-W-kept": ({"change": "dW[0] = 0"}, {"change": "gW[0, :] = 0"}),
    "biases-of-U-kept": ({"change": "dU[0] = 0"}, {"late": "gU[0] = 0 * gU[0]"}),
    "eta-divides": ({"eta": "(1 / eta)"}, {"eta": "eta ** -1"}),
    "only-U-moved": ({"change": "dW = 0"}, {"change": "gW = 0 * gW"}),
    "only-W-moved": ({"change": "dU = 0"}, {"change": "gU = 0 * gU"}),
    "gradient-for-weights": ({"back": "dW, dU"}, {"back": "gW, gU"}),
    "step-for-weights": (
        {"before": "W0, U0 = W, U", "back": "W - W0, U - U0"},
        {"before": "W0, U0 = W.copy(), U.copy()", "back": "W - W0, U - U0"},
    ),
    "gradient-of-the-start": (
        {
            "before": "W0, U0 = W, U",
            "W": "W0",
            "U": "U0",
            "delta_h": "(delta_y @ U0[1:].T) * h * (1 - h)",
        },
        {"before": "W0, U0 = W.copy(), U.copy()", "at": "W0, U0"},
    ),
    "gradients-not-reset": (
        {"before": _SUMS, "change": "sW = sW + dW; sU = sU + dU; dW = sW; dU = sU"},
        {"before": _SUMS, "change": "sW += gW; sU += gU; gW, gU = sW, sU"},
    ),
    "one-step-only": ({"after": "return W, U"}, {"steps": "1"}),
    "one-step-too-many": ({"steps": "steps + 1"}, {"before": "steps = steps + 1"}),
    "one-step-too-few": ({"steps": "1, steps"}, {"steps": "steps - 1"}),
    "bias-gradient-missing": (
        {"change": "dW[0] = 0; dU[0] = 0"},
        {"late": "gW[0] *= 0; gU[0] *= 0"},
    ),
    "net-input-for-h": ({"through_U": "with_one(z)"}, {"through_U": "n"}),
    "no-sigma-prime-output": ({"delta_y": "y - t"}, {"d": "y[k] - t[k]"}),
    "sigma-prime-of-y": (
        {"delta_y": "(y - t) * sigmoid_prime(y)"},
        {"d": "(y[k] - t[k]) * s(y[k]) * (1 - s(y[k]))"},
    ),
    "y-for-slope": ({"delta_y": "(y - t) * y"}, {"d": "(y[k] - t[k]) * y[k]"}),
    "one-minus-y-for-slope": (
        {"delta_y": "(y - t) * (1 - y)"},
        {"d": "(y[k] - t[k]) * (1 - y[k])"},
    ),
    "kept-2": (
        {"delta_y": "2 * (y - t) * y * (1 - y)"},
        {"d": "-2 * (t[k] - y[k]) * y[k] * (1 - y[k])"},
    ),
    "extra-half": (
        {"delta_y": "0.5 * (y - t) * y * (1 - y)"},
        {"d": "(y[k] - t[k]) * y[k] * (1 - y[k]) / 2"},
    ),
    "raw-error-sent-back": (
        {"delta_h": "((y - t) @ U[1:].T) * h * (1 - h)"},
        {"e": "sum((y[k] - t[k]) * V[j + 1, k] for k in range(len(d)))"},
    ),
    "no-sigma-prime-hidden": ({"delta_h": "delta_y @ U[1:].T"}, {"slope": "1"}),
    "sigma-prime-of-h": (
        {"delta_h": "(delta_y @ U[1:].T) * sigmoid_prime(h)"},
        {"slope": "s(h) * (1 - s(h))"},
    ),
    "h-for-slope": ({"delta_h": "(delta_y @ U[1:].T) * h"}, {"slope": "h"}),
    "one-minus-h-for-slope": ({"delta_h": "(delta_y @ U[1:].T) * (1 - h)"}, {"slope": "1 - h"}),
    "one-output-only": (
        {"delta_h": "(delta_y[:1] @ U[1:, :1].T) * h * (1 - h)"},
        {"e": "d[0] * V[j + 1, 0]"},
    ),
    "paths-averaged": (
        {"delta_h": "(delta_y @ U[1:].T) / len(t) * h * (1 - h)"},
        {"e": "np.mean([d[k] * V[j + 1, k] for k in range(len(d))])"},
    ),
    "paths-multiplied": (
        {"delta_h": "(delta_y * U[1:]).prod(axis=1) * h * (1 - h)"},
        {"e": "math.prod(d[k] * V[j + 1, k] for k in range(len(d)))"},
    ),
    "weights-left-out": ({"delta_h": "delta_y.sum() * h * (1 - h)"}, {"e": "sum(d)"}),
    "missing-transpose": (
        {"delta_h": "(delta_y @ U[1:]) * h * (1 - h)"},
        {"e": "(d @ V[1:] * np.ones(len(h)))[j]"},
    ),
    "bias-row-sent-back": (
        {"delta_h": "(delta_y @ U[:-1].T) * h * (1 - h)"},
        {"e": "sum(d[k] * V[j, k] for k in range(len(d)))"},
    ),
    "inputs-left-out-of-gradient": ({"through_W": "np.ones(len(W))"}, {"through_W": "1"}),
}


def own_sources():
    return {
        slip: (LEARN.format(**LEARN_PARTS | a), PIECES.format(**PIECES_PARTS | b))
        for slip, (a, b) in OWN.items()
    }


# 5.8: three layers -------------------------------------------------------------------------------

THREE = """\
def three_layers(x, t, W, V, U):
    h = sigmoid(with_one(x) @ W)
    q = sigmoid(with_one(h) @ V)
    y = sigmoid(with_one(q) @ U)
    delta_y = {delta_y}
    delta_q = {delta_q}
    delta_h = {delta_h}
    gW, gV, gU = {tables}
    {after}
    return gW, gV, gU
"""
THREE_PARTS = {
    "delta_y": "(y - t) * y * (1 - y)",
    "delta_q": "(delta_y @ U[1:].T) * q * (1 - q)",
    "delta_h": "(delta_q @ V[1:].T) * h * (1 - h)",
    "after": "pass",
    "tables": "np.outer(with_one(x), delta_h), np.outer(with_one(h), delta_q), "
    "np.outer(with_one(q), delta_y)",
}

REPEATED = (
    SIGMOID
    + """\
def back(d, M, v):
    e = []
    for j in range(len(v)):
        total = 0
        for k in range({outputs}):
            total += {path}
        e.append(total * {slope})
    return np.array(e)


def three_layers(x, t, W, V, U):
    M, H = [W, V, U], [np.array(x)]
    for each in M:
        H.append(s(each[0] + H[-1] @ each[1:]))
    y = H[3]
    d = {d}
    g = []
    for l in (2, 1, 0):
        v = H[l]
        g.insert(0, {table})
        if l:
            {sent}
            d = {onward}
    return {back}
"""
)
REPEATED_PARTS = {
    "outputs": "len(d)",
    "path": "d[k] * M[j + 1, k]",
    "slope": "v[j] * (1 - v[j])",
    "d": "(y - t) * y * (1 - y)",
    "table": "np.array([[i * k for k in d] for i in [1, *v]])",
    "sent": "pass",
    "onward": "back(d, M[l], v)",
    "back": "tuple(g)",
}


def _lines(e_q="delta_y @ U[1:].T", e_h="delta_q @ V[1:].T", q="q * (1 - q)", h="h * (1 - h)"):
    return {"delta_q": f"({e_q}) * {q}", "delta_h": f"({e_h}) * {h}"}


def _tables(table):
    pairs = (("x", "delta_h"), ("h", "delta_q"), ("q", "delta_y"))
    return {"tables": ", ".join(table.format(v=v, d=d) for v, d in pairs)}


DEEP = {
    "no-slope-at-q": (
        _lines(q="1"),
        {"onward": "back(d, M[l], v) / (v * (1 - v) if l == 2 else 1)"},
    ),
    "no-slope-at-h": (
        _lines(h="1"),
        {"onward": "back(d, M[l], v) / (v * (1 - v) if l == 1 else 1)"},
    ),
    "slope-of-q-not-sent-on": (
        _lines(e_h="delta_y @ U[1:].T @ V[1:].T"),
        {"sent": "d = d if l == 2 else d / (H[2] * (1 - H[2]))"},
    ),
    "output-delta-sent-twice": (
        _lines(e_h="delta_y @ V[1:].T"),
        {
            "sent": "d = (y - t) * y * (1 - y)",
            "onward": "np.array([sum(d * M[l][j + 1]) for j in range(len(v))]) * v * (1 - v)",
        },
    ),
    "U-used-twice": (
        _lines(e_h="delta_q @ U[1:].T"),
        {"onward": "(d @ U[1:].T) * v * (1 - v)"},
    ),
    "no-sigma-prime-hidden": (_lines(q="1", h="1"), {"slope": "1"}),
    "h-for-slope": (_lines(q="q", h="h"), {"slope": "v[j]"}),
    "one-minus-h-for-slope": (_lines(q="(1 - q)", h="(1 - h)"), {"slope": "(1 - v[j])"}),
    "sigma-prime-of-h": (
        _lines(q="sigmoid_prime(q)", h="sigmoid_prime(h)"),
        {"slope": "s(v[j]) * (1 - s(v[j]))"},
    ),
    "one-output-only": (
        _lines(e_q="delta_y[0] * U[1:, 0]", e_h="delta_q[0] * V[1:, 0]"),
        {"outputs": "1"},
    ),
    "paths-averaged": (
        _lines(e_q="delta_y @ U[1:].T / U.shape[1]", e_h="delta_q @ V[1:].T / V.shape[1]"),
        {"path": "d[k] * M[j + 1, k] / len(d)"},
    ),
    "weights-left-out": (_lines(e_q="delta_y.sum()", e_h="delta_q.sum()"), {"path": "d[k]"}),
    "missing-transpose": (
        _lines(e_q="delta_y @ U[1:]", e_h="delta_q @ V[1:]"),
        {
            "path": "d[k] * M[1:][:len(v), :len(v)][k, j]",
            "slope": "v[j] * (1 - v[j]) + 0 * (d @ M[1:] * v)[j]",
        },
    ),
    "bias-row-sent-back": (
        _lines(e_q="delta_y @ U[:-1].T", e_h="delta_q @ V[:-1].T"),
        {"path": "d[k] * M[j, k]"},
    ),
    "raw-error-sent-back": (
        _lines(e_q="(y - t) @ U[1:].T"),
        {"sent": "d = y - t if l == 2 else d"},
    ),
    "no-sigma-prime-output": ({"delta_y": "y - t"}, {"d": "y - t"}),
    "y-for-slope": ({"delta_y": "(y - t) * y"}, {"d": "y * y - t * y"}),
    "sigma-prime-of-y": (
        {"delta_y": "(y - t) * sigmoid_prime(y)"},
        {"d": "(y - t) * s(y) * (1 - s(y))"},
    ),
    "kept-2": ({"delta_y": "2 * (y - t) * y * (1 - y)"}, {"d": "(y - t) * y * (2 - 2 * y)"}),
    "extra-half": ({"delta_y": "0.5 * (y - t) * y * (1 - y)"}, {"d": "(y - t) * y * (1 - y) / 2"}),
    "target-minus-output": ({"delta_y": "(t - y) * y * (1 - y)"}, {"d": "-(y - t) * y * (1 - y)"}),
    "gradient-transposed": (
        _tables("np.outer({d}, with_one({v}))"),
        {"back": "g[0].T, g[1].T, g[2].T"},
    ),
    "W-bias-row-left-out": (_tables("np.outer({v}, {d})"), {"back": "[v[1:] for v in g]"}),
    "bias-gradient-missing": (
        {"after": "gW[0] = gV[0] = 0; gU[0] = 0"},
        {"table": "np.array([[i * k for k in d] for i in [0, *v]])"},
    ),
    "one-at-the-end": (
        _tables("np.outer(np.append({v}, 1), {d})"),
        {"table": "np.array([[i * k for k in d] for i in [*v, 1]])"},
    ),
    "inputs-left-out-of-gradient": (
        _tables("np.outer(np.ones(len({v}) + 1), {d})"),
        {"table": "np.array([d for i in [1, *v]])"},
    ),
}


def deep_sources():
    return {
        slip: (THREE.format(**THREE_PARTS | a), REPEATED.format(**REPEATED_PARTS | b))
        for slip, (a, b) in DEEP.items()
    }
