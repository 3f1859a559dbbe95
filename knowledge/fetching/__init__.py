"""What is asked for over the network, and what comes of it: see ARCHITECTURE.md."""
