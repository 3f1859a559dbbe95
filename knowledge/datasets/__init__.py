"""Epoch AI's model tables: parsing, country names, counting rules, vintages on disk, synchronisation, packaged recounts."""
