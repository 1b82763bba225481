"""What the findings are worth: datasets with labels, counts, tables."""
