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
        self._given = {}
        self.name = {slip: slip for slip in exercise.slips}
        for group in exercise.alike:
            self.name.update(dict.fromkeys(group, group[0]))

    def singles(self):
        return [(slip,) for slip in self.exercise.slips]

    def pairs(self):
        every = itertools.combinations(self.exercise.slips, 2)
        return [pair for pair in every if self.name[pair[0]] != self.name[pair[1]]]

    def explaining(self, trials):
        """The sets of slips that explain all trials: single ones, or else pairs; [] for none.

        Of slips that no answer can tell apart, the first stands for all.
        """
        found = self._survivors(self.singles(), trials) or self._survivors(self.pairs(), trials)
        return self.named(found)

    def named(self, slip_sets):
        """The slip sets with the first of each group for all of it, each set once."""
        return list(dict.fromkeys(tuple(self.name[slip] for slip in slips) for slips in slip_sets))

    def _survivors(self, slip_sets, trials):
        """Trial by trial, so that most candidates are computed for one case only."""
        alive = [(slips, k) for slips in slip_sets for k in range(len(self.exercise.variants))]
        for trial in sorted(trials, key=lambda each: -each.expected.size):
            seen = _seen(trial)
            alive = [
                each
                for each in alive
                if agrees(seen, self.given(*each, trial), self.exercise.match)
            ]
            if not alive:
                break
        return [slips for slips, _ in alive]

    def given(self, slips, variant, trial):
        """What these slips give where this trial was made, or RAISED."""
        case, part = trial.at
        key = (slips, variant, case)
        if key not in self._given:
            self._given[key] = self._compute(*key)
        parts = self._given[key]
        if parts is RAISED:
            return RAISED
        fitted = self.exercise.accept(parts[part], trial.expected.shape)
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
    if seen.shape != given.shape or not np.isfinite(given).all():
        return False
    size = np.abs(given)
    scale = np.maximum(size, min(1.0, float(np.mean(size))))
    with np.errstate(invalid="ignore"):
        return bool((np.abs(seen - given) <= tolerance * scale).all())
