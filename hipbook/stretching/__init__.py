"""Stretch: what there is to do (catalog) and in which order it is done (routine)."""
