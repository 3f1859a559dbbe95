"""Tests of the answers to questions."""
