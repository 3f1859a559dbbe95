"""Full-text and semantic search over claims and passages: index, query, ranking, coverage, thresholds, embeddings, fusion."""
