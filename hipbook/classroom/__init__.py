"""A class measures together, and a teacher reads what was handed in."""
