"""All records of a branch: the folder they stand in, reading it, finding them by name."""
