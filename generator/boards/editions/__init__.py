"""Who may see what: circles, surfaces, and what of a faulty board can still be shown."""
