"""Reading and finding: documents in, passages with line locators out, and search over them.

Refuses to know who may see what beyond the audience it is handed, and never holds raw text in an index.
"""
