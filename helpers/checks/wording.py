"""From named slips to the sentences that the reader sees.

At most three: what is right, what happened, where to reread.
"""

import re

from helpers.mistakes import CATALOGUE

# These leave nothing standing of which "the rest is right" could be said.
WHOLE = {
    "value-for-slope", "value-over-w", "slope-of-the-square", "nudge-outside-f", "f-of-the-nudge",
    "one-added-to-values", "one-not-added", "t-and-y-added", "targets-for-inputs",
    "second-unit", "squashed-already", "batch-flattened", "inputs-in-wrong-order", "outputs-first",
    "units-reversed", "net-inputs-for-values", "decimal-point-moved",
    "result-for-slopes", "values-multiplied", "slopes-nested", "product-from-0", "slope-of-relu",
    "only-first-factor", "only-second-factor", "numerator-left-alone", "result-for-point",
    "slope-for-point", "lines-counted", "one-path-each", "starts-reversed",
    "brackets-around-1-minus-y", "bias-first", "second-output", "gradient-returned",
    "step-returned", "step-size-returned",
}  # fmt: skip

# Not a slip beside another one: the right step, where a wrong one is to be found.
HUNTED = "step-done-rightly"


def for_slips(exercise, slips, groups, trials):
    """The message for one slip or for two at once.

    `groups` are the groups of slips that cannot be told apart in this exercise.
    """
    if len(slips) == 1 and slips[0] in exercise.instead:
        return f"{exercise.instead[slips[0]]} {reread(exercise, slips)}"
    praise = what_is_right(exercise, trials) or rest(slips, trials)
    if WHOLE & set(slips):
        praise = ""
    return f"{praise}{happened(slips, groups)} {reread(exercise, slips)}"


def happened(slips, groups=()):
    """One slip with its reason, or two slips in one sentence."""
    if len(slips) == 1:
        return _one(slips[0], groups)
    found = [lower(_what(slip, groups)) for slip in slips if slip != HUNTED]
    if len(found) == 1:
        return f"Another mistake than the post's: {found[0]}."
    return f"Two things at once: {', and '.join(found)}."


def for_shared(exercise, shared, others, trials):
    """Several pairs explain the answer: one slip that they share, and either of some others."""
    praise = what_is_right(exercise, trials) or rest((shared, *others), trials)
    if HUNTED in others:
        return f"{praise}{happened((shared, HUNTED))} {reread(exercise, (shared,))}"
    either = "either " + ", or ".join(lower(CATALOGUE[slip].what) for slip in others)
    if shared == HUNTED:
        return f"{praise}Another mistake than the post's: {either}. {reread(exercise, others[:1])}"
    found = f"{lower(CATALOGUE[shared].what)}, and {either}"
    return f"{praise}Two things at once: {found}. {reread(exercise, (shared,))}"


REST = "One thing is off, the rest is right. "
SHAPE = "The shape is right. "


def rest(slips, trials):
    """Everything but the one slip is as it should be: a match of all cases proves that."""
    if len(slips) == 1:
        return REST
    array = any(trial.expected.size > 1 for trial in trials)
    return SHAPE if array and all(trial.fitted is not None for trial in trials) else ""


def without_praise(sentence, inside):
    """The sentence without its general praise, where better praise is at hand."""
    for praise in (SHAPE, REST):
        sentence = sentence.removeprefix(praise)
    return lower(sentence) if inside else sentence


def what_is_right(exercise, trials):
    """'Right for one example. ' or '`dE_dU` is right. ', when that is so; '' otherwise."""
    return _right_values(exercise, trials) or _right_cases(trials)


def _right_values(exercise, trials):
    names = getattr(exercise, "returns", ())
    right = [
        f"`{name}`"
        for k, name in enumerate(names)
        if all(trial.right for trial in trials if trial.at[1] == k)
    ]
    return f"{' and '.join(right)} {'is' if len(right) == 1 else 'are'} right. " if right else ""


def _right_cases(trials):
    right = list(dict.fromkeys(trial.case.name for trial in trials if trial.right))
    wrong = {trial.case.name for trial in trials if not trial.right}
    right = [name for name in right if name not in wrong]
    right = _right_kinds(trials) or right
    if not right:
        return ""
    return f"Right for {', '.join(right[:2])}{' and others' if len(right) > 2 else ''}. "


def _right_kinds(trials):
    """'a single example', when every one is right."""
    kinds = dict.fromkeys(trial.case.kind for trial in trials)
    if len(kinds) < 2:
        return []
    return [k for k in kinds if all(trial.right for trial in trials if trial.case.kind == k)]


def reread(exercise, slips):
    """The places of the slips; one that comes later in the book is replaced by the exercise's."""
    own = f"chapter {int(exercise.id.split('.')[0]):02d}, “{exercise.section}”"
    places = [CATALOGUE[slip].reread for slip in slips] or [own]
    places = list(dict.fromkeys(place if place[:10] <= own[:10] else own for place in places))
    return f"Reread {' and '.join(places)}."


def _one(slip, groups):
    for group in groups:
        if slip in group:
            others = ", or ".join(lower(CATALOGUE[each].what) for each in group)
            return f"Either {others}; your answer does not tell them apart."
    return CATALOGUE[slip].says


def _what(slip, groups):
    for group in groups:
        if slip in group:
            return "either " + " or ".join(lower(CATALOGUE[each].what) for each in group)
    return CATALOGUE[slip].what


def lower(sentence):
    """For the middle of a sentence; names such as NumPy keep their capital."""
    first = re.match(r"[A-Z][a-z]*\b", sentence)
    return sentence[0].lower() + sentence[1:] if first else sentence
