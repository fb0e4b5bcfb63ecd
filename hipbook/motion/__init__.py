"""The body as pure numbers: angles, and the points they put it at; no widget, figure, file or clock."""
