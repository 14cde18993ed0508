"""The slips of chapter 08's functions, each in two ways of writing."""

# 8.2 ---------------------------------------------------------------------------------------------

WHILE = """\
def train_until(step, error, w, below, at_most):
    {before}
    steps, E = 0, error(w)
    while {go_on}:
        {old}
        w = {step}
        {after}
        steps += 1
    return {back}
"""
WHILE_PARTS = {
    "before": "pass",
    "go_on": "steps < at_most and np.isfinite(E) and E >= below",
    "old": "pass",
    "step": "step(w)",
    "after": "E = error(w)",
    "back": "w, steps",
}
FOR = """\
def train_until(step, error, w, below, at_most):
    start = before = w
    last = float("inf")
    {first}
    for k in range({limit}):
        {E}
        if {stop}:
            return {then}
        last, before = E, w
        w = step({at})
    return {end}
"""
FOR_PARTS = {
    "first": "pass",
    "limit": "at_most",
    "E": "E = error(w)",
    "stop": "E < below or not np.isfinite(E)",
    "then": "w, k",
    "at": "w",
    "end": "w, at_most",
}
_FINITE = "steps < at_most and np.isfinite(E)"

UNTIL = {
    "threshold-ignored": ({"go_on": _FINITE}, {"stop": "not np.isfinite(E)"}),
    "error-of-the-start-only": ({"after": "pass"}, {"first": "E0 = error(w)", "E": "E = E0"}),
    "comparison-turned": (
        {"go_on": f"{_FINITE} and E <= below"},
        {"stop": "E > below or not np.isfinite(E)"},
    ),
    "change-for-error": (
        {
            "before": "last = float('inf')",
            "go_on": f"{_FINITE} and abs(last - E) >= below",
            "old": "last = E",
        },
        {"stop": "abs(E - last) < below or not np.isfinite(E)"},
    ),
    "stopped-when-E-rises": (
        {
            "before": "last = float('inf')",
            "go_on": f"{_FINITE} and E >= below and E <= last",
            "old": "last = E",
        },
        {"stop": "E < below or E > last or not np.isfinite(E)"},
    ),
    "stepped-before-looking": (
        {"before": "if at_most > 0: w = step(w); steps = 1", "go_on": "1 + " + _FINITE
         + " and E >= below", "back": "w, steps + 1"},
        {"stop": "k > 0 and (E < below or not np.isfinite(E))"},
    ),
    "stopped-at-the-threshold": (
        {"go_on": f"{_FINITE} and E > below"},
        {"stop": "E <= below or not np.isfinite(E)"},
    ),
    "divergence-unseen": (
        {"go_on": "steps < at_most and not E < below"},
        {"stop": "E < below"},
    ),
    "infinity-unseen": (
        {"go_on": "steps < at_most and E >= below"}, {"stop": "E < below or E != E"},
    ),
    "nan-unseen": (
        {"go_on": "steps < at_most and not (E < below or E == np.inf)"},
        {"stop": "E < below or E > 1e12"},
    ),
    "limit-ignored": (
        {"go_on": "np.isfinite(E) and E >= below"},
        {"limit": "1000", "end": "w, 1000"},
    ),
    "loop-too-long": (
        {"go_on": "steps <= at_most and np.isfinite(E) and E >= below"},
        {"limit": "at_most + 1", "end": "w, at_most + 1"},
    ),
    "loop-too-short": (
        {"go_on": "steps < at_most - 1 and np.isfinite(E) and E >= below"},
        {"limit": "at_most - 1", "end": "w, at_most - 1"},
    ),
    "steps-from-the-start": ({"before": "start = w", "step": "step(start)"}, {"at": "start"}),
    "weights-before-the-last-step": (
        {"before": "old = w", "old": "old = w", "back": "old, steps"},
        {"then": "before, k", "end": "before, at_most"},
    ),
    "weights-of-the-start": (
        {"before": "start = w", "back": "start, steps"},
        {"then": "start, k", "end": "start, at_most"},
    ),
    "steps-that-are-left": (
        {"back": "w, at_most - steps"},
        {"then": "w, at_most - k", "end": "w, 0"},
    ),
    "steps-counted-from-one": (
        {"back": "w, steps + 1"},
        {"then": "w, k + 1", "end": "w, at_most + 1"},
    ),
    "single-step-only": (
        {"before": "return step(w), 1"}, {"first": "w = step(w)", "E": "return w, 1"},
    ),
    "step-not-kept": ({"step": "w; step(w)"}, {"at": "w); w = before; (w"}),
}  # fmt: skip


def until_sources():
    return {
        slip: (WHILE.format(**WHILE_PARTS | a), FOR.format(**FOR_PARTS | b))
        for slip, (a, b) in UNTIL.items()
    }


# 8.3 ---------------------------------------------------------------------------------------------

SLICES = """\
def one_epoch(w, x, t, order, size, step):
    {before}
    for start in {starts}:
        batch, before = {batch}, w
        w = step({at}, x[{rows_x}], t[{rows_t}])
        {after}
    return {back}
"""
SLICES_PARTS = {
    "before": "w0, results = w, []",
    "starts": "range(0, len(x), size)",
    "batch": "order[start : start + size]",
    "at": "w",
    "rows_x": "batch",
    "rows_t": "batch",
    "after": "results.append(w)",
    "back": "w",
}
COUNTED = """\
def one_epoch(w, x, t, order, size, step):
    first, results = w, []
    n, a = len(order), 0
    x_new, t_new = {x}, {t}
    {cut}
    while a < {end}:
        b, old = {b}, w
        w = step({at}, x_new[a:b], t_new[a:b])
        results.append(w)
        {stop}
        a = {next}
    {last}
    return {back}
"""
COUNTED_PARTS = {
    "x": "x[order]",
    "t": "t[order]",
    "cut": "pass",
    "end": "n",
    "b": "min(a + size, n)",
    "at": "w",
    "stop": "pass",
    "next": "b",
    "last": "pass",
    "back": "w",
}
LISTS = """\
def one_epoch(w, x, t, order, size, step):
    batches = {batches}
    for batch in batches:
        w = step(w, x[batch], t[batch])
    return w
"""
CUT = "[order[a:a + size] for a in range(0, len(order), size)]"

EPOCH = {
    "targets-not-shuffled": ({"rows_t": "start : start + size"}, {"t": "t"}),
    "inputs-not-shuffled": ({"rows_x": "start : start + size"}, {"x": "x"}),
    "order-ignored": ({"rows_x": "start : start + size", "rows_t": "start : start + size"},
                      {"x": "x", "t": "t"}),
    "order-turned-round": (
        {"before": "order, results = np.argsort(order), []"},
        {"x": "np.empty_like(x)", "t": "np.empty_like(t)",
         "cut": "x_new[order] = x; t_new[order] = t"},
    ),
    "shuffled-twice": ({"before": "x, t, results = x[order], t[order], []"},
                       {"cut": "x_new, t_new = x_new[order], t_new[order]"}),
    "each-batch-from-the-start": ({"at": "w0"}, {"at": "first"}),
    "results-averaged": ({"back": "sum(results) / len(results)"},
                         {"back": "np.mean(results, axis=0)"}),
    "last-batch-dropped": ({"starts": "range(0, len(x) - size + 1, size)"},
                           {"end": "n - size + 1", "b": "a + size"}),
    "size-ignored": ({"starts": "range(len(x))", "batch": "order[start : start + 1]"},
                     {"b": "a + 1"}),
    "whole-set-at-once": ({"starts": "[0]", "batch": "order"}, {"b": "n"}),
    "batches-overlap": ({"starts": "range(len(x))"}, {"next": "a + 1"}),
    "one-example-left-out": (
        {"batch": "order[start : start + size - 1]",
         "starts": "[a for a in range(0, len(x), size) if len(order[a : a + size - 1])]"},
        {"b": "a + size - 1", "next": "a + size"},
    ),
    "first-batch-only": ({"after": "return w"}, {"stop": "return w"}),
    "last-batch-only": ({"at": "w0"}, {}),
    "first-batch-each-time": ({"batch": "order[0:size]"}, {}),
    "last-batch-filled-up": ({"batch": "order[start : start + size] if start + size <= len(x) "
                              "else order[-size:]"}, {}),
    "last-batch-wrapped": ({"batch": "np.take(order, range(start, start + size), mode='wrap')"},
                           {}),
    "batches-reversed": ({"starts": "list(range(0, len(x), size))[::-1]"}, {}),
    "step-result-subtracted": ({"at": "w", "after": "w = before - w"}, {"stop": "w = old - w"}),
    "step-result-added": ({"after": "w = before + w"}, {"stop": "w = old + w"}),
    "first-example-left-out": ({"starts": "range(1, len(x), size)"}, {"cut": "a = 1"}),
    "one-example-too-many": ({"batch": "order[start : start + size + 1]"},
                             {"b": "a + size + 1", "next": "a + size"}),
    "size-for-number": ({}, {}),
    "batches-evened-out": ({}, {}),
}  # fmt: skip
IN_LISTS = {
    "size-for-number": ("np.array_split(order, size)",
                        "[each for each in np.array_split(np.array(order), size)]"),
    "batches-evened-out": ("np.array_split(order, -(-len(order) // size))",
                           "np.array_split(order, int(np.ceil(len(x) / size)))"),
    "last-batch-only": (f"{CUT}[-1:]", "[order[(len(x) - 1) // size * size:]]"),
    "first-batch-each-time": (f"[order[:size]] * len({CUT})", ""),
    "last-batch-filled-up": ("[order[min(a, max(0, len(x) - size)):][:size] "
                             "for a in range(0, len(x), size)]", ""),
    "last-batch-wrapped": ("[[order[k % len(order)] for k in range(a, a + size)] "
                           "for a in range(0, len(x), size)]", ""),
    "batches-reversed": (f"reversed({CUT})", ""),
}  # fmt: skip
UNFINISHED = {"size-for-number", "batches-evened-out", "last-batch-only"}


def epoch_sources():
    made = {}
    for slip, (a, b) in EPOCH.items():
        one = SLICES.format(**SLICES_PARTS | a)
        two = COUNTED.format(**COUNTED_PARTS | b)
        first, second = (LISTS.format(batches=each) for each in IN_LISTS.get(slip, ("", "")))
        if slip in UNFINISHED:
            one, two = first, second
        elif slip in IN_LISTS:
            two = first
        made[slip] = (one, two)
    return made


# 8.4 ---------------------------------------------------------------------------------------------

INDEXED = """\
def permute_hidden(W, U, order):
    {before}
    W_new = {W}
    U_new = {U}
    {after}
    return W_new, U_new
"""
INDEXED_PARTS = {
    "before": "pass",
    "W": "W[:, order]",
    "U": "np.vstack([U[:1], U[1:][order]])",
    "after": "pass",
}
UNITS = """\
def permute_hidden(W, U, order):
    W_new, U_new = {start}
    {before}
    for k in range(len(order)):
        j = {j}
        {W}
        {U}
    {after}
    return W_new, U_new
"""
UNITS_PARTS = {
    "start": "W.copy(), U.copy()",
    "before": "pass",
    "j": "order[k]",
    "W": "W_new[:, k] = W[:, j]",
    "U": "U_new[k + 1] = U[j + 1]",
    "after": "pass",
}

PERMUTE = {
    "order-turned-round": (
        {"before": "order = np.argsort(order)"},
        {"W": "W_new[:, j] = W[:, k]", "U": "U_new[j + 1] = U[k + 1]"},
    ),
    "order-turned-round-in-W": (
        {"W": "W[:, np.argsort(order)]"}, {"W": "W_new[:, j] = W[:, k]"},
    ),
    "order-turned-round-in-U": (
        {"U": "np.vstack([U[:1], U[1:][np.argsort(order)]])"}, {"U": "U_new[j + 1] = U[k + 1]"},
    ),
    "hidden-order-reversed": (
        {"W": "W[:, ::-1]", "U": "np.vstack([U[:1], U[:0:-1]])"}, {"j": "len(order) - 1 - k"},
    ),
    "only-W-reordered": ({"U": "U.copy()"}, {"U": "pass"}),
    "only-U-reordered": ({"W": "W.copy()"}, {"W": "pass"}),
    "hidden-biases-not-moved": (
        {"W": "np.vstack([W[:1], W[1:, order]])"}, {"W": "W_new[1:, k] = W[1:, j]"},
    ),
    "only-biases-of-W-moved": (
        {"W": "np.vstack([W[0, order], W[1:]])"}, {"W": "W_new[0, k] = W[0, j]"},
    ),
    "rows-of-W-moved": (
        {"W": "W[order]"}, {"start": "W[:len(order)].copy() + 0 * W[order], U.copy()",
                            "W": "W_new[k] = W[j]"},
    ),
    "columns-of-U-moved": (
        {"U": "U[:, order]"},
        {"start": "W.copy(), 0 * U[:, order]", "U": "U_new[:, k] = U[:, j]"},
    ),
    "bias-row-counted-as-unit": (
        {"U": "U[order]"}, {"start": "W.copy(), U[1:].copy()", "U": "U_new[k] = U[j]"},
    ),
    "bias-row-lost": (
        {"U": "U[1:][order]"}, {"start": "W.copy(), U[1:].copy()", "U": "U_new[k] = U[j + 1]"},
    ),
    "unit-rows-one-early": (
        {"U": "np.vstack([U[0], U[order]])"}, {"U": "U_new[k + 1] = U[j]"},
    ),
    "overwritten-while-reading": (
        {
            "before": "W, U = W.copy(), U.copy()",
            "W": "W",
            "U": "U",
            "after": "for k, j in enumerate(order): W[:, k] = W[:, j]; U[k + 1] = U[j + 1]",
        },
        {"W": "W_new[:, k] = W_new[:, j]", "U": "U_new[k + 1] = U_new[j + 1]"},
    ),
    "bias-row-at-the-end": (
        {"U": "np.vstack([U[1:][order], U[:1]])"},
        {"U": "U_new[k] = U[j + 1]", "after": "U_new[-1] = U[0]"},
    ),
}  # fmt: skip


def permute_sources():
    return {
        slip: (INDEXED.format(**INDEXED_PARTS | a), UNITS.format(**UNITS_PARTS | b))
        for slip, (a, b) in PERMUTE.items()
    }


# 8.6 ---------------------------------------------------------------------------------------------

HALVES = """\
def largest_eta(stable, low, high, halvings):
    {before}
    for _ in range({rounds}):
        middle = {middle}
        if {test}:
            {low}
        else:
            {high}
    return {back}
"""
HALVES_PARTS = {
    "before": "pass",
    "rounds": "halvings",
    "middle": "(low + high) / 2",
    "test": "stable(middle)",
    "low": "low = middle",
    "high": "high = middle",
    "back": "low",
}
WIDTHS = """\
def largest_eta(stable, low, high, halvings):
    ends = [low, high]
    {before}
    while halvings > {rounds}:
        m = {m}
        bad = {bad}
        {move}
        halvings -= 1
    {after}
    return {back}
"""
WIDTHS_PARTS = {
    "before": "pass",
    "rounds": "0",
    "m": "sum(ends) / 2",
    "bad": "not stable(m)",
    "move": "ends[bad] = m",
    "after": "pass",
    "back": "ends[0]",
}

HALVING = {
    "halves-exchanged": ({"test": "not stable(middle)"}, {"bad": "stable(m)"}),
    "only-low-moves": ({"high": "pass"}, {"move": "ends[0] = ends[0] if bad else m"}),
    "only-high-moves": ({"low": "pass"}, {"move": "ends[1] = m if bad else ends[1]"}),
    "stopped-at-the-first-unstable": (
        {"high": "break"}, {"move": "ends[bad] = m; halvings = halvings * (not bad)"},
    ),
    "middle-not-renewed": (
        {"before": "m = (low + high) / 2", "middle": "m"}, {"before": "m = (low + high) / 2",
                                                            "m": "m"},
    ),
    "upper-end-returned": ({"back": "high"}, {"back": "ends[1]"}),
    "last-middle-returned": ({"back": "middle"}, {"back": "m"}),
    "new-middle-returned": ({"back": "(low + high) / 2"}, {"back": "np.mean(ends)"}),
    "difference-for-middle": ({"middle": "(high - low) / 2"}, {"m": "(ends[1] - ends[0]) / 2"}),
    "root-for-middle": ({"middle": "(low * high) ** 0.5"}, {"m": "np.sqrt(ends[0] * ends[1])"}),
    "only-one-end-halved": ({"middle": "low + high / 2"}, {"m": "ends[0] + 0.5 * ends[1]"}),
    "half-of-the-upper-end": ({"middle": "high / 2"}, {"m": "ends[1] / 2"}),
    "lower-end-tried": ({"test": "stable(low)"}, {"bad": "not stable(ends[0])"}),
    "stable-not-called": ({"test": "stable"}, {"bad": "not stable"}),
    "first-halving-only": (
        {"rounds": "min(halvings, 1)"}, {"move": "ends[bad] = m; halvings = 0"},
    ),
    "both-ends-moved": (
        {"low": "low = high = middle"}, {"move": "ends = [ends[0], m] if bad else [m, m]"},
    ),
    "one-halving-too-many": ({"rounds": "halvings + 1"}, {"rounds": "-1"}),
    "one-halving-too-few": ({"rounds": "1, halvings"}, {"rounds": "1"}),
}  # fmt: skip


def halving_sources():
    return {
        slip: (HALVES.format(**HALVES_PARTS | a), WIDTHS.format(**WIDTHS_PARTS | b))
        for slip, (a, b) in HALVING.items()
    }


# 8.7 ---------------------------------------------------------------------------------------------

COUNT = """\
def share_solved(train_from, seeds, x, t, within):
    solved = 0
    {before}
    for seed in {seeds}:
        net = train_from({seed})
        y = net.forward(x).y
        off = {off}
        solved += {solved}
        {after}
    return {back}
"""
COUNT_PARTS = {
    "before": "pass",
    "seeds": "seeds",
    "seed": "seed",
    "off": "np.abs(y - t)",
    "solved": "(off < within).all()",
    "after": "pass",
    "back": "solved / len(seeds)",
}
MEAN = """\
def share_solved(train_from, seeds, x, t, within):
    def good(seed):
        net = train_from({seed})
        y = net.forward(x).y
        worst = {worst}
        return {test}
    seeds = {seeds}
    return {back}
"""
MEAN_PARTS = {
    "seed": "seed",
    "worst": "np.max(np.abs(t - y))",
    "test": "worst < within",
    "seeds": "list(seeds)",
    "back": "np.mean([good(seed) for seed in seeds])",
}

SHARE = {
    "one-right-output-enough": (
        {"solved": "(off < within).any()"}, {"worst": "np.nanmin(np.append(np.abs(t - y), 99))"},
    ),
    "outputs-counted": (
        {"solved": "(off < within).mean()"},
        {"test": "sum(abs(a - b) < within for a, b in zip(y.flat, t.flat)) / t.size"},
    ),
    "examples-counted": (
        {"solved": "(off < within).all(axis=1).mean()"},
        {"test": "np.mean([(np.abs(a - b) < within).all() for a, b in zip(y, t)])"},
    ),
    "distances-averaged": ({"solved": "off.mean() < within"}, {"worst": "np.mean(np.abs(y - t))"}),
    "distances-summed": ({"solved": "off.sum() < within"}, {"worst": "np.abs(y - t).sum()"}),
    "E-for-the-outputs": (
        {"solved": "net.error(x, t) < within"},
        {"worst": "0.5 * np.mean(np.sum((t - y) ** 2, axis=1))"},
    ),
    "first-example-decides": (
        {"solved": "(off[0] < within).all()"}, {"worst": "np.max(np.abs(t - y)[0])"},
    ),
    "last-example-decides": (
        {"solved": "(off[-1] < within).all()"}, {"worst": "np.max(np.abs(t - y)[-1])"},
    ),
    "first-output-decides": (
        {"solved": "(off[:, 0] < within).all()"}, {"worst": "np.max(np.abs(t - y)[:, 0])"},
    ),
    "rounded-outputs": (
        {"solved": "(np.round(y) == t).all()"}, {"test": "np.array_equal(np.round(y), t)"},
    ),
    "sign-of-the-error-kept": ({"off": "y - t"}, {"worst": "np.max(y - t)"}),
    "error-squared-first": ({"off": "(y - t) ** 2"}, {"worst": "np.max((y - t) ** 2)"}),
    "divergence-counted-as-solved": (
        {"solved": "not (off >= within).any()"}, {"test": "not worst >= within"},
    ),
    "positions-for-seeds": ({"seeds": "range(len(seeds))"}, {"seeds": "range(len(seeds))"}),
    "first-seed-only": (
        {"after": "return solved"}, {"back": "good(seeds[0]) / 1"},
    ),
    "returned-in-the-loop": (
        {"after": "return solved / len(seeds)"}, {"back": "good(seeds[0]) / len(seeds)"},
    ),
    "count-overwritten": (
        {"before": "count = 0", "after": "count = (off < within).all()",
         "back": "count / len(seeds)"},
        {"back": "good(seeds[-1]) / len(seeds)"},
    ),
    "divided-by-hundred": (
        {"back": "solved / 100"}, {"back": "0.01 * sum(good(s) for s in seeds)"},
    ),
    "far-outputs-counted": (
        {"solved": "(off > within).all()"},
        {"worst": "np.min(np.abs(t - y))", "test": "worst > within"},
    ),
    "first-seed-each-time": ({"seed": "seeds[0]"}, {"seeds": "[seeds[0]] * len(seeds)"}),
    "last-seed-left-out": (
        {"seeds": "seeds[:-1]"}, {"back": "sum(good(s) for s in seeds[:-1]) / len(seeds)"},
    ),
    "first-seed-left-out": (
        {"seeds": "seeds[1:]"}, {"back": "sum(good(s) for s in seeds[1:]) / len(seeds)"},
    ),
    "unsolved-counted": (
        {"solved": "not (off < within).all()"}, {"test": "not worst < within"},
    ),
    "count-for-share": ({"back": "solved"}, {"back": "sum(good(s) for s in seeds)"}),
    "divided-by-examples": (
        {"back": "solved / len(x)"}, {"back": "sum(good(s) for s in seeds) / len(t)"},
    ),
    "percent-for-share": (
        {"back": "100 * solved / len(seeds)"},
        {"back": "np.mean([good(seed) for seed in seeds]) * 100"},
    ),
}  # fmt: skip


def share_sources():
    return {
        slip: (COUNT.format(**COUNT_PARTS | a), MEAN.format(**MEAN_PARTS | b))
        for slip, (a, b) in SHARE.items()
    }
