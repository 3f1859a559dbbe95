"""Numbers with units and bounds, read from Korean and English text and written back: numerals, scales, units, currencies.

A unit, a scale (만, 억) or a word for a bound (이상, "less than") that is not read is added here.
"""
