"""Index terms of Korean and English text: tokens, stop words, stems, Hangul, Hanja, sounds, misspellings, names of the lexicon."""
