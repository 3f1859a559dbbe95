"""Words from outside that want to have an effect, taken through everything."""
