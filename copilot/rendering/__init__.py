"""A draft as text, Markdown, DOCX, calendar or JSON. Names come back only through the ``reveal`` each is handed."""
