"""Layers as learners write them, wrong in one named way each: with matrices and with loops.

MATRIX holds the body of `layer(x, W)`. LOOPS holds what is done for each unit j of one example
`row`, ending in a value `h`; before the first unit `total = 0`.
"""

MATRIX = {
    "bias-after-activation": "return sigmoid(x @ W[1:]) + W[0]",
    "bias-forgotten": "return sigmoid(x @ W[1:])",
    "activation-skipped": "return x @ W[1:] + W[0]",
    "one-at-the-end": """
        one = np.ones((*x.shape[:-1], 1))
        return sigmoid(np.concatenate([x, one], axis=-1) @ W)""",
    "bias-subtracted": "return sigmoid(x @ W[1:] - W[0])",
    "bias-twice": "return sigmoid(with_one(x) @ W + W[0])",
    "bias-times-inputs": "return sigmoid(x @ W[1:] + x.sum(axis=-1, keepdims=True) * W[0])",
    "bias-for-every-input": "return sigmoid(sum(x[..., i, None] * W[i + 1] + W[0]"
    " for i in range(x.shape[-1])))",
    "bias-of-first-unit": "return sigmoid(x @ W[1:] + W[0, 0])",
    "bias-in-last-row": "return sigmoid(x @ W[:-1] + W[-1])",
    "bias-squashed-apart": "return sigmoid(x @ W[1:]) + sigmoid(W[0])",
    "rows-one-early": "return sigmoid(x @ W[:-1] + W[0])",
    "exponent-sign": "return 1 / (1 + np.exp(x @ W[1:] + W[0]))",
    "activation-twice": "return sigmoid(sigmoid(with_one(x) @ W))",
    "tanh-for-sigmoid": "return np.tanh(with_one(x) @ W)",
    "relu-for-sigmoid": "return np.maximum(with_one(x) @ W, 0)",
    "softmax-for-sigmoid": """
        z = with_one(x) @ W
        return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)""",
    "slope-for-value": """
        h = sigmoid(with_one(x) @ W)
        return h * (1 - h)""",
    "sigmoid-brackets": "return 1 / 1 + np.exp(-(with_one(x) @ W))",
    "sigmoid-without-one": "return 1 / np.exp(-(with_one(x) @ W))",
    "sigmoid-minus": "return 1 / (1 - np.exp(-(with_one(x) @ W)))",
    "inputs-squashed": "return sigmoid(sigmoid(x) @ W[1:] + W[0])",
    "weights-squashed": "return sigmoid(x @ sigmoid(W[1:]) + W[0])",
    "products-squashed": "return sigmoid(sigmoid(x[..., None] * W[1:]).sum(axis=-2) + W[0])",
    "squashed-in-every-step": """
        z = W[0]
        for i in range(x.shape[-1]):
            z = sigmoid(z + x[..., i, None] * W[i + 1])
        return z""",
    "weights-transposed": "return sigmoid(x @ W[1:].T + W[0])",
    "inputs-reversed": "return sigmoid(x[..., ::-1] @ W[1:] + W[0])",
    "last-input-left-out": "return sigmoid(x[..., :-1] @ W[1:-1] + W[0])",
    "first-input-left-out": "return sigmoid(x[..., 1:] @ W[2:] + W[0])",
    "weights-added": "return sigmoid((x[..., None] + W[1:]).sum(axis=-2) + W[0])",
    "products-averaged": "return sigmoid((x @ W[1:]) / x.shape[-1] + W[0])",
    "products-subtracted": "return sigmoid(W[0] - x @ W[1:])",
    "inputs-left-out": "return sigmoid(W.sum(axis=0) + 0 * x[..., :1])",
    "last-product-only": "return sigmoid(x[..., -1:] * W[-1] + W[0])",
    "sum-not-reset": "return sigmoid(np.cumsum(with_one(x) @ W, axis=-1))",
    "products-not-reset": "return sigmoid(np.cumsum(x @ W[1:], axis=-1) + W[0])",
    "weights-of-first-unit": "return sigmoid((x @ W[1:, 0])[..., None] + W[0])",
    "first-input-for-all": "return sigmoid(x[..., :1] * W[1:].sum(axis=0) + W[0])",
    "last-input-for-all": "return sigmoid(x[..., -1:] * W[1:].sum(axis=0) + W[0])",
    "units-reversed": "return sigmoid(x @ W[1:, ::-1] + W[0, ::-1])",
    "one-added-to-values": "return sigmoid((x + 1) @ W[1:] + W[0])",
    "bias-multiplied": "return sigmoid(x @ W[1:] * W[0])",
}

_SUM = """
    z = W[0, j]
    for i in range(len(row)):
        z += row[i] * W[i + 1, j]
"""
LOOPS = {
    "bias-after-activation": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = 1 / (1 + math.exp(-z)) + W[0, j]""",
    "bias-forgotten": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z)""",
    "activation-skipped": _SUM + "    h = z",
    "one-at-the-end": """
        z = 0
        for i, value in enumerate([*row, 1]):
            z += value * W[i, j]
        h = sigmoid(z)""",
    "bias-subtracted": """
        z = -W[0, j]
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z)""",
    "bias-twice": _SUM + "    h = sigmoid(z + W[0, j])",
    "bias-times-inputs": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j] + row[i] * W[0, j]
        h = sigmoid(z)""",
    "bias-for-every-input": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j] + W[0, j]
        h = sigmoid(z)""",
    "bias-of-first-unit": """
        z = W[0][0]
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z)""",
    "bias-in-last-row": """
        z = W[len(row), j]
        for i in range(len(row)):
            z += row[i] * W[i, j]
        h = sigmoid(z)""",
    "bias-squashed-apart": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z) + sigmoid(W[0, j])""",
    "rows-one-early": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[i] * W[i, j]
        h = sigmoid(z)""",
    "exponent-sign": _SUM + "    h = 1 / (1 + math.exp(z))",
    "activation-twice": _SUM + "    z = sigmoid(z)\n    h = sigmoid(z)",
    "tanh-for-sigmoid": _SUM + "    h = math.tanh(z)",
    "relu-for-sigmoid": _SUM + "    h = z if z > 0 else 0",
    "softmax-for-sigmoid": """
        powers = []
        for k in range(W.shape[1]):
            z = W[0, k]
            for i in range(len(row)):
                z += row[i] * W[i + 1, k]
            powers.append(math.exp(z))
        h = powers[j] / sum(powers)""",
    "slope-for-value": _SUM + "    h = sigmoid(z) * (1 - sigmoid(z))",
    "sigmoid-brackets": _SUM + "    h = 1 / 1 + math.exp(-z)",
    "sigmoid-without-one": _SUM + "    h = 1 / math.exp(-z)",
    "sigmoid-minus": _SUM + "    h = 1 / (1 - math.exp(-z))",
    "inputs-squashed": """
        z = W[0, j]
        for i in range(len(row)):
            z += sigmoid(row[i]) * W[i + 1, j]
        h = sigmoid(z)""",
    "weights-squashed": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[i] * sigmoid(W[i + 1, j])
        h = sigmoid(z)""",
    "products-squashed": """
        z = W[0, j]
        for i in range(len(row)):
            z += sigmoid(row[i] * W[i + 1, j])
        h = sigmoid(z)""",
    "squashed-in-every-step": """
        z = W[0, j]
        for i in range(len(row)):
            z = sigmoid(z + row[i] * W[i + 1, j])
        h = z""",
    "weights-transposed": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[i] * W[j + 1, i]
        h = sigmoid(z)""",
    "inputs-reversed": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[-1 - i] * W[i + 1, j]
        h = sigmoid(z)""",
    "last-input-left-out": """
        z = W[0, j]
        for i in range(len(row) - 1):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z)""",
    "first-input-left-out": """
        z = W[0, j]
        for i in range(1, len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z)""",
    "weights-added": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[i] + W[i + 1, j]
        h = sigmoid(z)""",
    "products-averaged": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z / len(row) + W[0, j])""",
    "products-subtracted": """
        z = W[0, j]
        for i in range(len(row)):
            z -= row[i] * W[i + 1, j]
        h = sigmoid(z)""",
    "inputs-left-out": """
        z = W[0, j]
        for i in range(len(row)):
            z += W[i + 1, j]
        h = sigmoid(z)""",
    "last-product-only": """
        for i in range(len(row)):
            z = row[i] * W[i + 1, j]
        h = sigmoid(z + W[0, j])""",
    "sum-not-reset": """
        total += W[0, j]
        for i in range(len(row)):
            total += row[i] * W[i + 1, j]
        h = sigmoid(total)""",
    "products-not-reset": """
        for i in range(len(row)):
            total += row[i] * W[i + 1, j]
        h = sigmoid(total + W[0, j])""",
    "weights-of-first-unit": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[i] * W[i + 1, 0]
        h = sigmoid(z)""",
    "first-input-for-all": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[0] * W[i + 1, j]
        h = sigmoid(z)""",
    "last-input-for-all": """
        z = W[0, j]
        for i in range(len(row)):
            z += row[-1] * W[i + 1, j]
        h = sigmoid(z)""",
    "units-reversed": """
        z = W[0, -1 - j]
        for i in range(len(row)):
            z += row[i] * W[i + 1, -1 - j]
        h = sigmoid(z)""",
    "one-added-to-values": """
        z = W[0, j]
        for i in range(len(row)):
            z += (row[i] + 1) * W[i + 1, j]
        h = sigmoid(z)""",
    "bias-multiplied": """
        z = 0
        for i in range(len(row)):
            z += row[i] * W[i + 1, j]
        h = sigmoid(z * W[0, j])""",
}

# Two slips at once, as a reader would write them.
PAIRS = {
    ("bias-forgotten", "activation-skipped"): "return x @ W[1:]",
    ("bias-forgotten", "exponent-sign"): "return 1 / (1 + np.exp(x @ W[1:]))",
    ("bias-forgotten", "tanh-for-sigmoid"): "return np.tanh(x @ W[1:])",
    ("bias-forgotten", "sigmoid-brackets"): "return 1 / 1 + np.exp(-(x @ W[1:]))",
    ("bias-forgotten", "activation-twice"): "return sigmoid(sigmoid(x @ W[1:]))",
    ("bias-forgotten", "inputs-squashed"): "return sigmoid(sigmoid(x) @ W[1:])",
    ("bias-forgotten", "inputs-reversed"): "return sigmoid(x[..., ::-1] @ W[1:])",
    ("bias-forgotten", "weights-transposed"): "return sigmoid(x @ W[1:].T)",
    ("bias-subtracted", "activation-skipped"): "return x @ W[1:] - W[0]",
    ("bias-subtracted", "tanh-for-sigmoid"): "return np.tanh(x @ W[1:] - W[0])",
    ("bias-after-activation", "tanh-for-sigmoid"): "return np.tanh(x @ W[1:]) + W[0]",
    ("bias-after-activation", "exponent-sign"): "return 1 / (1 + np.exp(x @ W[1:])) + W[0]",
    ("activation-skipped", "rows-one-early"): "return x @ W[:-1] + W[0]",
    ("activation-skipped", "inputs-squashed"): "return sigmoid(x) @ W[1:] + W[0]",
    ("exponent-sign", "rows-one-early"): "return 1 / (1 + np.exp(x @ W[:-1] + W[0]))",
    ("bias-twice", "relu-for-sigmoid"): "return np.maximum(0, with_one(x) @ W + W[0])",
}


def matrix_source(name, body):
    """The whole function, as it would stand in a cell."""
    return f"def {name}(x, W):\n" + _indented(body, 4)


def loop_source(name, body):
    """For one example or many, with loops and no product of matrices."""
    return (
        f"def {name}(x, W):\n"
        "    rows = []\n"
        "    for row in np.atleast_2d(x):\n"
        "        values, total = [], 0\n"
        "        for j in range(W.shape[1]):\n"
        f"{_indented(body, 12)}\n"
        "            values.append(h)\n"
        "        rows.append(values)\n"
        "    return rows[0] if x.ndim == 1 else rows\n"
    )


def _indented(text, by):
    import textwrap

    return textwrap.indent(textwrap.dedent(text).strip("\n"), by * " ")
