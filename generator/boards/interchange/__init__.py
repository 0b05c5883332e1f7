"""All records in open formats, out and back: one JSON with its schema, and a CSV a kind."""
