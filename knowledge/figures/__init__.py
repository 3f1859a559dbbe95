"""Figures that a sceptic would sign: what models are called, and what they cost. Nothing here is loaded by a start."""
