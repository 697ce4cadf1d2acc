"""The system of record. The only package that imports SQLAlchemy; readers exist only behind a grant."""
