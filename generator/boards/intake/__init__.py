"""What a branch has already, brought in: tables, write-ups, photos and pages, as proposals."""
