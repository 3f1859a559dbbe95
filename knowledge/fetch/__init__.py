"""Polite HTTP to public addresses: URL policy, IP ranges, robots.txt, throttling, proxies, bounded responses."""
