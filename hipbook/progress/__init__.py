"""What was done and measured: the log, its reader, and what can be concluded from it."""
