"""Momentum steps as learners write them, in two ways, made of parts."""

# 9.2: one step -----------------------------------------------------------------------------------

STEP = """\
def momentum_step(w, v, g, eta, mu):
    {before}
    new = {kept} - {pull}
    return {w}, {v}
"""
STEP_PARTS = {"before": "pass", "kept": "mu * v", "pull": "eta * g", "w": "w + new", "v": "new"}

ENTRIES = """\
def momentum_step(w, v, g, eta, mu):
    w, v, g = np.array(w, dtype=float), np.array(v, dtype=float), np.array(g, dtype=float)
    {before}
    old, shape = v, w.shape
    w, v, g = w.ravel(), v.ravel(), g.ravel()
    ws, vs = [], []
    for k in range(len(w)):
        n = {kept}
        n -= {pull}
        ws.append({w})
        vs.append({v})
    return np.reshape(ws, shape), np.reshape(vs, shape)
"""
ENTRIES_PARTS = {
    "before": "pass", "kept": "mu * v[k]", "pull": "eta * g[k]", "w": "w[k] + n", "v": "n",
}  # fmt: skip

ONE = {
    "velocity-reset": ({"kept": "0 * v"}, {"kept": "0"}),
    "mu-forgotten": ({"kept": "v"}, {"kept": "v[k]"}),
    "one-minus-mu": ({"pull": "eta * (1 - mu) * g"}, {"pull": "(1 - mu) * eta * g[k]"}),
    "one-minus-mu-for-eta": ({"pull": "(1 - mu) * g"}, {"pull": "(g[k] - mu * g[k])"}),
    "mu-on-everything": ({"pull": "mu * (eta * g)"}, {"pull": "mu * eta * g[k]"}),
    "eta-on-what-is-kept": ({"kept": "eta * (mu * v)"}, {"kept": "eta * mu * v[k]"}),
    "mu-and-eta-swapped": (
        {"kept": "eta * v", "pull": "mu * g"},
        {"before": "eta, mu = mu, eta"},
    ),
    "one-minus-mu-kept": ({"kept": "(1 - mu) * v"}, {"kept": "v[k] - mu * v[k]"}),
    "carried-backwards": ({"kept": "-mu * v"}, {"kept": "-(mu * v[k])"}),
    "eta-forgotten": ({"pull": "g"}, {"pull": "g[k]"}),
    "eta-divides": ({"pull": "g / eta"}, {"pull": "g[k] * eta ** -1"}),
    "gradient-added": ({"pull": "-eta * g"}, {"before": "g = -g"}),
    "velocity-subtracted": ({"w": "w - new"}, {"w": "w[k] - n"}),
    "old-velocity-added": ({"w": "w + v"}, {"w": "w[k] + v[k]"}),
    "plain-step-taken": ({"w": "w - eta * g"}, {"w": "w[k] - eta * g[k]"}),
    "gradient-on-top": ({"w": "w - eta * g + new"}, {"w": "w[k] + n - eta * g[k]"}),
    "mu-on-the-step": ({"w": "w + mu * new"}, {"w": "w[k] + n * mu"}),
    "eta-on-the-step": ({"w": "w + eta * new"}, {"w": "w[k] + n * eta"}),
    "sum-of-gradients": (
        {"pull": "-g", "w": "w - eta * new"},
        {"pull": "-g[k]", "w": "w[k] - n * eta"},
    ),
    "average-of-gradients": (
        {"pull": "-(1 - mu) * g", "w": "w - eta * new"},
        {"pull": "(mu - 1) * g[k]", "w": "w[k] - n * eta"},
    ),
    "step-for-new-w": ({"w": "new"}, {"w": "n"}),
    "old-velocity-returned": ({"v": "v"}, {"v": "v[k]"}),
}


def step_sources():
    return {
        slip: (STEP.format(**STEP_PARTS | a), ENTRIES.format(**ENTRIES_PARTS | b))
        for slip, (a, b) in ONE.items()
    }


# 9.3: both layers --------------------------------------------------------------------------------

NETWORK = """\
def network_step(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu):
    {before}
    n_W = {kept_W} - {pull_W}
    {between}
    n_U = {kept_U} - {pull_U}
    {after}
    return {W}, {U}, {v_W}, {v_U}
"""
NETWORK_PARTS = {
    "before": "pass", "between": "pass", "after": "pass",
    "kept_W": "mu * v_W", "pull_W": "eta * dE_dW", "kept_U": "mu * v_U", "pull_U": "eta * dE_dU",
    "W": "W + n_W", "U": "U + n_U", "v_W": "n_W", "v_U": "n_U",
}  # fmt: skip

LAYERS = """\
def layer(w, v, g, eta, mu):
    {before}
    n = {kept} - {pull}
    {after}
    return {w}, {v}


def network_step(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu):
    {first}
    a, p = layer(W, {for_W}, dE_dW, eta, mu)
    b, q = layer(U, {for_U}, dE_dU, eta, mu)
    {last}
    return a, b, p, q
"""
LAYERS_PARTS = {
    "before": "pass", "kept": "mu * v", "pull": "eta * g", "after": "pass", "w": "w + n", "v": "n",
    "first": "pass", "for_W": "v_W", "for_U": "v_U", "last": "pass",
}  # fmt: skip

BOTH = {
    "shared-velocity": ({"between": "v_U = n_W"}, {"for_U": "p"}),
    "velocity-of-W-for-U": ({"kept_U": "mu * v_W"}, {"for_U": "v_W"}),
    "velocities-exchanged": (
        {"before": "v_W, v_U = v_U, v_W"},
        {"for_W": "v_U", "for_U": "v_W"},
    ),
    "each-others-gradients": (
        {"pull_W": "eta * dE_dU", "pull_U": "eta * dE_dW"},
        {"first": "dE_dW, dE_dU = dE_dU, dE_dW"},
    ),
    "one-velocity-per-layer": (
        {"after": "n_W = n_W.mean() + 0 * n_W; n_U = n_U.mean() + 0 * n_U"},
        {"after": "n = np.full(w.shape, n.mean())"},
    ),
    "one-velocity-per-unit": (
        {"after": "n_W = n_W.mean(axis=0) + 0 * n_W; n_U = n_U.mean(axis=0) + 0 * n_U"},
        {"after": "n = np.array([n.mean(axis=0) for row in n])"},
    ),
    "no-velocity-for-W": ({"kept_W": "0"}, {"for_W": "0 * v_W"}),
    "no-velocity-for-U": ({"kept_U": "0"}, {"for_U": "0 * v_U"}),
    "biases-without-velocity": (
        {"before": "v_W, v_U = v_W.copy(), v_U.copy(); v_W[0] = v_U[0] = 0"},
        {"before": "v = np.vstack([0 * v[0], v[1:]])"},
    ),
    "biases-left-behind": (
        {"W": "np.vstack([W[:1], (W + n_W)[1:]])", "U": "np.vstack([U[:1], (U + n_U)[1:]])"},
        {"w": "np.concatenate([w[:1], w[1:] + n[1:]])"},
    ),
    "only-W-moved": ({"U": "U"}, {"last": "b = U"}),
    "only-U-moved": ({"W": "W"}, {"last": "a = W"}),
}


OF_LAYERS = (
    "velocity-reset", "mu-forgotten", "one-minus-mu", "mu-and-eta-swapped", "eta-forgotten",
    "gradient-added", "velocity-subtracted", "old-velocity-added", "sum-of-gradients",
    "step-for-new-w", "old-velocity-returned",
)  # fmt: skip


def _for_layers(parts):
    """A slip of one step, in both templates."""
    first, second = {}, {}
    for key, text in parts.items():
        if key == "before":
            first["before"] = second["before"] = text
        elif key in ("kept", "pull"):
            for l in "WU":
                first[f"{key}_{l}"] = _renamed(text, l)
            second[key] = text
        else:
            for l in "WU":
                first[l if key == "w" else f"v_{l}"] = _renamed(text, l)
            second[key] = text.replace("new", "n")
    return first, second


def _renamed(text, layer):
    """'mu * v' as 'mu * v_W', 'eta * g' as 'eta * dE_dW', 'w + new' as 'W + n_W'."""
    words = {"v": f"v_{layer}", "g": f"dE_d{layer}", "w": layer, "new": f"n_{layer}"}
    out, word = [], ""
    for letter in f"{text} ":
        if letter.isalnum() or letter == "_":
            word += letter
            continue
        out.append(words.get(word, word) + letter)
        word = ""
    return "".join(out).strip()


def network_sources():
    found = dict(BOTH)
    found |= {slip: _for_layers(ONE[slip][0]) for slip in OF_LAYERS}
    return {
        slip: (NETWORK.format(**NETWORK_PARTS | a), LAYERS.format(**LAYERS_PARTS | b))
        for slip, (a, b) in found.items()
    }


# 9.4: conventions --------------------------------------------------------------------------------

CONVERT = """\
def from_ours(eta, mu, v, convention):
    {before}
    new = eta
    if convention == "c":
        new = {eta_c}
    return new, {v}
"""
CONVERT_PARTS = {"before": "pass", "eta_c": "eta / (1 - mu)", "v": "-v / new"}

CASES = """\
def from_ours(eta, mu, v, convention):
    v = np.array(v)
    if convention == {b}:
        return {eta_b}, {v_b}
    else:
        return {eta_c}, {v_c}
"""
CASES_PARTS = {
    "b": "'b'", "eta_b": "eta", "v_b": "-v / eta", "eta_c": "eta / (1 - mu)",
    "v_c": "-(1 - mu) * v / eta",
}  # fmt: skip
CONVENTIONS = {
    "conventions-exchanged": (
        {"before": "convention = 'c' if convention == 'b' else 'b'"},
        {"b": "'c'"},
    ),
    "eta-always-converted": (
        {"before": "eta = eta / (1 - mu)", "eta_c": "eta"},
        {"eta_b": "eta / (1 - mu)", "v_b": "-v / eta * (1 - mu)"},
    ),
    "eta-not-converted": ({"eta_c": "eta"}, {"eta_c": "eta", "v_c": "-v / eta"}),
    "eta-made-smaller": (
        {"eta_c": "eta * (1 - mu)"},
        {"eta_c": "(1 - mu) * eta", "v_c": "-v / ((1 - mu) * eta)"},
    ),
    "mu-for-one-minus-mu": (
        {"eta_c": "eta / mu"},
        {"eta_c": "eta / mu", "v_c": "-v * mu / eta"},
    ),
    "old-eta-in-v": ({"v": "-v / eta"}, {"v_c": "-v / eta"}),
    "velocity-not-converted": ({"v": "v"}, {"v_b": "v", "v_c": "v"}),
    "velocity-not-divided": ({"v": "-v"}, {"v_b": "-1 * v", "v_c": "-1 * v"}),
    "velocity-times-eta": (
        {"v": "-new * v"},
        {"v_b": "-eta * v", "v_c": "-v * eta / (1 - mu)"},
    ),
    "velocity-sign-kept": (
        {"v": "v / new"},
        {"v_b": "v / eta", "v_c": "v * (1 - mu) / eta"},
    ),
}


def convention_sources():
    return {
        slip: (CONVERT.format(**CONVERT_PARTS | a), CASES.format(**CASES_PARTS | b))
        for slip, (a, b) in CONVENTIONS.items()
    }


# 9.5: Nesterov -----------------------------------------------------------------------------------

NESTEROV = """\
def nesterov_step(slope, w, v, eta, mu):
    at = {at}
    g = slope(at)
    {before}
    new = {kept} - {pull}
    return {w}, {v}
"""
NESTEROV_PARTS = STEP_PARTS | {"at": "w + mu * v"}

LOOK = """\
def nesterov_step(slope, w, v, eta, mu):
    def look():
        return slope({at})

    w, v = np.array(w), np.array(v)
    g = look()
    {before}
    n = {kept}
    n = n - {pull}
    w, v = {w}, {v}
    return [w, v]
"""
LOOK_PARTS = {"before": "pass", "kept": "mu * v", "pull": "eta * g", "w": "w + n", "v": "n"}
LOOK_PARTS |= {"at": "mu * v + w"}
AHEAD = {
    "nesterov-mixed-up": ({"at": "w"}, {"at": "w"}),
    "whole-velocity-ahead": ({"at": "w + v"}, {"at": "v + w"}),
    "looked-back": ({"at": "w - mu * v"}, {"at": "-mu * v + w"}),
    "ahead-without-w": ({"at": "mu * v"}, {"at": "mu * v"}),
    "ahead-by-the-whole-step": (
        {"at": "w + (mu * v - eta * slope(w))"},
        {"at": "w - eta * slope(w) + mu * v"},
    ),
    "ahead-by-eta": ({"at": "w + eta * v"}, {"at": "w + v * eta"}),
    "stepped-from-ahead": ({"w": "at + new"}, {"w": "w + mu * v + n"}),
}


AHEAD_TOO = (
    "velocity-reset", "mu-forgotten", "one-minus-mu", "mu-on-everything", "mu-and-eta-swapped",
    "eta-forgotten", "gradient-added", "velocity-subtracted", "old-velocity-added",
    "gradient-on-top", "sum-of-gradients", "step-for-new-w", "old-velocity-returned",
)  # fmt: skip


def nesterov_sources():
    found = dict(AHEAD)
    found |= {
        slip: (a, {key: text.replace("[k]", "") for key, text in b.items()})
        for slip, (a, b) in ((slip, ONE[slip]) for slip in AHEAD_TOO)
    }
    return {
        slip: (NESTEROV.format(**NESTEROV_PARTS | a), LOOK.format(**LOOK_PARTS | b))
        for slip, (a, b) in found.items()
    }


# 9.6: the limit ----------------------------------------------------------------------------------

LIMIT = "def largest_eta(a, mu):\n    a = np.array(a)\n    return {}\n"
LIMITS = "def largest_eta(a, mu):\n    {}\n"
LARGEST = {
    "gentlest-direction": ("2 * (1 + mu) / np.min(a)", "return (2 + 2 * mu) / min(a)"),
    "mean-direction": ("2 * (1 + mu) / a.mean()", "return 2 * (1 + mu) * len(a) / sum(a)"),
    "directions-added": ("2 * (1 + mu) / np.sum(a)", "return (2 + 2 * mu) / sum(a)"),
    "first-direction": ("2 * (1 + mu) / a[0]", "first, *_ = a\n    return 2 * (1 + mu) / first"),
    "last-direction": (
        "2 * (1 + mu) / a[-1]",
        "for each in a:\n        eta = 2 * (1 + mu) / each\n    return eta",
    ),
    "number-of-directions": ("2 * (1 + mu) / a.size", "return 2 * (1 + mu) / len(a)"),
    "directions-as-length": (
        "2 * (1 + mu) / np.linalg.norm(a)",
        "return 2 * (1 + mu) / sum(each**2 for each in a) ** 0.5",
    ),
    "every-direction": ("2 * (1 + mu) / a", "return [2 * (1 + mu) / each for each in a]"),
    "limit-without-a": ("2 * (1 + mu)", "return 2 + 2 * mu"),
    "limit-of-plain-descent": ("2 / a.max()", "return min(2 / each for each in a)"),
    "one-minus-mu-in-limit": ("2 * (1 - mu) / a.max()", "return (2 - 2 * mu) / max(a)"),
    "brackets-left-out-of-limit": (
        "(2 * 1 + mu) / a.max()",
        "top = 2 + mu\n    return top / max(a)",
    ),
    "limit-of-nesterov": (
        "2 * (1 + mu) / (1 + 2 * mu) / a.max()",
        "return min((2 + 2 * mu) / (each + 2 * mu * each) for each in a)",
    ),
    "edge-of-swinging": (
        "(1 + np.sqrt(mu)) ** 2 / a.max()",
        "return (1 + 2 * mu**0.5 + mu) / max(a)",
    ),
    "edge-of-crossing": ("1 / a.max()", "return min(1 / each for each in a)"),
    "limit-halved": ("(1 + mu) / a.max()", "return min((1 + mu) / each for each in a)"),
    "times-a": ("2 * (1 + mu) * a.max()", "return max((2 + 2 * mu) * each for each in a)"),
}


def limit_sources():
    return {slip: (LIMIT.format(a), LIMITS.format(b)) for slip, (a, b) in LARGEST.items()}


# 9.8: the whole run ------------------------------------------------------------------------------

RUN = """\
def learn_with_momentum(W, U, x, t, eta, mu, steps):
    v_W, v_U = np.zeros_like(W), np.zeros_like(U)
    {before}
    for _ in range({steps}):
        A, B = {at}
        h = sigmoid(with_one(x) @ A)
        y = sigmoid(with_one(h) @ B)
        delta_y = {delta_y}
        dE_dU = np.outer([{one}, *h], delta_y)
        delta_h = {delta_h}
        dE_dW = np.outer([{one}, *x], delta_h)
        {change}
        old_W, old_U = v_W, v_U
        v_W = {kept_W} - {pull_W}
        {between}
        v_U = {kept_U} - {pull_U}
        W, U = {W}, {U}
        {after}
    return {back}
"""
RUN_PARTS = {
    "before": "pass", "steps": "steps", "at": "W, U", "delta_y": "(y - t) * y * (1 - y)",
    "delta_h": "(delta_y @ B[1:].T) * h * (1 - h)", "one": "0", "change": "pass",
    "between": "pass", "after": "pass", "back": "W, U",
    "kept_W": "mu * v_W", "pull_W": "eta * dE_dW", "kept_U": "mu * v_U", "pull_U": "eta * dE_dU",
    "W": "W + v_W", "U": "U + v_U",
}  # fmt: skip

PIECES = """\
def s(z):
    return 1 / (1 + np.exp(-z))


def slopes(W, U, x, t, eta):
    h = s(W[0] + x @ W[1:])
    y = s(U[0] + h @ U[1:])
    d = {d}
    gU = {one} * np.array([0 * d, *(v * d for v in h)]) + (1 - {one}) * np.outer([1, *h], d)
    V = {V}
    e = {e}
    slope = {slope}
    gW = {one} * np.outer([0, *x], e * slope) + (1 - {one}) * np.outer([1, *x], e * slope)
    return gW, gU


def learn_with_momentum(W, U, x, t, eta, mu, steps):
    w, v = [W, U], [0 * W, 0 * U]
    start, sums, last = [W, U], [0 * W, 0 * U], [0 * W, 0 * U]
    n = 0
    while n < {steps}:
        g = slopes(*{at}, x, t, eta)
        {change}
        for k in (0, 1):
            {choose}
            {before}
            p = {kept} - {pull}
            w[k] = {w}
            v[k] = p
            {after}
        last = g
        n += 1
    return {back}
"""
PIECES_PARTS = {
    "d": "(y - t) * y * (1 - y)", "one": "1", "V": "U", "e": "V[1:] @ d", "slope": "h * (1 - h)",
    "steps": "steps", "at": "w", "change": "pass", "choose": "pass", "before": "pass",
    "kept": "mu * v[k]", "pull": "eta * g[k]", "w": "w[k] + p", "after": "pass",
    "back": "w[0], w[1]",
}  # fmt: skip

WHOLE = {
    "last-gradient-only": (
        {
            "before": "old_dW, old_dU = 0 * W, 0 * U",
            "kept_W": "-mu * eta * old_dW", "kept_U": "-mu * eta * old_dU",
            "after": "old_dW, old_dU = dE_dW, dE_dU",
        },
        {"kept": "mu * (-eta * last[k])"},
    ),
    "nesterov-mixed-up": (
        {"at": "W + mu * v_W, U + mu * v_U"},
        {"at": "[a + mu * b for a, b in zip(w, v)]"},
    ),
    "shared-velocity": (
        {"before": "v = 0 * W", "kept_W": "mu * v", "between": "v_U = v_W", "after": "v = v_U"},
        {"before": "v[k] = v[1 - k]"},
    ),
    "velocities-returned": ({"back": "v_W, v_U"}, {"back": "v[0], v[1]"}),
    "biases-moved": ({"one": "1"}, {"one": "0"}),
    "only-U-moved": ({"W": "W"}, {"after": "w[0] = W"}),
    "only-W-moved": ({"U": "U"}, {"after": "w[1] = U"}),
    "W-moved-first": (
        {
            "change": "h = sigmoid(with_one(x) @ (W + mu * v_W - eta * dE_dW)); "
            "y = sigmoid(with_one(h) @ B); dE_dU = np.outer([0, *h], (y - t) * y * (1 - y))",
        },
        {"choose": "g = slopes(*w, x, t, eta)"},
    ),
    "updated-U-sent-back": (
        {"delta_h": "(delta_y @ (B - eta * dE_dU)[1:].T) * h * (1 - h)"},
        {"V": "U - eta * gU"},
    ),
    "gradient-of-the-start": (
        {"before": "W0, U0 = W, U", "at": "W0, U0"},
        {"at": "start"},
    ),
    "gradients-not-reset": (
        {
            "before": "sW, sU = 0 * W, 0 * U",
            "change": "sW = sW + dE_dW; sU = sU + dE_dU; dE_dW, dE_dU = sW, sU",
        },
        {"change": "g = sums = [a + b for a, b in zip(sums, g)]"},
    ),
    "one-step-only": ({"after": "return W, U"}, {"steps": "1"}),
    "one-step-too-many": ({"steps": "steps + 1"}, {"steps": "1 + steps"}),
    "one-step-too-few": ({"steps": "1, steps"}, {"steps": "steps - 1"}),
    "target-minus-output": (
        {"delta_y": "(t - y) * y * (1 - y)"},
        {"d": "(t - y) * y * (1 - y)"},
    ),
    "no-sigma-prime-output": ({"delta_y": "y - t"}, {"d": "-(t - y)"}),
    "no-sigma-prime-hidden": ({"delta_h": "delta_y @ B[1:].T"}, {"slope": "1"}),
}


OF_RUNS = (
    "velocity-reset", "mu-forgotten", "one-minus-mu", "mu-on-everything", "mu-and-eta-swapped",
    "eta-forgotten", "gradient-added", "velocity-subtracted", "old-velocity-added",
    "gradient-on-top",
)  # fmt: skip


def _for_runs(parts, entries):
    """A slip of one step, in both templates of a run."""
    first, second = {}, dict(entries)
    for key, text in parts.items():
        if key == "before":
            first["before"] = text
            continue
        for l in "WU":
            name = l if key == "w" else f"{key}_{l}"
            made = _renamed(text.replace("new", "NEW"), l)
            first[name] = made.replace(f"v_{l}", f"old_{l}" if key == "w" else f"v_{l}")
            first[name] = first[name].replace("NEW", f"v_{l}")
    if second.get("before") == "g = -g":
        second["before"] = "g = [-each for each in g] if k == 0 else g"
    elif "before" in second:
        second = {"kept": "eta * v[k]", "pull": "mu * g[k]"}
    second = {key: _with_p(text) for key, text in second.items()}
    return first, second


def _with_p(text):
    return " ".join("p" if word == "n" else word for word in text.split(" "))


def run_sources():
    found = dict(WHOLE)
    found |= {slip: _for_runs(*ONE[slip]) for slip in OF_RUNS}
    return {
        slip: (RUN.format(**RUN_PARTS | a), PIECES.format(**PIECES_PARTS | b))
        for slip, (a, b) in found.items()
    }


WITH_NETWORK = """\
from helpers.network import Network


def learn_with_momentum(W, U, x, t, eta, mu, steps):
    v_W, v_U = 0 * W, 0 * U
    for _ in range(steps):
        g = Network([W, U]).gradient(x, t)
        g.dE_dW[0], g.dE_dU[0] = 0, 0
        v_W = mu * v_W - eta * g.dE_dW
        v_U = mu * v_U - eta * g.dE_dU
        W, U = W + v_W, U + v_U
    return W, U
"""
