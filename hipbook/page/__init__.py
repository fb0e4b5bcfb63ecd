"""The player on a page of its own: one address, no notebook and no kernel."""
