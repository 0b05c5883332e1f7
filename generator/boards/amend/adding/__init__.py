"""Adding a record by questions: what is asked, what may be answered, and writing it."""
