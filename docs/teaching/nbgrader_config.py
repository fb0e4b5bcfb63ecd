"""How nbgrader makes an exercise from its solution: dots to fill in, and no error before one has begun."""

c = get_config()  # noqa: F821 (nbgrader gives it)

c.ClearSolutions.code_stub = {
    "python": "# Put your number, or a sum, in place of the dots. Run this cell, and then the next one."
}
c.ClearSolutions.text_stub = "Write your answer here: double-click this line first."
