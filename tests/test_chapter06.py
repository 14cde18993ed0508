"""Chapter 06: what speaks against a choice in the museum is true; weak tests are found out."""

import functools
import itertools

import answers
import fresh
import numpy as np
import pytest
from learner_answers import gradients
from learner_answers.chapter06 import generic
from mutants import mutants as mutants_of

from helpers import Network, examples, gradcheck
from helpers.checks import check, evidence, mutants, registry
from helpers.mistakes import museum, reports


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


# The museum ---------------------------------------------------------------------------------------


def ratios(slip, n):
    the = museum.case()
    measured = gradcheck.numerical_gradient(the.net, the.x[:n], the.t[:n]).weights
    return [a / b for a, b in zip(museum.gradient(the.net, the.x[:n], the.t[:n], {slip}), measured)]


def test_without_a_slip_every_ratio_is_one():
    for n in (1, 4):
        assert all(np.allclose(each, 1, atol=1e-6) for each in museum.evidence("none", n))


def test_the_evidence_is_that_of_gradcheck():
    for slip, n in itertools.product(museum.SLIPS.values(), (1, 4)):
        if slip != "missing-transpose":
            for ours, theirs in zip(museum.evidence(slip, n), ratios(slip, n), strict=True):
                np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_no_two_suspects_leave_the_same_evidence():
    shown = {}
    for slip in (*museum.SLIPS.values(), museum.SHOWN):
        if slip != "missing-transpose":
            both = [each.round(2) for n in (1, 4) for each in museum.evidence(slip, n)]
            shown[slip] = np.concatenate([each.ravel() for each in both])
    for one, other in itertools.combinations(shown, 2):
        assert np.abs(shown[one] - shown[other]).max() > 0.05, (one, other)


def test_the_missing_transpose_raises_in_the_museum():
    with pytest.raises(ValueError, match="matmul"):
        museum.evidence("missing-transpose", 1)


def right(layers):
    return all(np.abs(each - 1).max() < 5e-3 for each in layers)


def test_what_speaks_against_a_choice_is_true():
    """The kinds of sentences, each read back and compared with the evidence."""
    kinds = set()
    for question in registry.find("6.7").questions:
        seen = museum.slip_of(int(question.name.split()[1]))
        for letter, sentence in question.say.items():
            if letter == "g":
                continue
            kinds.add(holds(museum.SLIPS[letter], seen, sentence))
    assert kinds == {"example", "layer", "other rows", "factor", "entry"}


def holds(slip, seen, sentence):
    """The kind of the sentence; AssertionError where it is not true."""
    alone, of_seen = museum.evidence(slip, 1), museum.evidence(seen, 1)
    n = 4 if right(of_seen) and right(alone) else 1
    ours, theirs = museum.evidence(slip, n), museum.evidence(seen, n)
    layer = 1 if "dE_dU" in sentence else 0
    if "one example" in sentence and "would" not in sentence:
        assert right(alone) != right(of_seen)
        assert right(alone) == ("shows nothing" in sentence)
        return "example"
    if "row 0" in sentence and ("alone" in sentence or "more than" in sentence):
        rows = [right([each[layer][1:]]) for each in (ours, theirs)]
        assert rows == ([True, False] if "alone" in sentence else [False, True])
        return "other rows"
    if "leaves" in sentence or "spoils" in sentence:
        whole = [right([each[layer]]) for each in (ours, theirs)]
        assert whole == ([True, False] if "leaves" in sentence else [False, True])
        return "layer"
    if "would give" in sentence:
        for each in (ours, theirs):
            assert any(f"{v:.2f}" in sentence for v in each[layer].ravel())
        return "entry"
    spread = [max(np.ptp(each) for each in layers) for layers in (ours, theirs)]
    assert min(spread) < 5e-3
    return "factor"


def test_no_choice_is_spoken_against_by_itself():
    for number in range(1, 9):
        letter = museum.EXHIBITS[number - 1]
        if letter in "fce":
            with pytest.raises(ValueError, match="told apart"):
                evidence.against(letter, number)


def test_the_reports_are_the_ones_of_the_exercise():
    A, B, C, D, E, F = (line.split() for line in reports.table().splitlines()[1:])
    assert A[-3:] == ["0.0092", "<", "1e-6"]
    assert B[-3:] == ["4e-07", "0.11", "0.30"]
    assert C[-3:] == ["0.26", "0.31", "0.50"]
    assert D[5:] == ["20", "float32", "1e-6", "-", "1200", "0.45"]
    assert E[-4:] == ["1.86", "0", "<", "1e-6"]
    assert F[-4:] == ["0.5", "-", "3", "0.08"]
    assert max(map(len, reports.table().splitlines())) < 72  # or a narrow page breaks the lines


# Tests that are handed in -------------------------------------------------------------------------


def case_for(gradient, case):
    return gradcheck.check_gradient(*case, gradient(*case)).ok


def on_the_worked_example(gradient):
    return case_for(gradient, examples.worked())


def on_xor(gradient):
    return case_for(gradient, examples.xor())


def biases_are_0(gradient):
    net, x, t = generic()
    net.W[0] = net.U[0] = 0
    return case_for(gradient, (net, x, t))


def output_biases_are_0(gradient):
    net, x, t = generic()
    net.U[0] = 0
    return case_for(gradient, (net, x, t))


def one_example(gradient):
    return case_for(gradient, generic(n=1))


def one_output(gradient):
    return case_for(gradient, generic((3, 4, 1)))


def positive_inputs(gradient):
    net, x, t = generic()
    return case_for(gradient, (net, np.abs(x), t))


def with_measure(measure):
    def passes(gradient):
        case = generic()
        measured = gradcheck.numerical_gradient(*case).weights
        return measure(gradient(*case), measured)

    return passes


def flat(arrays):
    return np.concatenate([np.ravel(a) for a in arrays])


def worst(a, b):
    return gradcheck.relative_error(flat(a), flat(b)).max()


WEAK = {
    "the worked example": (on_the_worked_example, ["from the first example alone", "several"]),
    "xor": (on_xor, ["forward pass without the biases"]),
    "one example": (one_example, ["With a single example"]),
    "one output": (one_output, ["With one output"]),
    "biases of 0": (biases_are_0, ["biases of the hidden units"]),
    "output biases of 0": (output_biases_are_0, ["without the biases of the outputs"]),
    "inputs above 0": (positive_inputs, ["minus signs"]),
    "only dE_dU": (with_measure(lambda a, b: worst(a[1:], b[1:]) < 1e-5), ["dE_dW only"]),
    "only dE_dW": (with_measure(lambda a, b: worst(a[:1], b[:1]) < 1e-5), ["dE_dU only"]),
    "no bias rows": (
        with_measure(lambda a, b: a[0].shape == b[0].shape
                     and worst([g[1:] for g in a], [g[1:] for g in b]) < 1e-5),
        ["first example alone"],
    ),
    "a wide limit": (with_measure(lambda a, b: worst(a, b) < 0.01), ["tenth of a percent"]),
    "a very wide limit": (with_measure(lambda a, b: worst(a, b) < 0.1), ["by 5 %"]),
    "the mean": (
        with_measure(lambda a, b: gradcheck.relative_error(flat(a), flat(b)).mean() < 1e-3),
        ["a single entry", "A mean hides it"],
    ),
    "no absolute value": (
        with_measure(lambda a, b: ((flat(a) - flat(b)) / np.abs(flat(b))).max() < 1e-5),
        ["too low"],
    ),
    "sizes": (
        with_measure(lambda a, b: np.allclose(np.abs(flat(a)), np.abs(flat(b)), rtol=1e-5)),
        ["every sign turned"],
    ),
    "NaN passes": (
        with_measure(lambda a, b: flat(a).shape == flat(b).shape
                     and not (np.abs(flat(a) - flat(b)) > 1e-6).any()),
        ["NaN"],
    ),
    "the same place of every row": (
        with_measure(lambda a, b: all(worst([g[0]], [h[0]]) < 1e-5 for g, h in zip(a, b))),
        ["Slips through"],
    ),
    "whatever comes": (with_measure(lambda a, b: True), ["passes whatever comes"]),
    "equality of unlike things": (
        lambda gradient: gradient(*generic()) == generic()[0].gradient(*generic()[1:]),
        ["False for every right gradient", "compares with what"],
    ),
    "equality with measured slopes": (
        with_measure(lambda a, b: all(np.array_equal(g, h) for g, h in zip(a, b))),
        ["False for every right gradient", "room for the last digits"],
    ),
    "equality": (
        lambda gradient: all(
            map(np.array_equal, gradient(*generic()), generic()[0].gradient(*generic()[1:]).weights)
        ),
        ["refuses a right gradient", "last digit"],
    ),
    "never right": (with_measure(lambda a, b: False), ["False for every right gradient"]),
    "a number": (with_measure(worst), ["returns a number", "True"]),
    "the outcome": (
        lambda gradient: gradcheck.check_gradient(*generic(), gradient(*generic())),
        ["return its `.ok`"],
    ),
    "an array": (with_measure(lambda a, b: np.abs(a[0] - b[0]) < 1e-6), ["an array of shape"]),
    "nothing": (with_measure(lambda a, b: None), ["returns nothing"]),
    "not asked": (lambda gradient: True, ["never calls `gradient`"]),
    "raises": (lambda gradient: gradient(1, 2), ["raises an error", "argument"]),
    "no network": (lambda gradient: gradient(1, 2, 3), ["is a `Network`"]),
    "deep": (
        lambda gradient: gradient(Network.random((2, 3, 3, 2)), [1, 2], [0, 1]) is not None,
        ["2 hidden layers"],
    ),
    "relu": (
        lambda gradient: gradient(Network.random((2, 3, 2), hidden="relu"), [1, 2], [0, 1]) == 3,
        ["sigmoid units"],
    ),
    "an error of its own": (lambda gradient: gradient(*generic())[7], ["IndexError"]),
    "not a function": (True, ["`passes` itself"]),
}  # fmt: skip


@functools.cache
def verdict_on(name):
    return check("6.8", WEAK[name][0])


@pytest.mark.parametrize("name", WEAK)
def test_a_weak_test_is_found_out(name):
    verdict = verdict_on(name)
    assert verdict.status == "not yet", verdict
    for word in WEAK[name][1]:
        assert word in verdict.message, verdict


def test_a_stub_is_no_test():
    assert check("6.8", ...).status == "not attempted"


def test_a_test_that_counts_its_calls_is_found_out():
    calls = []

    def passes(gradient):
        calls.append(gradient(*generic()))
        return len(calls) <= len(mutants.RIGHT)

    assert check("6.8", passes).status == "not yet"


def test_right_gradients_are_right_and_mutants_are_wrong():
    case = generic(seed=11)
    measured = flat(gradcheck.complex_step_gradient(*case).weights)
    for name, gradient in mutants.RIGHT.items():
        np.testing.assert_allclose(flat(gradient(*case)), measured, rtol=1e-6, err_msg=name)
    for name, (mutant, _) in mutants.MUTANTS.items():
        given = flat(mutant(*case))
        assert given.shape != measured.shape or not np.allclose(given, measured, rtol=5e-4), name


# Mutants that the check does not have -------------------------------------------------------------


@functools.cache
def by_hand():
    """{slip: the backward pass of the tests' own data with this slip in it}"""
    assert all(gradients.BACKWARD.count(right) == 1 for right, _ in gradients.SLIPS.values())
    return {
        slip: fresh.function_from(gradients.BACKWARD.replace(*change))
        for slip, change in gradients.SLIPS.items()
    }


def lets_through(passes, gradient):
    try:
        found = passes(gradient)
    except Exception:
        return False
    return found is None or bool(found)


@pytest.mark.parametrize("passes", answers.table("RIGHT")["6.8"], ids=lambda f: f.__name__)
def test_an_accepted_test_catches_mutants_that_the_check_does_not_have(passes):
    assert lets_through(passes, fresh.function_from(gradients.BACKWARD))
    assert [slip for slip, mutant in by_hand().items() if lets_through(passes, mutant)] == []


@pytest.mark.thorough
def test_a_mutant_of_a_test_that_is_accepted_is_as_good():
    accepted = 0
    for source in gradients.TESTS:
        assert check("6.8", fresh.function_from(source))
        for mutant in mutants_of(source):
            try:
                passes = fresh.function_from(mutant)
            except Exception:
                continue
            if check("6.8", passes):
                accepted += 1
                test_an_accepted_test_catches_mutants_that_the_check_does_not_have(passes)
    assert accepted > 5


def test_right_gradients_and_mutants_take_a_single_example_as_well():
    net, x, t = generic(seed=12)
    for gradient in (*mutants.RIGHT.values(), *(m for m, _ in mutants.MUTANTS.values())):
        gradient(net, x[0], t[0])


def test_every_mutant_slips_through_some_weak_test():
    """A mutant that every test catches would teach nothing."""
    reached = set()
    for name in WEAK:
        reached |= set(verdict_on(name).slips)
    assert reached == set(mutants.MUTANTS)
