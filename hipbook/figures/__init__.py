"""Pictures of the data: DataFrame in, matplotlib Figure out, and beside each its words and its table."""
