"""Knowledge out of the library and in again, as files: what is written here knows no store."""
