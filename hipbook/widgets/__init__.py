"""Widgets: what the browser is told, and what it tells back; the rules live elsewhere."""
