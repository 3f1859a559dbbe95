"""The resources, their list, and completions."""
