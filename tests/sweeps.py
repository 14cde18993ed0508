"""Reading a lab's sweep as the browser does."""

import numpy as np


def look_up(found: dict, slider: int, position: int) -> list[float]:
    """The state, with the numbers that this slider moves put in."""
    row = found["rows"][slider]
    data = np.frombuffer(found["data"], f"<f{found['bytes']}").astype(float)
    state = list(found["state"])
    for m, quantity in enumerate(row["moves"]):
        state[quantity] = data[row["start"] + m * (row["steps"] + 1) + position]
    return state
