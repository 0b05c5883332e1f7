"""What the papers to sign say."""
