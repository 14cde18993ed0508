"""The two commands of the book, written with the standard library only.

``cli`` reads the command line, ``environment`` decides whether `.venv` is good, ``install`` makes
it so, ``handover`` starts JupyterLab, pytest or a command of ours inside it. ``serve`` and
``inside`` are what runs there.
"""
