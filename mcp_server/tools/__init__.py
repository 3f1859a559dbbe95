"""The tools and their schemas."""
