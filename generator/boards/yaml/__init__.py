"""Strict YAML: text with positions, every fault told apart."""
