"""What models are called, and what makers and resellers ask for them. Nothing here is loaded by a start."""
