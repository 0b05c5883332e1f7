"""Releases: whole sites beside one another, of which exactly one stands where readers look."""
