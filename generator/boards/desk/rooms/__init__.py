"""The rooms of the desk: what each shows, and what is done in it."""
