"""How nbgrader makes the readers' notebooks from the solved ones.

In this folder, `nbgrader generate_assignment solutions` writes release/solutions/, cell for cell
what is in chapters/. In a course of your own, copy this file into the course's folder and the
notebooks of solutions/ to source/NAME/; then `nbgrader generate_assignment NAME`.
"""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader provides it)

# Here the assignment is the folder solutions/ itself; a course keeps its assignments in source/.
if Path("solutions", "source").is_dir():
    c.CourseDirectory.source_directory = "."

# Never hand out the texts from which both notebooks are built: they hold the answers.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.md"]

c.ClearSolutions.begin_solution_delimeter = "### BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "### END SOLUTION"
c.ClearSolutions.code_stub = {"python": "...  # your code here"}
