"""What reading and finding can refuse.

KnowledgeError
├── Unreadable        one file could not be read: empty, wrong encoding, encrypted, truncated, too big, not what it says
├── CorpusInvalid     a bundled or own data file (blueprint, tool, lexicon) does not hold together
└── IndexUnavailable  the vector index cannot be opened or does not match the record: rebuild it

Messages name what and what to do; never a line of a note. The caller adds the file's name.
"""


class KnowledgeError(Exception):
    """Reading or finding failed."""


class Unreadable(KnowledgeError):
    """One file cannot be read; it leaves no trace and the others go on."""


class CorpusInvalid(KnowledgeError):
    """A data file breaks its own schema."""


class IndexUnavailable(KnowledgeError):
    """The vector index cannot serve; the record is whole and the index can be rebuilt from it."""
