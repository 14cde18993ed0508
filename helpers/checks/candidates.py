"""Which slips, one or two, would have given just what the reader's answer gave?

The candidates of an exercise are its slips and all pairs of them. What each would give is
computed when it is first needed, on the hidden cases, and kept. A candidate explains an answer
when it agrees on every entry of every case, and raises on just the cases where the answer did.
"""

import functools
import itertools

import numpy as np

from . import compare

RAISED = "raised"


@functools.cache
def of(exercise):
    """The Candidates of an exercise, made once."""
    return Candidates(exercise)


class Candidates:
    """What the slips of an exercise, and pairs of them, give on its hidden cases."""

    def __init__(self, exercise):
        self.exercise = exercise
        self.cases = list(exercise.cases())
        self._computed = {}
        self._given = {}
        self._tables = {}
        self.name = {slip: slip for slip in exercise.slips}
        for group in exercise.alike:
            self.name.update(dict.fromkeys(group, group[0]))

    def slip_sets(self, count):
        """All sets of one or of two slips."""
        every = itertools.combinations(self.exercise.slips, count)
        return [slips for slips in every if len({self.name[slip] for slip in slips}) == count]

    def explaining(self, trials):
        """The sets of slips that explain all trials: single ones, or else pairs; [] for none.

        Of slips that no answer can tell apart, the first stands for all.
        """
        return self.named(self._survivors(1, trials) or self._survivors(2, trials))

    def named(self, slip_sets):
        """The slip sets with the first of each group for all of it, each set once."""
        place = self.exercise.slips.index
        named = ([self.name[slip] for slip in slips] for slips in slip_sets)
        return list(dict.fromkeys(tuple(sorted(slips, key=place)) for slips in named))

    def _survivors(self, count, trials):
        """All candidates at once for the largest case; the others for those that are left."""
        largest, *others = sorted(trials, key=lambda each: -each.expected.size)
        seen, table = _seen(largest), self.table(count, largest)
        if seen is RAISED:
            alive = table.get(RAISED, ([], None))[0]
        else:
            keys, given = table.get(seen.shape, ([], np.empty((0, *seen.shape))))
            alive = [keys[k] for k in np.flatnonzero(_agree(seen, given, self.exercise.match))]
        for trial in others:
            alive = self._agreeing(alive, trial)
        return [slips for slips, _ in alive]

    def _agreeing(self, keys, trial):
        """Those of the keys, (slips, variant), that give what was seen in this trial."""
        seen, given = _seen(trial), [self.given(*key, trial) for key in keys]
        if seen is RAISED:
            return [key for key, each in zip(keys, given, strict=True) if each is RAISED]
        fit = [k for k, e in enumerate(given) if e is not RAISED and e.shape == seen.shape]
        rows = np.array([given[k] for k in fit]).reshape(len(fit), *seen.shape)
        return [keys[fit[k]] for k in np.flatnonzero(_agree(seen, rows, self.exercise.match))]

    def table(self, count, trial):
        """What all sets of `count` slips give where this trial was made, by shape.

        shape -> ([(slips, variant), ...], one array with a row for each); RAISED -> (..., None).
        """
        key = (count, trial.at)
        if key not in self._tables:
            groups = {}
            for slips in self.slip_sets(count):
                for variant in range(len(self.exercise.variants)):
                    given = self.given(slips, variant, trial)
                    kind = RAISED if given is RAISED else given.shape
                    keys, rows = groups.setdefault(kind, ([], []))
                    keys.append((slips, variant))
                    rows.append(given)
            self._tables[key] = {
                kind: (keys, None if kind is RAISED else np.array(rows))
                for kind, (keys, rows) in groups.items()
            }
        return self._tables[key]

    def given(self, slips, variant, trial):
        """What these slips give where this trial was made, or RAISED."""
        key = (slips, variant, trial.at)
        if key not in self._given:
            self._given[key] = self._fitted(*key, trial.expected.shape)
        return self._given[key]

    def _fitted(self, slips, variant, at, shape):
        case, part = at
        key = (slips, variant, case)
        if key not in self._computed:
            self._computed[key] = self._compute(*key)
        parts = self._computed[key]
        if parts is RAISED:
            return RAISED
        fitted = self.exercise.accept(parts[part], shape)
        return compare.bare(parts[part] if fitted is None else fitted)

    def _compute(self, slips, variant, case):
        arguments, more = self.cases[case].fresh(), self.exercise.variants[variant]
        try:
            with np.errstate(all="ignore"):
                wrong = self.exercise.wrong(frozenset(slips), *arguments, **more)
            parts = wrong if isinstance(wrong, tuple) else (wrong,)
            return [np.asarray(part, dtype=float) for part in parts]
        except Exception:  # as the reader's code would raise with these slips
            return RAISED


def _seen(trial):
    if trial.problem:
        return RAISED
    return compare.bare(trial.got if trial.fitted is None else trial.fitted)


def agrees(seen, given, tolerance):
    """The same shape and, relative to the size of the entries, the same numbers."""
    if seen is RAISED or given is RAISED:
        return seen is given
    return seen.shape == given.shape and bool(_agree(seen, given[None], tolerance)[0])


def _agree(seen, given, tolerance):
    """Which rows of `given` agree with what was seen."""
    entries = tuple(range(1, given.ndim))
    size = np.abs(given)
    with np.errstate(invalid="ignore"):
        mean = size.sum(axis=entries, keepdims=True) / max(seen.size, 1)
        close = np.abs(seen - given) <= tolerance * np.maximum(size, np.minimum(1.0, mean))
    return (close & np.isfinite(given)).all(axis=entries)
