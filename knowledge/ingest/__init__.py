"""Articles from files, web pages, PDFs and feeds: media types, charsets, metadata, dates, the parser sandbox, feed polling."""
