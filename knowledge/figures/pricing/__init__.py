"""List prices of models and workloads from `genai-prices`: model names, providers, conditions, prices."""
