"""Trust base: text types, redaction, vault, egress, access and output checks.

Responsible for every promise that must hold even when the rest of the product is wrong. Imports nothing of ours.
"""
