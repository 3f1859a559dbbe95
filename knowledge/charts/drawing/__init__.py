"""SVG and PNG of a bar chart: layout, axis, legend, colours and patterns, font."""
