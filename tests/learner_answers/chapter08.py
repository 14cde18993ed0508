"""Answers to chapter 08, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np

from helpers.checks import solved_share, training_loop
from helpers.checks.exercise import Case

from . import loops_that_train as loops

# 8.2 --------------------------------------------------------------------------------------------


def until_while(step, error, w, below, at_most):
    steps, E = 0, error(w)
    while steps < at_most and np.isfinite(E) and E >= below:
        w = step(w)
        E = error(w)
        steps += 1
    return w, steps


def until_break(step, error, w, below, at_most):
    steps = 0
    while True:
        E = error(w)
        if E < below or not np.isfinite(E) or steps == at_most:
            break
        w = step(w)
        steps = steps + 1
    return [w, steps]


def until_recursive(step, error, w, below, at_most):
    E = error(w)
    if at_most == 0 or E < below or E != E or E == np.inf:
        return w, 0
    w, steps = until_recursive(step, error, step(w), below, at_most - 1)
    return w, steps + 1


def until_path(step, error, w, below, at_most):
    path = [w]
    while len(path) <= at_most and below <= error(path[-1]) < np.inf:
        path.append(step(path[-1]))
    return path[-1].tolist(), float(len(path) - 1)


# 8.3 --------------------------------------------------------------------------------------------


def epoch_slices(w, x, t, order, size, step):
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        w = step(w, x[batch], t[batch])
    return w


def epoch_shuffled_first(w, x, t, order, size, step):
    x, t, done = x[order], t[order], 0
    while done < len(x):
        w = step(w, x[done : done + size], t[done : done + size])
        done += size
    return w.tolist()


def epoch_split(w, x, t, order, size, step):
    for batch in np.array_split(order, np.arange(size, len(order), size)):
        w = step(w, x.take(batch, axis=0), t.take(batch, axis=0))
    return w


def epoch_one_by_one(w, x, t, order, size, step):
    held = []
    for place, i in enumerate(order):
        held.append(i)
        if len(held) == size or place == len(order) - 1:
            w, held = step(w, x[held], t[held]), []
    return w


# 8.4 --------------------------------------------------------------------------------------------


def permute_stacked(W, U, order):
    return W[:, order], np.vstack([U[:1], U[1:][order]])


def permute_rows(W, U, order):
    return [W.T[order].T, U[[0, *(k + 1 for k in order)]]]


def permute_units(W, U, order):
    W_new, U_new = W.copy(), U.copy()
    for k, j in enumerate(order):
        W_new[:, k], U_new[k + 1] = W[:, j], U[j + 1]
    return W_new.tolist(), U_new.tolist()


def permute_matrix(W, U, order):
    P = np.eye(len(order))[order]
    return W @ P.T, np.concatenate([U[0][None], P @ U[1:]])


# 8.6 --------------------------------------------------------------------------------------------


def eta_halves(stable, low, high, halvings):
    for _ in range(halvings):
        middle = (low + high) / 2
        if stable(middle):
            low = middle
        else:
            high = middle
    return low


def eta_recursive(stable, low, high, halvings):
    if halvings == 0:
        return low
    middle = low + (high - low) / 2
    ends = (middle, high) if stable(middle) else (low, middle)
    return eta_recursive(stable, *ends, halvings - 1)


def eta_width(stable, low, high, halvings):
    width = high - low
    while halvings:
        width, halvings = width / 2, halvings - 1
        low += width * stable(low + width)
    return np.float64(low)


def eta_grid(stable, low, high, halvings):
    rates = np.linspace(low, high, 2**halvings + 1)[:-1]
    return max(eta for eta in rates if stable(eta))


# 8.7 --------------------------------------------------------------------------------------------


def share_loop(train_from, seeds, x, t, within):
    solved = 0
    for seed in seeds:
        y = train_from(seed).forward(x).y
        solved += (np.abs(y - t) < within).all()
    return solved / len(seeds)


def share_mean(train_from, seeds, x, t, within):
    return np.mean([np.abs(train_from(s).forward(x).y - t).max() < within for s in seeds])


def share_count(train_from, seeds, x, t, within):
    yes = []
    for seed in seeds:
        net = train_from(seed)
        rows = [net.forward(row).y for row in x]
        pairs = zip(np.ravel(rows), np.ravel(t), strict=True)
        yes.append(all(abs(a - b) < within for a, b in pairs))
    return yes.count(True) / len(yes)


def share_stack(train_from, seeds, x, t, within):
    Y = np.array([train_from(seed).forward(x).y for seed in seeds])
    return [np.all(np.abs(Y - t) < within, axis=(1, 2)).mean()]


RIGHT = {
    "8.1": [
        (21564, 684, 12), [21564.0, 684.0, 12.0], np.array([[21564], [684], [12]]),
        (12 * 1797, 12 * -(-1797 // 32), 12),
    ],
    "8.2": [until_while, until_break, until_recursive, until_path],
    "8.3": [epoch_slices, epoch_shuffled_first, epoch_split, epoch_one_by_one],
    "8.4": [permute_stacked, permute_rows, permute_units, permute_matrix],
    "8.5": ["b, b, c", ("b", "b", "c"), {"All equal": "B", "Only W equal": "b", "All zero": "(c)"}],
    "8.6": [eta_halves, eta_recursive, eta_width, eta_grid],
    "8.7": [share_loop, share_mean, share_count, share_stack],
    "8.8": ["cbb", ["c", "b", "b"], {"Weights": "c", "Reason": "b", "Threshold": "b"}],
}  # fmt: skip

# Wrong answers ------------------------------------------------------------------------------------


def until_prints_reason(step, error, w, below, at_most):
    return until_while(step, error, w, below, at_most)[0], "threshold"


def until_or(step, error, w, below, at_most):
    steps, E = 0, error(w)
    while (steps < at_most or E >= below) and np.isfinite(E):
        w, steps = step(w), steps + 1
        E = error(w)
    return w, steps


def until_peeks(step, error, w, below, at_most):
    steps = 0
    while steps < at_most and below <= error(step(w)) < np.inf:
        w, steps = step(w), steps + 1
    return w, steps


def epoch_of_its_own(w, x, t, order, size, step):
    own = np.random.default_rng(0).permutation(len(x))
    return epoch_slices(w, x, t, own, size, step)


def share_nanmax(train_from, seeds, x, t, within):
    off = [np.abs(train_from(seed).forward(x).y - t) for seed in seeds]
    return np.mean([(each[np.isfinite(each)] < within).all() and np.isfinite(each).any()
                    for each in off])  # fmt: skip


def share_all_at_once(train_from, seeds, x, t, within):
    return (np.abs(train_from(seeds).forward(x).y - t) < within).mean()


def epoch_with_an_empty_batch(w, x, t, order, size, step):
    for start in range(0, len(order) + 1, size):
        w = step(w, x[order[start : start + size]], t[order[start : start + size]])
    return w


def permute_in_place(W, U, order):
    W[:] = W[:, order]
    U[1:] = U[1:][order]
    return W, U


def permute_by_size(W, U, order):
    order = np.argsort(-np.abs(U[1:]).sum(axis=1))
    return permute_stacked(W, U, order)


def permute_reversed_U(W, U, order):
    return W[:, order], np.vstack([U[:1], U[1:][order][::-1]])


def until_best(step, error, w, below, at_most):
    best, steps = w, 0
    while steps < at_most and error(w) >= below:
        w = step(w)
        steps += 1
        if error(w) < error(best):
            best = w
    return best, steps


def share_whole_pass(train_from, seeds, x, t, within):
    return np.mean([(abs(train_from(s).forward(x) - t) < within).all() for s in seeds])


def share_network(train_from, seeds, x, t, within):
    return np.mean([(abs(train_from(s) - t) < within).all() for s in seeds])


WRONG = [
    ("8.1", (21564, 684, 1), ["online and mini-batches are right"]),
    ("8.1", (1797, 57, 1), ["updates of a single epoch"]),
    ("8.1", (12, 684, 21564), ["exchanged online and batch"]),
    ("8.1", (21564, 674, 12), ["rounded up once"]),
    ("8.1", (21564, 57, 12), ["online and batch are right", "a single epoch"]),
    ("8.1", (21564, 684), ["right, the rest is missing"]),
    ("8.2", lambda *a: until_while(*a)[::-1], ["return `w, steps`"]),
    ("8.2", lambda *a: until_while(*a)[0], ["2 values"]),
    ("8.2", until_prints_reason, ["text in quotes"]),
    ("8.2", lambda *a: (until_while(*a)[0], 7), ["The weights are right in every run"]),
    ("8.2", lambda *a: (1.1 * until_while(*a)[0], until_while(*a)[1]),
     ["number of steps is right in every run"]),
    ("8.2", until_or, ["an E that falls", "goes on too long: 9 steps, and 4 are right"]),
    ("8.2", until_peeks, ["ends too early"]),
    ("8.3", epoch_of_its_own, ["`order` has no influence"]),
    ("8.7", lambda train_from, seeds, x, t, within: share_loop(train_from, seeds, x, t, 0.1),
     ["`within` has no influence"]),
    ("8.7", share_nanmax, ["too high"]),
    ("8.7", share_all_at_once, ["one seed at a time"]),
    ("8.3", epoch_with_an_empty_batch, ["without an example"]),
    ("8.3", lambda w, x, t, order, size, step: w, ["its input `w`"]),
    ("8.4", permute_in_place, ["changes its input"]),
    ("8.4", lambda *a: permute_stacked(*a)[::-1], ["another order"]),
    ("8.4", permute_by_size, ["outputs are the same as before", "not in the order"]),
    ("8.4", permute_reversed_U, ["`W` is right", "changes the outputs"]),
    ("8.5", "b, a, c", ["2 of the 3", "its own row of U"]),
    ("8.6", lambda stable, low, high, halvings: low, ["never move the lower end"]),
    ("8.6", lambda stable, low, high, halvings: 1.01 * high, ["not stable"]),
    ("8.7", lambda train_from, seeds, x, t, within: 1.0, ["whatever comes in"]),
    ("8.7", lambda train_from, seeds, x, t, within: 0, ["is 0"]),
    ("8.6", lambda stable, low, high, halvings: eta_halves(stable, low, high, 30),
     ["no more and no less"]),
    ("8.4", lambda W, U, order: (W[:, order] + 1, 2 * U), ["outputs are others than before"]),
    ("8.3", lambda w, x, t, order, size, step: [w := step(w, x[i], t[i]) for i in order][-1],
     ["each single example"]),
    ("8.8", "abb", ["2 of the 3", "whose labels it was given"]),
    ("8.2", until_best, ["have taken 0 steps, and your number of steps is 7"]),
    ("8.7", share_whole_pass, ["TypeError", "the outputs are its `.y`"]),
    ("8.7", share_network, ["TypeError", "its outputs for `x` are `net.forward(x).y`"]),
]  # fmt: skip

SLIPS = {
    "8.2": loops.until_sources(),
    "8.3": loops.epoch_sources(),
    "8.4": loops.permute_sources(),
    "8.6": loops.halving_sources(),
    "8.7": loops.share_sources(),
}
SOLUTIONS = {
    "8.2": (
        loops.WHILE.format(**loops.WHILE_PARTS),
        loops.FOR.format(**loops.FOR_PARTS),
    ),
    "8.3": (
        loops.SLICES.format(**loops.SLICES_PARTS),
        loops.COUNTED.format(**loops.COUNTED_PARTS),
    ),
    "8.4": (
        loops.INDEXED.format(**loops.INDEXED_PARTS),
        loops.UNITS.format(**loops.UNITS_PARTS),
    ),
    "8.6": (
        loops.HALVES.format(**loops.HALVES_PARTS),
        loops.WIDTHS.format(**loops.WIDTHS_PARTS),
    ),
    "8.7": (
        loops.COUNT.format(**loops.COUNT_PARTS),
        loops.MEAN.format(**loops.MEAN_PARTS),
    ),
}

# Other cases, to judge a diagnosis on -------------------------------------------------------------


def _runs():
    inf, nan = np.inf, np.nan
    return [
        training_loop._until("fresh", (0.8, 0.6, 0.41, 0.22, 0.11, 0.06), 0.25, 8, 4),
        training_loop._until("fresh", (0.9, 0.8, 0.77, 0.7, 0.66, 0.6), 0.15, 4, 3),
        training_loop._until("fresh", (0.03, 0.31, 0.2, 0.08), 0.12, 7, 2),
        training_loop._until("fresh", (0.5, 0.8, 0.7, 0.3, 0.15, 0.1), 0.2, 9, 5),
        training_loop._until("fresh", (0.7, 2.9, inf), 0.3, 5, 2),
        training_loop._until("fresh", (0.7, 2.9, 7.0, nan), 0.3, 6, 3),
        training_loop._until("fresh", (2.0, 1.0, 0.5, 0.2), 0.5, 7, 2),
    ]


def _epochs():
    return [
        training_loop._epoch(9, 4, 3, 2, (4, 7, 0, 8, 2, 5, 1, 3, 6), 0.2),
        training_loop._epoch(6, 3, 2, 2, (5, 3, 0, 4, 2, 1), 0.4),
        training_loop._epoch(13, 5, 2, 1, (7, 2, 11, 4, 0, 9, 12, 5, 1, 8, 3, 10, 6), 0.3),
        training_loop._epoch(3, 4, 2, 3, (2, 0, 1), 0.3),
    ]


def _nets():
    rng = np.random.default_rng(88)
    orders = ((3, 1, (1, 2, 0)), (4, 2, (2, 0, 3, 1)), (5, 4, (4, 2, 0, 1, 3)), (3, 3, (2, 0, 1)))
    return [
        Case("fresh", (rng.normal(0, 1.3, (5, n_h)), rng.normal(0, 1.3, (n_h + 1, n_out)),
                       np.array(order)))
        for n_h, n_out, order in orders
    ]  # fmt: skip


def _borders():
    return [
        training_loop._border(*each)
        for each in ((0.71, 0.0, 1.0, 4), (3.3, 0.4, 9.0, 5), (14.2, 0.0, 17.0, 4),
                     (2.13, 2.0, 4.0, 3), (5.7, 1.0, 6.0, 5))
    ]  # fmt: skip


def _shares():
    mixed = solved_share._mixed
    return [
        mixed([4, 7, 10, 1], 3, 2, 0.1, "nltd", 881),
        mixed([2, 13, 8, 5, 21], 5, 3, 0.2, "12noj", 882),
        mixed(range(3, 10), 4, 2, 0.15, "htLfnln", 883),
        mixed(range(20, 9, -1), 3, 3, 0.3, "tndo1h2jLfl", 884),
        mixed([8, 1, 6, 22, 14, 9, 33, 2, 5], 6, 1, 0.12, "njLtdh1nf", 885),
    ]


FRESH = {"8.2": _runs, "8.3": _epochs, "8.4": _nets, "8.6": _borders, "8.7": _shares}
