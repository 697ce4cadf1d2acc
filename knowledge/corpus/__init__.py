"""Data files of the product: blueprints, templates, tools, questions."""
