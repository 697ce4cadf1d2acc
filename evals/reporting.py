"""The report of a run: one HTML file that opens without a server, the same as Markdown and JSON, and JUnit for a CI.

Verdict and reasons first, failing cases next. Texts of sets that are kept apart are not in it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from evals.case import Suite, cards_of
from evals.gate import Finding, Gated, policy_of
from evals.results import Results, Row, by_metric, value_of

_SHOWN: Final = 25
"""Failing cases written out for each metric; the rest are in ``results.json``."""
_WORDS: Final = {
    "PASS": "Pass: every gated metric holds.",
    "REFUSED": "Do not roll out. Reasons:",
    "TOO_FEW": "Too few cases to say.",
}
_BY_STYLE: Final = ("attribution", "open_found", "owner_and_due_right")


def write_report(run: Results, gated: Gated, folder: Path) -> Path:
    """``report.html`` and ``.md``, ``report.json``, ``gate.json``, ``junit.xml`` in a folder; the page's path."""
    page = folder / "report.html"
    page.write_text(html(run, gated), "utf-8")
    (folder / "report.md").write_text(markdown(run, gated), "utf-8")
    (folder / "gate.json").write_text(json.dumps(gate_shape(gated), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "junit.xml").write_text(junit(run, gated), "utf-8")
    (folder / "report.json").write_text(json.dumps(report_shape(run, gated), ensure_ascii=False) + "\n", "utf-8")
    return page


def report_shape(run: Results, gated: Gated) -> dict[str, Any]:
    """The page as plain values, for whoever shows it elsewhere; of sets kept apart, no text either."""
    based = {each.metric: each.base for each in gated.findings}
    metrics = [
        {**each.model_dump(exclude={"set", "scorer"}), "metric": f"{each.set}/{each.scorer}",
         "base": based.get(f"{each.set}/{each.scorer}")}
        for each in run.metrics
    ]  # fmt: skip
    groups = [{**each, "rows": [_row_shape(row, apart=bool(each["apart"])) for row in each["rows"]]}
              for each in _groups(run, {each.metric: each for each in gated.findings})]  # fmt: skip
    held = [
        {"metric": each.metric, "too_few": each.too_few, "reasons": list(each.reasons)} for each in gated.findings
    ]  # fmt: skip
    return {
        "suite": run.suite, "engine": run.engine, "verdict": gated.verdict.name.lower(), "changed": list(gated.changed),
        "notes": list(gated.notes), "findings": held, "metrics": metrics, "failing": groups,
    }  # fmt: skip


def _row_shape(row: Row, *, apart: bool) -> dict[str, Any]:
    shown = row.model_dump(include={"unit", "style", "reason", "error", "text", "wanted", "got", "spans"})
    return {**shown, "text": "", "wanted": "", "got": "", "reason": "", "spans": []} if apart else shown


def gate_shape(gated: Gated) -> dict[str, Any]:
    """The verdict as plain values."""
    return {
        "verdict": gated.verdict.name.lower(), "exit": int(gated.verdict), "changed": list(gated.changed),
        "notes": list(gated.notes), "findings": [asdict(each) for each in gated.findings],
    }  # fmt: skip


def html(run: Results, gated: Gated) -> str:
    """The page; whatever a case holds is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["marked"] = _marked
    environment.filters["breakable"] = _breakable
    bounds, by_name = policy_of(), {each.metric: each for each in gated.findings}
    metrics: list[dict[str, Any]] = []
    for each in run.metrics:
        name = f"{each.set}/{each.scorer}"
        finding, bound = by_name.get(name), bounds.get(name)
        change = finding.change if finding else None
        metrics.append(
            {"m": each, "base": finding.base if finding else None, "floor": bound.floor if bound else None,
             "detectable": change.detectable if change else None}
        )  # fmt: skip
    return environment.get_template("report.html.j2").render(
        title=f"Evaluation, suite {run.suite}", run=run, gated=gated, words=_WORDS, metrics=metrics,
        base=any(each.base is not None for each in gated.findings),
        failing=[each for each in gated.findings if each.reasons],
        few=[each for each in gated.findings if each.too_few and not each.reasons], groups=_groups(run, by_name),
        kinds=_kinds(run, gated),
        styles=_styles(run.rows), style_scorers=_BY_STYLE, cards=cards_of(Suite(run.suite)),
    )  # fmt: skip


def markdown(run: Results, gated: Gated) -> str:
    """The same in short, for a ticket or a pull request."""
    lines = [f"# Evaluation, suite {run.suite}, engine {run.engine}", "", f"**{_WORDS[gated.verdict.name]}**", ""]
    lines += [
        f"- {each.metric}{' (dangerous)' if each.dangerous else ''}: {'; '.join(each.reasons)}"
        for each in gated.findings
        if each.reasons
    ]
    lines += [f"- {each.metric}: {each.too_few}" for each in gated.findings if each.too_few and not each.reasons]
    lines += [
        *(f"- {each}" for each in gated.notes),
        "",
        "| Metric | Mean | 95 % interval | n | Errors |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.set}/{each.scorer} | {each.mean:.3f} | {each.low:.3f} to {each.high:.3f} | {each.n} | {each.errors} |"
        for each in run.metrics
    ]
    return "\n".join(lines) + "\n"


def junit(run: Results, gated: Gated) -> str:
    """One test case for each gated metric, as CI systems read it."""
    failures = sum(bool(each.reasons) for each in gated.findings)
    few = sum(bool(each.too_few) and not each.reasons for each in gated.findings)
    suite = ET.Element(
        "testsuite",
        name=f"coach eval {run.suite}",
        tests=str(len(gated.findings)),
        failures=str(failures),
        errors=str(few),
    )
    for each in gated.findings:
        case = ET.SubElement(suite, "testcase", classname=f"evals.{run.suite}", name=each.metric)
        if each.reasons:
            ET.SubElement(case, "failure", message="; ".join(each.reasons))
        elif each.too_few:
            ET.SubElement(case, "error", message=each.too_few)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _groups(run: Results, findings: Mapping[str, Finding]) -> list[dict[str, Any]]:
    """Failing cases by metric: gated ones that fail first, then the most failures."""
    apart = {each.name for each in cards_of(Suite(run.suite)) if each.kept_apart}
    made: list[dict[str, Any]] = []
    for (name, scorer), rows in by_metric(run.rows).items():
        bad = [each for each in rows if value_of(each) < 1]
        metric = f"{name}/{scorer}"
        if bad:
            finding = findings.get(metric)
            made.append(
                {"name": metric, "total": len(bad), "n": len(rows), "rows": bad[:_SHOWN], "apart": name in apart,
                 "gated": finding is not None, "why": "; ".join(finding.reasons) if finding else "",
                 "dangerous": finding is not None and finding.dangerous,
                 "reasons": Counter(each.error or each.reason or "failed" for each in bad).most_common()}
            )  # fmt: skip
    return sorted(
        made, key=lambda each: (not each["why"], not each["dangerous"], not each["gated"], -int(each["total"]))
    )


def _kinds(run: Results, gated: Gated) -> list[tuple[str, list[dict[str, Any]]]]:
    """What is gated, dangerous errors apart from cheap ones; how many are wrong is counted with errors."""
    wrong = {f"{each.set}/{each.scorer}": each.bad for each in run.metrics}
    rows = [
        {"metric": each.metric, "n": each.n, "wrong": wrong.get(each.metric, each.n), "reasons": each.reasons,
         "too_few": each.too_few, "dangerous": each.dangerous}
        for each in gated.findings
    ]  # fmt: skip
    return [
        ("Dangerous errors: none is allowed", [each for each in rows if each["dangerous"]]),
        ("Cheap errors: a floor and a margin hold them", [each for each in rows if not each["dangerous"]]),
    ]


def _breakable(name: str) -> Markup:
    """A name that may break after its slash and underscores, so that a narrow screen shows it whole."""
    return Markup("<wbr>").join(escape(each) for each in re.split(r"(?<=[/_])", name))


def _styles(rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    counts: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (_, scorer), every in by_metric(rows).items():
        if scorer in _BY_STYLE:
            for each in every:
                counts[each.style][scorer].append(value_of(each))
    return {
        style: {name: f"{sum(values):.0f}/{len(values)}" for name, values in cells.items()}
        for style, cells in sorted(counts.items())
    }


def _marked(row: Row) -> Markup:
    """The text with the offending spans marked; everything escaped."""
    parts: list[Markup] = []
    at = 0
    for start, end in sorted(row.spans):
        if at <= start < end <= len(row.text):
            parts += [escape(row.text[at:start]), Markup("<mark>") + escape(row.text[start:end]) + Markup("</mark>")]
            at = end
    return Markup("").join([*parts, escape(row.text[at:])])
