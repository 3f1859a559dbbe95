"""What changes a library: texts in, claims in, claims that no longer stand, and whole exports in and out."""
