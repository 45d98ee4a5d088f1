"""Search: words that people type, in, and the pages that answer, out.

`indexing` writes an entry for each live page and each other place; `folding` makes words of text, of entries and of
what is typed alike; `understanding` makes terms of those words, with `synonyms` and `spelling`; `backends` has the
database find entries with these terms, and `ranking` puts them in order, in the same one on every database.
"""
