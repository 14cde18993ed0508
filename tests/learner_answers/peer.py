"""PyTorch, where it is installed: loaded when it is first used, since that takes seconds."""

import importlib
import importlib.util


class Peer:
    """Stands for a module until one of its names is asked for."""

    def __init__(self, name):
        self.name = name

    def load(self):
        """The module. Within a check, loading would count for the check's time and memory."""
        return importlib.import_module(self.name)

    def __getattr__(self, attribute):
        return getattr(self.load(), attribute)


torch = Peer("torch") if importlib.util.find_spec("torch") else None
