"""The protocol face of the knowledge base: a Model Context Protocol server and its command line."""
