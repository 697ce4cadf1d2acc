"""What is spread unevenly over a whole cohort, from a table that people gave of their own will. Never a verdict.

The table stays outside the home and outside every draft: it is read, counted and forgotten. No group of fewer than ten
is shown or compared.
"""
