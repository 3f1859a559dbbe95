"""Claims drafted in bulk: a language model that the user names reads the library's articles, and the gate lets in what they bear out."""
