"""The site's text as files that people can read: content/ to rows and back.

`markdown` turns rich text into Markdown, `documents` frozen states into what a file says, with the names of `keys`,
`files` that into text, `pictures` carries what pages show; `importing` decides what may be written over.
"""
