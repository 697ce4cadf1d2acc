"""The HTTP service: an API under ``/api/v1`` and the pages at ``/`` that do the same.

An entry point like the command line: it authenticates, asks the product, and shows. Refuses to decide who may see
what (``guards.access`` does) and to word anything of its own about a note.
"""
