"""verification.rules."""
