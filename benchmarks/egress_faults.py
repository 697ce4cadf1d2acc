"""What leaves when something breaks: nothing. Injected faults, misspelt placeholders, encodings and false alarms.

``python -m benchmarks.egress_faults [--most N]``. Each fault breaks one part (redactor, vault's forms, scan, log) at
one stage (ingest, search, extract, prep) of a home with an endpoint engine. The endpoint is a server on loopback that
keeps every byte it is sent; what reaches the embedder is kept too. A fault that was never reached counts as not met.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

from benchmarks.figures import Figure, Ratio, Share, show
from benchmarks.loopback_endpoint import Endpoint
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for
from copilot.extracting import extract
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from copilot.snapshot import Request
from guards.access import ReadConversation, authorize
from guards.errors import EgressRefused, RedactionFailed, VaultUnreadable
from guards.leakage import Forms
from guards.pair_vault import PairVault
from guards.placeholders import mend
from guards.rampart import ONNX_ERRORS
from guards.redaction import Redaction, Redactor
from guards.text import RawText, RedactedText, mint_redacted
from guards.vault import Vault
from guards.wire_forms import readings
from guards.wire_patterns import patterns_in
from knowledge.embedding import Vector
from tests.doubles.finding import HashEmbedder
from tests.doubles.redaction import RosterRedactor
from tests.guards.disguises import DISGUISES
from tests.guards.spellings import MISSPELT

PAIR = "ada-ben"
ASKED = "The {mark} report is homework by Friday, says Ada Nwosu, ben.ortega@harbourline.example."
ERRORS: tuple[BaseException, ...] = (
    *(RedactionFailed("x"), VaultUnreadable("x"), EgressRefused("x"), RuntimeError("x"), ValueError("x")),
    *(TypeError("x"), KeyError("x"), IndexError("x"), AttributeError("x"), MemoryError(), OSError(28, "full")),
    *(TimeoutError("x"), PermissionError(13, "no"), UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), RecursionError("x")),
    *(ZeroDivisionError("x"), AssertionError("x"), StopIteration(), NotImplementedError("x"), EOFError("x")),
    *(ImportError("x"), BufferError("x"), SystemError("x"), KeyboardInterrupt(), SystemExit(3), GeneratorExit()),
    *(kind("x") for kind in ONNX_ERRORS),
)
ODD: tuple[object, ...] = (None, False, True, -1, "0", 0.0, [], {}, object())


class KeepingEmbedder(HashEmbedder):
    """Keeps the texts that it was let embed."""

    def __init__(self, world: World) -> None:
        super().__init__(check=world.door)
        self._world = world

    def embed(self, texts: Sequence[RedactedText], *, pair: str) -> list[Vector]:
        """Their vectors, when the door let them pass."""
        vectors = super().embed(texts, pair=pair)
        self._world.embedded.extend(texts)
        return vectors


class World:
    """A home with the sample programme in it, an endpoint, and all that left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.endpoint = Endpoint()
        self.embedded: list[str] = []
        self.redactor: Redactor = RosterRedactor()
        self.opened: Copilot | None = None
        self.notes = build_sample(folder / "notes").folder
        with self.copilot() as copilot:
            results = list(run(copilot, prepare(copilot, [self.notes]), options=Options()))
        if any(each.problem for each in results):
            raise SystemExit("the sample programme does not ingest")

    def copilot(self) -> Copilot:
        """The home, opened with the parts of the moment."""
        settings = read_settings(
            home=self.folder / "home", engine="endpoint", chat_model="m", openai_base_url=self.endpoint.url
        )
        self.opened = bootstrap(settings, overrides=Overrides(redactor=self.redactor, embedder=KeepingEmbedder(self)))
        return self.opened

    def door(self, texts: Sequence[RedactedText], pair: str) -> None:
        """The opened home's door."""
        if self.opened is not None:
            self.opened.door.check_texts(texts, pair=pair)

    def left(self) -> list[str]:
        """All that left so far."""
        return [*(body.decode("utf-8", "replace") for body in self.endpoint.bodies), *self.embedded]

    def forget(self) -> None:
        """Begin anew."""
        self.endpoint.bodies.clear()
        self.embedded.clear()


def ingest_stage(world: World, mark: str) -> None:
    path = world.notes / "notes" / PAIR / f"2026-11-02-{mark}.txt"
    path.write_text("\n".join([ASKED.format(mark=mark)] * 3) + "\n", encoding="utf-8")
    try:
        with world.copilot() as copilot:
            list(run(copilot, prepare(copilot, [path]), options=Options()))
    finally:
        path.unlink()


def search_stage(world: World, mark: str) -> None:
    with world.copilot() as copilot:
        grant = authorize(copilot.principal(PAIR), ReadConversation, PAIR)
        with copilot.record.vaults.open(PAIR) as vault:
            asked = copilot.redactor.redact([RawText(ASKED.format(mark=mark))], vault=vault)[0].text
        copilot.retriever.search(copilot.record.reader(grant), asked, 3, grant=grant)


def extract_stage(world: World, mark: str) -> None:
    with world.copilot() as copilot:
        vault = PairVault(PAIR, roster=copilot.programme().roster())
        text = "\n".join([ASKED.format(mark=mark)] * 3)
        extract(text, on=date(2026, 11, 2), redactor=copilot.redactor, vault=vault, engine=copilot.engine(PAIR))


def prep_stage(world: World, mark: str) -> None:
    del mark
    with world.copilot() as copilot:
        draft_for(copilot, Request(PAIR), principal=copilot.principal(PAIR))


STAGES: dict[str, Callable[[World, str], None]] = {
    "ingest": ingest_stage,
    "search": search_stage,
    "extract": extract_stage,
    "prep": prep_stage,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One part that breaks in one way at one stage."""

    stage: str
    part: str
    way: object

    def __str__(self) -> str:
        return f"{self.stage}/{self.part}/{self.way!r}"


class BrokenRedactor:
    """Breaks in one way, and remembers that it was asked."""

    policy = "broken"

    def __init__(self, way: object, reached: list[bool]) -> None:
        self._way = way
        self._reached = reached

    def redact(self, texts: Sequence[RawText], *, vault: Vault, transcript: bool = False) -> list[Redaction]:
        """Break, or answer oddly."""
        self._reached.append(True)
        if isinstance(self._way, BaseException):
            raise self._way
        good = RosterRedactor().redact(texts, vault=vault, transcript=transcript)
        return WAYS[str(self._way)]([text.unseal() for text in texts], good)  # pyright: ignore[reportReturnType]


def _half(raw: list[str], good: list[Redaction]) -> list[Redaction]:
    """The first half masked, the rest as it came."""
    return [
        Redaction(mint_redacted("\n".join([*each.text.split("\n")[:1], *text.split("\n")[1:]])), each.spans)
        if "\n" in text
        else Redaction(mint_redacted(text), ())
        for text, each in zip(raw, good, strict=True)
    ]


def _stops(raw: list[str], good: list[Redaction]) -> Iterator[Redaction]:
    yield Redaction(mint_redacted(raw[0]), good[0].spans)
    raise RuntimeError


WAYS: dict[str, Callable[[list[str], list[Redaction]], object]] = {
    "nothing": lambda _raw, _good: None,
    "no result": lambda _raw, _good: [],
    "raw strings": lambda raw, _good: raw,
    "raw in a redaction": lambda raw, _good: [Redaction(text, ()) for text in raw],  # pyright: ignore[reportArgumentType]
    "minted unmasked": lambda raw, _good: [Redaction(mint_redacted(text), ()) for text in raw],
    "half masked": _half,
    "too many": lambda raw, good: [*(Redaction(mint_redacted(text), ()) for text in raw), *good],
    "raw lines more": lambda raw, good: [Redaction(mint_redacted(f"{raw[0]}\n{good[0].text}"), ())],
    "none in a redaction": lambda _raw, good: [Redaction(None, ()) for _ in good],  # pyright: ignore[reportArgumentType]
    "a generator that stops": _stops,
    "a mapping": lambda raw, _good: dict.fromkeys(raw),
    "a number": lambda _raw, _good: 7,
    "one string": lambda raw, _good: raw[0],
    "bytes": lambda raw, _good: [text.encode() for text in raw],
    "nones": lambda raw, _good: [None for _ in raw],
    "upper case": lambda raw, _good: [Redaction(mint_redacted(text.upper()), ()) for text in raw],
    "time-out": lambda _raw, _good: _late(),
}


def _late() -> None:
    time.sleep(0.02)
    raise TimeoutError


PARTS: dict[str, str] = {
    "forms": "copilot.stores.vaults.SqlVaults.forms",
    "scan": "guards.leakage.Forms.found_in_texts",
    "readings": "guards.egress.readings",
    "patterns": "guards.egress.patterns_in",
    "log": "guards.chained_log._write",
    "seal": "guards.chained_log.write_seal",
}


def faults() -> list[Fault]:
    """Every part, way and stage that go together."""
    found = [Fault(stage, "redactor", way) for stage in ("ingest", "search", "extract") for way in (*ERRORS, *WAYS)]
    for part in PARTS:
        odd: tuple[object, ...] = () if part in {"log", "seal"} else ODD
        if part == "forms":
            odd = (None, 5, [None], [7], b"Ada", object())
        if part == "readings":
            odd = (None, 5, [None], [7], object())
        found += [Fault(stage, part, way) for stage in STAGES for way in (*ERRORS, *odd)]
    return found


def break_once(world: World, fault: Fault, number: int) -> tuple[bool, int]:
    """Whether the fault was reached, and how many calls carried something that they should not."""
    mark, reached = f"zq{number}vex", list[bool]()
    world.forget()

    def broken(*_arguments: object, **_more: object) -> object:
        reached.append(True)
        if isinstance(fault.way, BaseException):
            raise fault.way
        return fault.way

    with contextlib.ExitStack() as stack:
        if fault.part == "redactor":
            world.redactor = BrokenRedactor(fault.way, reached)
        else:
            stack.enter_context(patch(PARTS[fault.part], broken))
        with contextlib.suppress(BaseException):
            STAGES[fault.stage](world, mark)
    world.redactor = RosterRedactor()
    sent = [body.decode("utf-8", "replace") for body in world.endpoint.bodies]
    if fault.part != "redactor":
        return bool(reached), len(world.left())
    # A text that a redactor silently lets through is masked again, by what the vault knows, before it is embedded in
    # this process; to the endpoint nothing of it may go at all.
    open_names = [text for text in world.embedded if "nwosu" in text.casefold() or "@" in text]
    carried = [*(text for text in sent if mark in text.casefold()), *open_names]
    return bool(reached), len(carried)


def controls(world: World, mark: str) -> dict[str, int]:
    """With nothing broken, how many calls carry the stage's text: a harness that sees none proves nothing."""
    seen: dict[str, int] = {}
    for name, stage in STAGES.items():
        world.forget()
        stage(world, mark)
        seen[name] = sum(name == "prep" or mark in text for text in world.left())
    return seen


def fault_figures(most: int) -> list[Figure]:
    every = faults()
    chosen = [every[at * len(every) // most] for at in range(min(most, len(every)))] if most < len(every) else every
    folder = Path(tempfile.mkdtemp())
    reached = calls = 0
    try:
        world = World(folder)
        seen = controls(world, "zqbeforevex")
        for number, fault in enumerate(chosen, 1):
            was, carried = break_once(world, fault, number)
            reached += was
            calls += bool(carried)
            if carried or not was:
                print(f"    {fault}: reached {was}, {carried} calls")
        whole = sum(count > 0 for count in controls(world, "zqaftervex").values())
        world.endpoint.server.shutdown()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Share(
            "stages whose calls the recorder sees with nothing broken",
            min(whole, sum(map(bool, seen.values()))),
            4,
            least=1,
        ),
        Share("injected faults that were reached", reached, len(chosen), least=1),
        Share("injected faults after which a call was made", calls, len(chosen), most=0),
    ]


def placeholder_figures() -> list[Figure]:
    known = {"<PERSON_1>", "<PERSON_12>", "<EMAIL_ADDRESS_1>", "<ORGANIZATION_3>"}
    right = asked = 0
    for mark in sorted({*known, "<PERSON_9>", "<ORGANIZATION_1>"}):
        kind, _, number = mark.strip("<>").rpartition("_")
        for write in MISSPELT.values():
            done = mend(f"Ask {write(kind, number)} about it", known=known)
            asked += 1
            right += (mark in done.text and not done.unsure) if mark in known else len(done.unsure) == 1
    return [Share("misspelt placeholders restored or, if unknown, reported", right, asked, least=1)]


def encoding_figures() -> list[Figure]:
    names = ("Ada Nwosu", "Benedikt Okafor", "Łukasz Žižek", "José García", "Oluwaseun Adeyemi-Cole", "Иван Петров")
    shapes = ("x.y@corp.example", "DE89370400440532013000", "4111111111111111", "512-34-6789", "+442079460958")
    forms = Forms(names)
    bodies = [(write(name), name) for name in names for write in DISGUISES.values()]
    caught = sum(forms.found_in(json.dumps({"text": f"x {body} y"}).encode()) == 1 for body, _ in bodies)
    told = [write(shape) for shape in shapes for key, write in DISGUISES.items() if key != "look-alikes"]
    found = sum(patterns_in(readings(json.dumps({"text": f"x {body} y"}))) > 0 for body in told)
    return [
        Share("names caught, by encoding", caught, len(bodies), least=1),
        Share("addresses and numbers caught, by encoding", found, len(told), least=1),
    ]


def alarm_figures() -> list[Figure]:
    """Redacted calls of the sample that the door stopped, and what the scan takes of 20 kB beside a call of 1 s."""
    folder = Path(tempfile.mkdtemp())
    try:
        world = World(folder)
        with world.copilot() as copilot:
            for pair in copilot.programme().pairs:
                draft_for(copilot, Request(pair.id), principal=copilot.principal(pair.id))
        lines = (folder / "home" / "egress.jsonl").read_text("utf-8").splitlines()
        world.endpoint.server.shutdown()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    stopped = sum('"verdict": "refused' in line for line in lines)
    body = json.dumps({"text": "The team agreed to label 200 claims by Friday (CLM-12).\n" * 340}).encode()
    forms = Forms(f"Qx{at}a Zy{at}b" for at in range(300))
    forms.found_in(body)
    began = time.perf_counter()
    for _ in range(20):
        texts = readings(body.decode())
        forms.found_in_texts(texts)
        patterns_in(texts)
    milliseconds = (time.perf_counter() - began) / 20 * 1000
    return [
        Share("calls of the sample programme stopped without a reason", stopped, len(lines), most=0),
        Ratio(f"scan of {len(body)} bytes, ms", milliseconds, 20),
    ]


def figures(most: int = 500) -> list[Figure]:
    """All of it; ``most`` bounds the faults, spread evenly over parts, ways and stages."""
    return [*fault_figures(most), *placeholder_figures(), *encoding_figures(), *alarm_figures()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=500)
    raise SystemExit(0 if show("== the egress door", figures(options.parse_args().most)) else 1)


if __name__ == "__main__":
    main()
