"""verification.readers."""
