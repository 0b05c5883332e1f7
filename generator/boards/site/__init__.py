"""The showcase site: what stands around its pages, and what it consists of."""
