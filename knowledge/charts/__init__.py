"""What pictures of counts and costs show; how they look is `mcp_server/drawing`'s. Nothing here is loaded by a start."""
