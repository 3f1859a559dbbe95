"""Benchmarks; `python -m benchmarks.protocol` compares the server with a bare server of the same SDK."""
