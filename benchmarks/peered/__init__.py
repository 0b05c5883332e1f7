"""The generators beside which ours is timed, and the same site as each of them wants it."""
