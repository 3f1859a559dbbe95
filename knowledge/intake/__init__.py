"""The bytes of a file or page -> a document, or why not. Knows nothing of stores, and nothing here is loaded by a start."""
