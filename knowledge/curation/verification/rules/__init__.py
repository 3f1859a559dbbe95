"""Rules that compare a draft with what the readers find in its article; each yields findings."""
