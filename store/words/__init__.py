"""Text: normalise, bigrams, numbers, dates and ranges, holidays, name matching."""
