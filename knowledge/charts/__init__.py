"""Bar charts of counts and costs as values: panels, series, bars, footnotes. `drawing` renders them."""
