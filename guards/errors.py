"""What a guard can refuse, and the tree of it.

GuardError
├── RawTextExposed        something tried to print, format, log or pickle raw text
├── RedactionFailed       the redactor erred or timed out: no model call follows
├── EgressRefused         the exact bytes of a call held a known form: nothing was sent
├── AuditUnwritable       the audit log cannot be kept: the act is not acknowledged
├── PlaceholderUnknown    a text carries a placeholder that the pair's vault never minted
├── VaultUnreadable       the vault's bytes do not open with this key
├── NotSignedIn           no token came that is good here; the message never holds it
├── NotPermitted          this principal may not do this here
│   └── ClosedToModels    the pair allows no model outside this machine
├── WallBreached          a store gave back what its filter should have kept out: nothing was shown
└── Unsupported           a claim is not carried by the lines it cites

Messages hold ids, counts and positions; never the text that was guarded.
"""


class GuardError(Exception):
    """A guard refused; nothing left the machine and nothing was stored."""


class RawTextExposed(GuardError):
    """Raw text was about to be printed, formatted, logged or pickled."""


class RedactionFailed(GuardError):
    """Redaction did not finish; the caller must not go on with the text."""


class EgressRefused(GuardError):
    """The bytes of an outgoing call held a known personal form."""


class AuditUnwritable(GuardError):
    """A line of the audit log could not be made durable, or does not read."""


class PlaceholderUnknown(GuardError):
    """A placeholder has no entry in the pair's vault."""


class VaultUnreadable(GuardError):
    """The vault could not be opened with the key at hand."""


class NotSignedIn(GuardError):
    """Nobody is known by what came: no token, or none that is good here."""


class NotPermitted(GuardError):
    """The principal lacks the permission on the resource."""


class ClosedToModels(NotPermitted):
    """Somebody of the pair withdrew consent to a model outside this machine."""


class WallBreached(GuardError):
    """The check after a filtered read found something that the filter should have kept out; nothing was shown."""


class Unsupported(GuardError):
    """A claim's owner, date, number, ticket or quote is not in its cited lines."""
