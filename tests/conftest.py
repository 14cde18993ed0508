"""What several test files share."""

import pytest

from helpers import style


@pytest.fixture
def ax():
    """Matplotlib axes in the book's style, drawn to memory."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    with style.figure_style():
        figure, axes = pyplot.subplots()
        yield axes
    pyplot.close(figure)
