"""How models misspell placeholders, by name: from type and number to what they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

MISSPELT: Final[Mapping[str, Callable[[str, str], str]]] = {
    "space": lambda kind, number: f"<{kind} {number}>",
    "bare": lambda kind, number: f"{kind}_{number}",
    "bare lower": lambda kind, number: f"{kind.lower()}_{number}",
    "lower": lambda kind, number: f"<{kind.lower()}_{number}>",
    "title": lambda kind, number: f"<{kind.title()}_{number}>",
    "title space": lambda kind, number: f"<{kind.title().replace('_', ' ')} {number}>",
    "entities": lambda kind, number: f"&lt;{kind}_{number}&gt;",
    "numbered entities": lambda kind, number: f"&#60;{kind}_{number}&#x3e;",
    "escaped": lambda kind, number: f"\\u003c{kind}_{number}\\u003e",
    "possessive": lambda kind, number: f"{kind}_{number}'s",
    "square": lambda kind, number: f"[{kind}_{number}]",
    "square space": lambda kind, number: f"[{kind.lower()} {number}]",
    "curly": lambda kind, number: f"{{{kind}_{number}}}",
    "bold": lambda kind, number: f"**{kind}_{number}**",
    "code": lambda kind, number: f"`{kind}_{number}`",
    "markdown": lambda kind, number: f"\\<{kind}\\_{number}\\>",
    "full width": lambda kind, number: f"＜{kind}＿{number}＞",
    "all full width": lambda kind, number: "".join(chr(ord(sign) + 0xFEE0) for sign in f"<{kind}_{number}>"),
    "guillemets": lambda kind, number: f"«{kind}_{number}»",
    "corner": lambda kind, number: f"〈{kind}_{number}〉",
    "zeros": lambda kind, number: f"<{kind}_0{number}>",
    "line break": lambda kind, number: f"<{kind}_\n{number}>",
    "line break before": lambda kind, number: f"<{kind}\n_{number}>",
    "padded": lambda kind, number: f"< {kind}_{number} >",
    "hyphen": lambda kind, number: f"<{kind}-{number}>",
    "joined": lambda kind, number: f"<{kind}{number}>",
    "number sign": lambda kind, number: f"<{kind} #{number}>",
    "colon": lambda kind, number: f"<{kind}:{number}>",
    "twice": lambda kind, number: f"<<{kind}_{number}>>",
    "tag": lambda kind, number: f"<{kind}_{number}/>",
    "closing tag": lambda kind, number: f"</{kind}_{number}>",
    "open": lambda kind, number: f"<{kind}_{number}",
    "closed": lambda kind, number: f"{kind}_{number}>",
    "invisible": lambda kind, number: f"<{kind}\u200b_{number}\u200b>",
}
