"""What reads what comes from outside in a process of its own, which a hostile file may break."""
