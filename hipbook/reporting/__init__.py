"""The report for a clinician or teacher: the log in figures, words and tables, as one HTML page or a PDF."""
