"""Branch Boards: records of a Party branch, poured into a site, posters and write-ups."""
