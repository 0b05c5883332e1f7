"""The desk: a local page in which the whole work of a branch is done, for this computer alone."""
