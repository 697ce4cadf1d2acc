"""The composition root: from settings to a working copilot, every part replaceable by keyword.

Production, tests, evals, benchmarks and the command line all come through here. Parts that are slow to load
(redactor, embedder, index, engine) are built when first asked for, so a command pays only for what it uses.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from copilot.errors import NotFound
from copilot.home import Home, audit_log
from copilot.principals import Standing, principal_as, principal_for, viewer
from copilot.programme import Programme
from copilot.settings import Settings, forget_tracing
from copilot.stores.protocols import Record
from copilot.token_log import LoggedTokens
from copilot.tokens import TokenStore
from copilot.weights import SmallWeights, local_model, small_weights, weights_folder
from guards.access import Principal, RevealNames, Role, authorize
from guards.audit_log import Act, AuditLog, Entry
from guards.call_log import CallLog
from guards.consent import Consents, Purpose
from guards.egress import EgressDoor
from guards.errors import RedactionFailed
from guards.held import pair_opted_in
from guards.log_seal import SEALER

if TYPE_CHECKING:
    from pathlib import Path

    from copilot.engines.protocol import Engine
    from guards.keys import Keyring
    from guards.redaction import Redactor
    from knowledge.corpus_files import Corpus
    from knowledge.embedding import Embedder
    from knowledge.index import VectorIndex
    from knowledge.retrieval import Retriever

_CALL_SECONDS = 60.0
_ON_THIS_MACHINE = frozenset({"rules", "local"})


@dataclass(frozen=True, slots=True)
class Overrides:
    """Parts to use instead of those the settings would give; for tests, evals and benchmarks."""

    redactor: Redactor | None = None
    embedder: Embedder | None = None
    engine: Engine | None = None
    today: Callable[[], date] = field(default=lambda: datetime.now(UTC).date())


class Copilot:
    """A home, opened; a context manager that lets it go."""

    def __init__(self, settings: Settings, home: Home, record: Record, overrides: Overrides, keyring: Keyring) -> None:
        self.settings = settings
        self.home = home
        self.record = record
        self._overrides = overrides
        self.keyring = keyring
        self._engines: dict[tuple[str, bool], Engine] = {}
        self._revealed: set[tuple[str, str]] = set()

    def __enter__(self) -> Copilot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the home go."""
        with ExitStack() as parts:  # the last is let go first, and each whatever became of the others
            parts.callback(self.home.close)
            parts.callback(self.record.close)
            if "index" in self.__dict__ and self.index is not None:
                parts.callback(self.index.close)  # its files hold more than vectors until then

    @cached_property
    def door(self) -> EgressDoor:
        """The egress door, which knows every form of the home's vaults."""
        log = CallLog(self.home.egress_log, key=lambda: self.keyring.key(SEALER))
        return EgressDoor(self.record.vaults.forms, log=log, policy=self._policy)

    @cached_property
    def audit(self) -> AuditLog:
        """The audit log of the home."""
        return AuditLog(audit_log(self.home.path), keyring=self.keyring)

    @cached_property
    def tokens(self) -> TokenStore:
        """The access tokens; what is issued, revoked and used up is logged."""
        return LoggedTokens(self.record.tokens, self.audit)

    def _policy(self) -> str:
        """The redaction policy, where this process has a redactor; building one only to say so would take seconds."""
        return self.redactor.policy if "redactor" in vars(self) else ""

    @cached_property
    def redactor(self) -> Redactor:
        """Roster, house rules and, where its weights are installed, Rampart.

        Raises:
            RedactionFailed: the model's weights are there and do not load.
        """
        if self._overrides.redactor is not None:
            return self._overrides.redactor
        from guards.presidio import build_redactor  # noqa: PLC0415 - Presidio takes two seconds to load

        return build_redactor(ner=self._small.rampart)

    @property
    def masks_unlisted_names(self) -> bool:
        """Whether the redactor can see names that no roster lists; without its weights it cannot."""
        return self._overrides.redactor is not None or self._small.rampart is not None

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedding model, or ``None`` where it is not installed: search then goes by words alone."""
        if self._overrides.embedder is not None:
            return self._overrides.embedder
        if self._small.minilm is None:
            return None
        from knowledge.embedding import MiniLmEmbedder  # noqa: PLC0415 - as above

        return MiniLmEmbedder(
            self._small.minilm, check=lambda texts, pair: self.door.check_texts(texts, pair=pair), threads=2
        )

    @cached_property
    def index(self) -> VectorIndex | None:
        """The vector index, or ``None`` without an embedder.

        Raises:
            IndexUnavailable: it does not open; the record is whole and the index can be rebuilt from it.
        """
        if self.embedder is None:
            return None
        from knowledge.index import ChromaIndex  # noqa: PLC0415 - as above

        if self.settings.chroma_url:
            return ChromaIndex.served(self.settings.chroma_url, embedder=self.embedder.digest)
        return ChromaIndex.embedded(self.home.vectors, embedder=self.embedder.digest)

    @cached_property
    def corpus(self) -> Corpus:
        """Blueprints, tools and questions, read and checked once."""
        from knowledge.corpus_files import load_corpus  # noqa: PLC0415 - as above

        return load_corpus()

    @cached_property
    def retriever(self) -> Retriever:
        """Search within one pair."""
        from knowledge.retrieval import Retriever  # noqa: PLC0415 - as above

        return Retriever(embedder=self.embedder, index=self.index)

    def engine(self, pair: str) -> Engine:
        """The engine for a pair, as the settings choose it; the door looks for that pair's names in every call.

        Raises:
            Usage: an endpoint is set without a model to ask for.
            ModelUnavailable: the local model was asked for and is not installed.
            RedactionFailed: an endpoint would be sent texts in which unlisted names may stand.
        """
        if self._overrides.engine is not None:
            return self._overrides.engine
        outside = self.endpoint_allowed(pair)
        if (pair, outside) not in self._engines:
            from copilot.engines.fallback import FallbackEngine  # noqa: PLC0415 - as above
            from copilot.engines.selection import build_engine  # noqa: PLC0415 - as above
            from guards.egress_http import HttpDoor  # noqa: PLC0415 - as above

            door = HttpDoor(self.door, timeout=_CALL_SECONDS)
            model = local_model(self.settings)
            chosen = self.settings if outside else self.settings.without_endpoint()
            built = build_engine(chosen, door=door, pair=pair, weights=model)
            if built.name == "endpoint" and not self.masks_unlisted_names:
                raise RedactionFailed(
                    "the name model is missing, so only listed names are masked and nothing is sent to an endpoint:"
                    " run coach model install --small, then coach ingest again; or use --engine rules"
                )
            self._engines[pair, outside] = built if built.name == "rules" else FallbackEngine(built)
        return self._engines[pair, outside]

    def engine_name(self, pair: str) -> str:
        """Which engine would serve a pair, without loading it: ``rules`` drafts at once, a model takes its time."""
        if self._overrides.engine is not None:
            return self._overrides.engine.name
        from copilot.engines.selection import chosen  # noqa: PLC0415 - as above

        settings = self.settings if self.endpoint_allowed(pair) else self.settings.without_endpoint()
        return chosen(settings, local_model=local_model(settings)).name

    def opted_in(self, pair: str, *, engine: str = "rules") -> bool:
        """Whether the pair has opened its sensitive passages to drafts by this engine, as of now.

        An engine that is not known to stay on this machine counts as an endpoint.

        Raises:
            NotFound: the programme has no such pair.
        """
        known = self.programme().pair(pair)
        if known is None:
            raise NotFound(f"no pair {pair} in the programme: see the ids under `pairs` in programme.yaml")
        both = (known.mentor, known.mentee)
        return pair_opted_in(self.consents, both, endpoint=engine not in _ON_THIS_MACHINE)

    def programme(self) -> Programme:
        """The programme of this home.

        Raises:
            NotFound: none was read yet.
        """
        programme = self.record.programmes.load()
        if programme is None:
            raise NotFound(
                f"the home {self.home.path} has no programme yet: run coach ingest on a folder that has a"
                " programme.yaml, or name another --home (make demo uses --home demo)"
            )
        return programme

    def principal(self, pair: str, role: Role = Role.MENTOR_COACH) -> Principal:
        """Who holds the role in the pair.

        Raises:
            NotFound: no such pair, or nobody holds the role in it.
        """
        return principal_as(self.programme(), pair_id=pair, role=role, standing=self.standing)

    def person(self, person_id: str) -> Principal:
        """A person by id, with their role in each pair.

        Raises:
            NotFound: the programme has no such person.
        """
        return principal_for(self.programme(), person_id=person_id, standing=self.standing)

    def viewer(self, pair: str, who: str) -> Principal:
        """A person by id, or a role, in a pair.

        Raises:
            NotFound: no such pair or person, or nobody holds the role.
        """
        return viewer(self.programme(), pair_id=pair, who=who, standing=self.standing)

    @property
    def today(self) -> date:
        """The day on which papers must be signed and views are given."""
        return self._overrides.today()

    @property
    def consents(self) -> Consents:
        """Everybody's last word on each purpose, read anew each time so that a withdrawal counts at once."""
        return Consents(self.record.consents.words())

    @property
    def standing(self) -> Standing:
        """What opens and closes pairs now."""
        return Standing(self.today, self.consents)

    def endpoint_allowed(self, pair: str) -> bool:
        """Whether both people of the pair allow a model outside this machine."""
        programme = self.record.programmes.load()
        if programme is None:
            return True  # nobody has said anything yet, and there is nothing of theirs to send
        known = programme.pair(pair)
        people = (known.mentor, known.mentee) if known else ()
        return self.consents.pair_allows(people, Purpose.ENDPOINT_MODEL)

    def reveal(self, pair: str, principal: Principal) -> Callable[[str], str]:
        """A function that puts a pair's names back, for somebody who may see them.

        Raises:
            NotPermitted: the principal may not see names of this pair.
        """
        grant = authorize(principal, RevealNames, pair)
        if (pair, principal.person) not in self._revealed:  # once for each opening of the home
            self.audit.append(Entry(Act.REVEAL, pair, principal.person, grant.role.value))
            self._revealed.add((pair, principal.person))
        with self.record.vaults.open(pair) as vault:
            opened = vault
        return lambda text: opened.restore(text, grant)

    @cached_property
    def _small(self) -> SmallWeights:
        return small_weights(weights_folder(self.settings))


def bootstrap(settings: Settings, *, overrides: Overrides | None = None, purpose: str = "coach") -> Copilot:
    """Open the home that the settings name.

    Raises:
        HomeInUse: another process owns it.
        StoreUnavailable: its record cannot be opened.
    """
    from copilot.stores.sql import open_record  # noqa: PLC0415 - SQLAlchemy takes a third of a second to load

    forget_tracing()
    home = Home.opened(settings.home, purpose=purpose)
    try:
        keyring = keyring_of(settings, home.keys)
        record = open_record(settings.database_url or home.database, keyring=keyring)
    except BaseException:
        home.close()
        raise
    return Copilot(settings, home, record, overrides or Overrides(), keyring)


def keyring_of(settings: Settings, folder: Path) -> Keyring:
    """The keyring of a home, with the master key from the settings or from its own file.

    Raises:
        VaultUnreadable: the master key cannot be had, or others may read its file.
    """
    from guards.keys import Keyring  # noqa: PLC0415 - as above
    from guards.master_key import master_key  # noqa: PLC0415 - as above

    text = settings.master_key.get_secret_value() if settings.master_key else None
    return Keyring(folder, master=master_key(text=text, command=settings.master_key_command))
