"""How much our server costs beside a bare server of the same SDK. `python -m benchmarks.protocol` measures it."""
