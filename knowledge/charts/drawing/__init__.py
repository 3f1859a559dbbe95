"""Pictures: how values of `knowledge.charts.bars` look, as SVG and PNG. Needs the extra `charts`; no start loads it."""
