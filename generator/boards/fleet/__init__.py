"""A fleet: all branches of a group, each a site of its own, and one portal over them."""
