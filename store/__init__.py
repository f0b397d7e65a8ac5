"""Reports: from a file to rows, and from rows to records."""
