"""Feeds that are watched, and what is new in them. Nothing here is loaded by a start."""
