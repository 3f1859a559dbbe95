"""What pictures of counts and costs show; how they look is `drawing`'s. Nothing here is loaded by a start."""
