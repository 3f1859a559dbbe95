"""Bar charts of counts and costs as values: panels, series, bars, footnotes. Their look is in `drawing`."""
