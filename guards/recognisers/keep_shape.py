"""Stretches that are part of the work by their shape: tickets, run ids, hashes, versions, model ids, figures, times.

No guess, and no rule that knows digits only by their grouping, may mask any part of them; a check digit, a word that
announces an identifier, or a roster's form overrules the shape. Refuses to say what a stretch is: only that it stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from guards.recognisers.found import GUESS, SURE, Found

_DESK: Final = (
    r"(?:INC|CHG|CHANGE|REQ|RITM|PRB|PROB|STRY|SUP|TASK|CTASK|PTASK|SCTASK|CASE|CS|TKT|BUG|RFC|KB|WO|CLM|POL|SR|CR|DE|"
    r"DEF|US|TC|PR|MR|GH|AB|IM|SD|HD|ZD|EP|ISS|TR|REL|IR|RR|JOB|RUN|EXP|exp|run|BLD|REV|ADR|RQ|FR|NFR|SOW|PO)"
)
_COUNTED: Final = (
    r"(?i:tickets?|issues?|cases?|stor(?:y|ies)|bugs?|defects?|epics?|tasks?|incidents?|problems?|changes?|prs?|mrs?|"
    r"(?:pull|merge)\srequests?|builds?|jobs?|runs?|pipelines?|experiments?|exps?|trials?|batch(?:es)?|commits?|"
    r"revisions?|rev|releases?|versions?|ver|iterations?|epochs?|steps?|checkpoints?|ckpt|traces?|spans?|requests?|"
    r"(?:job|run|trace|request|experiment|commit|task|build)_id|deploy(?:ment)?s?|invoices?|sprints?|weeks?|days?|"
    r"quarters?|phases?|waves?|milestones?|slides?|chapters?|sections?|rows?|levels?|seeds?|schema|sr|cr|kw|cw|pi|okr|"
    r"kr|fy|wandb|sha|hash|dag_run|snapshot|partition|shard|offset|migration|req|api|jdk|node|wave|gate|tier|team|"
    r"squad)"
)
_LINK: Final = r"(?:[ \t]?(?:\#|!|=|:|(?i:\bids?\b|\bno\b\.?|\bnumbers?\b|\bkeys?\b))){0,4}[ \t]?[#!=:]?[ \t]?"
_UNIT: Final = (
    r"(?i:%|‰|ms|µs|us|ns|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|wks?|months?|years?|yrs?|"
    r"sprints?|[kmbt]|bn|mn|mio|mrd|[kmgt]i?b|bytes?|pp|bps|rps|qps|tps|req/s|fps|rows?|records?|users?|claims?|"
    r"policies|events?|requests?|lines?|hits?|items?|tokens?|params?|parameters?|steps?|epochs?|points?|pts|sp|stories|"
    r"tickets?|people|customers?|calls?|tests?|cases?|errors?|alerts?|samples?|images?|documents?|docs|files?|tables?|"
    r"columns?|features?|models?|runs?|commits?|deploys?|eur|usd|gbp|chf|inr|jpy|aud|percent|stars?|pages?|[kmg]?hz|"
    r"fte|kg|km|mm|cm|px|gpus?|cpus?|cores?|nodes?|pods?|replicas?|shards?|partitions?|v?cpus?)"
)
_MONEY: Final = (
    r"(?:[$€£¥₹]|(?:EUR|USD|GBP|INR|CHF|JPY|AUD|CAD|SGD|HKD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|NGN|KES|AED|Rs)\b\.?)"
)
_ZONE: Final = (
    r"(?:UTC|GMT|CES?T|BST|IST|[ECMP][SD]?T|EES?T|WES?T|SGT|HKT|JST|KST|AE[SD]T|NZ[SD]T|WAT|EAT|SAST|MSK|Z)"
    r"(?:[+-]\d{1,2}(?::?\d\d)?)?"
)
_CLOCK: Final = rf"\d{{1,2}}(?:[:h]\d{{2}}){{1,2}}(?:[.,]\d{{1,6}})?(?:[ ]?(?:[AaPp]\.?[Mm]\b\.?|{_ZONE}\b))?"
_FAMILY: Final = (
    r"(?i:(?:chat)?gpt|o[134]|(?:code)?llama|claude|mistral|mixtral|codestral|ministral|gemma|gemini|qwen|qwq|phi|"
    r"falcon|"
    r"deepseek|[\w]{0,7}bert|[\w]{0,7}roberta|electra|xlnet|xlm|bart|pegasus|marian|m?t5|byt5|flan|bloomz?|opt|pythia|"
    r"dolly|vicuna|alpaca|koala|wizardlm|zephyr|orca|(?:open)?hermes|nous|yi|solar|kimi|(?:chat)?glm|internlm|baichuan|"
    r"minilm|mpnet|bge|gte|e5|jina|nomic|voyage|cohere|command|titan|nova|grok|ada|babbage|curie|davinci|text|whisper|"
    r"wav2vec2?|parakeet|canary|bark|tacotron|yolo|resne[xt]t?|vit|deit|swin|clip|blip|dinov?|sam|efficientnet|"
    r"mobilenet|convnext|inception|vgg|densenet|unet|idefics|florence|llava|kosmos|donut|layoutlm|sonnet|haiku|opus|"
    r"nemotron|granite|jurassic|jamba|mamba|rwkv|palm|lag|prophet|chronos|timesfm|xgb(?:oost)?|lgbm|lightgbm|"
    r"catboost|rf|"
    r"lstm|gru|cnn|mlp|labse|laser|nllb|starcoder|santacoder|codegen|smollm|olmo|stablelm|sdxl|sd|dall-?e|flux|all)"
)
_SUFFIX: Final = (
    r"(?:base|large|small|x+l|mini|tiny|medium|huge|giant|cased|uncased|turbo|pro|flash|instruct|chat|coder|embed|"
    r"nano|lite|"
    r"ultra|max|plus|vision|audio|guard|distill?(?:ed)?|sentence|multilingual|nli|mnli|squad|cnn|preview|sonnet|"
    r"haiku|opus|"
    r"llama|beta|it|hf|gguf|awq|gptq|mpnet|minilm|moe|net|beats|former|ft|tuned|finetuned)"
)
_SERIES: Final = (
    r"(?:Claude|Llama|Gemma|Gemini|Mistral|Mixtral|Qwen|Phi|Orca|Hermes|Dolly|Solar|Kimi|Grok|Falcon|Nova|Titan|"
    r"Command|"
    r"GPT|DALL-E|Whisper|Opus|Sonnet|Haiku|Granite|PaLM|Yi|Tacotron|Inception|T5|Zephyr|Stable[ ]Diffusion|DeepSeek)"
)
_TOOL: Final = (
    r"(?:CUDA|cuDNN|Python|Node|node|Java|JDK|JRE|Ubuntu|Debian|iOS|Android|Spark|Postgres|PostgreSQL|MySQL|Redis|"
    r"Kafka|"
    r"K8s|Kubernetes|Airflow|Django|Flask|React|Angular|Vue|Rails|Ruby|PHP|Go|Rust|Scala|Kotlin|Swift|Terraform|Helm|"
    r"Docker|OpenSSL|Chrome|Firefox|Safari|Edge|Windows|macOS|RHEL|CentOS|Alpine|numpy|pandas|torch|PyTorch|TensorFlow|"
    r"Keras|scikit-learn|sklearn|spaCy|API|SDK|Gradle|Maven|Spring|Hadoop|Hive|Flink|dbt|MLflow|Elasticsearch|"
    r"Mongo|MongoDB)"
)
_MEASURE: Final = (
    r"(?:NPS|CSAT|CES|DAU|WAU|MAU|CAC|LTV|ARR|MRR|GMV|ARPU|CTR|CVR|ROI|ROAS|MTTR|MTTD|MTBF|CFR|SLA|SLO|SLI|WIP|FTE|"
    r"QPS|TPS|"
    r"RPS|AUC|ROC|F1|MAE|MAPE|RMSE|MSE|WER|CER|BLEU|ROUGE|NDCG|MRR|MAP|PSI|KS|IV|OKR|KPI|KR|ADR|RFC|ZD|SR|velocity|"
    r"churn|"
    r"recall|precision|accuracy|latency|throughput|coverage|uptime)"
)
_GRADE: Final = r"(?:Guard|Large|Medium|Small|Flash|Pro|Sonnet|Opus|Haiku|Mini|Nano|Ultra|Turbo|R\+?|Instruct|Chat)"
_RUN: Final = (
    r"(?i:run|exp|expt|experiment|job|batch|ckpt|checkpoint|step|build|trace|span|req|task|train|eval|sweep|trial|"
    r"retrain|"
    r"infer|deploy|release|rc|ab|test|ds|dataset|model|pipe|pipeline|dag|wf|seed|epoch|img|pod|node|snap|backup|i|arn)"
)
_PART: Final = r"(?:Q[1-4]|H[12]|[KC]?W ?\d{1,2}|FY ?\d{2,4}|PI ?\d{1,2}|S\d{1,2}|T[+-]\d{1,3}|KR ?\d)"
_TICKETS: Final = (
    r"[A-Za-z][A-Za-z0-9]{1,11}[-_]\d{1,9}(?:[-.]\d{1,4}){0,2}[a-z]?(?![\w-]|\.\w)",
    r"[A-Z][A-Z0-9]{1,9}/\d{1,7}(?![\w/-])",
    rf"{_DESK}\d{{2,10}}[a-z]?(?![\w-])",
    r"(?:[A-Z]{1,4}[ ]?)?[#!]\d{1,10}(?!\w)",
    rf"{_COUNTED}\b{_LINK}v?(?=\w{{0,40}}\d)[\w.:-]{{0,60}}\w(?![ -]\d)",
)
_RUNS: Final = (
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])",
    r"(?:sha\d*[:-])?(?=[a-f]*\d)[0-9a-f]*[a-f][0-9a-f]*(?<=[0-9a-f]{6})(?![\w-])",
    r"sha\d*[:-]\d{6,}(?![\w-])",
    r"[a-z]{2,}(?:-[a-z]{2,}){1,3}-\d{1,4}(?![\w-])",
    r"[a-z]+(?:-[a-z]+){0,4}-[0-9a-z]{8,10}-[0-9a-z]{5}(?![\w-])",
    r"[A-Za-z]{1,12}[-_](?:19|20)\d{6}(?:[-_T][\w]+)*(?![\w-])",
    rf"{_RUN}[-_](?=[\w.:-]{{0,60}}\d)\w{{1,40}}(?:[-_.:T]\w{{1,40}}){{0,8}}",
)
_MODELS: Final = (
    rf"{_FAMILY}[-_]?(?=[\w.-]{{0,40}}\d)[\w.-]{{0,60}}\w(?:/\d+)?",
    rf"{_FAMILY}(?:-{_SUFFIX}){{1,4}}(?:-[\w.]{{1,20}}){{0,5}}(?!\w)",
    rf"{_SERIES}(?:[ ][A-Z][a-z]+)?[ ][A-Z]?\d+(?:\.\d+)*(?:[xX]\d+)?(?:[ ]?\d*[BM])?(?!\w)(?:[ ]{_GRADE}\b)?",
)
_VERSIONS: Final = (
    r"[vr]\d+(?:\.\d+)*(?:[-+._]?[A-Za-z][\w.+-]*)?(?!\w)",
    r"\d{1,4}\.\d{1,2}\.\d{1,6}(?:[-+._]?(?:rc|beta|alpha|post|dev|pre|b|a|final|lts)[\w.+-]*)?(?![\w]|\.\d|-\d)",
    r"\d{1,3}\.0\.\d{1,5}\.\d{1,5}(?![\w]|\.\d)",
    r"[A-Za-z][\w-]{0,40}(?:==|>=|<=|~=|!=)\d[\w.*+-]{0,30}",
    r"(?:py|cu|cp|jdk|java|es|node|ios|k8s|R|CUDA)\d[\w.]*",
    rf"(?:{_TOOL}[ ])?\d{{1,3}}\.\d{{1,3}}(?:\.\d{{1,2}})?(?:[ ]LTS)?(?![\w]|\.\d|[ -]\d)",
    rf"{_TOOL}[ ]v?\d+(?!\w|[ .-]?\d)",
    r"(?:19|20)\d\d[.-](?:0?[1-9]|1[0-2])(?:\.\d{1,3}|-[a-z]{2,10})?(?![\w.-]*\d)",
)
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)(?![a-z])\.?"
)
_TIMES: Final = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ ]{_MONTH}(?:[ ](?:19|20)\d\d)?(?!\w)",
    rf"{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ ](?:19|20)\d\d)?(?![\w:/])",
    rf"\[?{_CLOCK}\]?(?:[ ]?[-–][ ]?{_CLOCK})?(?!\w)",
    rf"\d{{1,2}}[ ]?[AaPp]\.?[Mm]\b\.?(?:[ ]?[-–][ ]?\d{{1,2}}[ ]?[AaPp][Mm]\b)?(?:[ ]{_ZONE}\b)?",
    r"[012]\d[0-5]\dZ\b",
    r"(?:19|20)\d\d-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?",
    rf"(?:(?:19|20)\d\d[ -]?)?{_PART}(?:['’ /-]{{1,2}}(?:\d\d|(?:19|20)\d\d))?(?!\w)",
)
_FIGURES: Final = (
    rf"{_MONEY}[ ]?\d(?:[\d.,'’ ]{{0,30}}\d)?(?:[ ]?(?i:[kmb]|mn|bn|mio|cr|lakh)\b)?",
    rf"[+~<>≈±-]?\d(?:[\d.,'’]{{0,30}}\d)?(?:[ \u00a0]\d{{3}}){{0,4}}(?:[ ]?[kM])?[ ]?{_UNIT}(?!\w)",
    r"\d+(?:\.\d+)?x(?!\w)",
    r"\d+(?:\.\d+)?[ ]?(?:->|→|to|of|vs\.?)[ ]?\d+(?:\.\d+)?(?![\w/.-])",
    r"[1-9]\d{0,2}/[1-9]\d{0,2}(?![\w/.-])",
    r"0[.,]\d+(?!\w)",
    r"[pP]\d{2}(?:[ ]latency)?(?:[ ]\d+(?:\.\d+)?(?:[ ]?ms|s)?)?(?!\w)",
    r"[A-Za-z][\w-]{0,30}@(?:\d{1,4}|k|K|[A-Z])(?!\w|\.\w)",
    rf"{_MEASURE}[ ]?(?:of[ ]|[=:<>]=?[ ]?)?\d{{1,9}}(?:[.,]\d+)*(?:[ ]?%)?(?!\w|[ -]\d)",
    r"[np][ ]?[=<>]=?[ ]?[\d.]+",
)
_GROUPS: Final = tuple(
    re.compile(rf"(?<![\w@.+])(?:{'|'.join(group)})")
    for group in (_TICKETS, _RUNS, _MODELS, _VERSIONS, _TIMES, _FIGURES)
)
_MODEL_WORDS: Final = re.compile(
    rf"\b(?:BERT|BART|RoBERTa|DeBERTa|ELMo|LaBSE|HuBERT|PaLM|LaMDA|ELECTRA|DistilBERT|(?:Mask|Faster|Fast)[ ]R-CNN|"
    rf"{_SERIES}[ ]{_GRADE})(?!\w)"
)
"""By their own mix of capitals, or two words; in a line that is all capitals they may be somebody."""
_LOWER: Final = re.compile(r"[a-z]")
_BREAK: Final = re.compile(r"[\n\r]")
_NAMED: Final = frozenset({"PERSON", "ORGANIZATION"})
_CUT: Final = frozenset({*_NAMED, "PHONE_NUMBER", "US_SSN", "EMPLOYEE_ID", "NATIONAL_ID"})
_EDGE: Final = " \t,;:/|–-("


class Kept:
    """What stays of one text; read line by line, and only where something is proposed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[int, tuple[list[int], list[int]]] = {}

    def touches(self, start: int, end: int) -> bool:
        """Whether any part from ``start`` to ``end`` stays; only the line of ``start`` is looked at."""
        return any(True for _ in self._within(start, end))

    def spare(self, findings: Iterable[Found]) -> Iterator[Found]:
        """Findings without what stays; what is sure, and kinds that no shape is taken for, as they are."""
        for found in findings:
            judged = found.score < SURE and (found.entity_type in _CUT or found.score <= GUESS)
            if not judged or not self.touches(found.start, found.end):
                yield found
            elif found.entity_type in _NAMED:
                yield from self._rest(found)
            elif found.score > GUESS and not self._holds(found.start, found.end):
                yield found  # a shape within a longer number is chance

    def _holds(self, start: int, end: int) -> bool:
        """Whether one stretch has all from ``start`` to ``end`` in it."""
        return any(first <= start and end <= last for first, last in self._within(start, end))

    def _within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches that share a sign with the one from ``start`` to ``end``, in order."""
        starts, ends = self._line(start)
        for at in range(bisect_right(ends, start), len(starts)):
            if starts[at] >= end:
                return
            yield starts[at], ends[at]

    def _line(self, start: int) -> tuple[list[int], list[int]]:
        text = self._text
        first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        if first not in self._lines:
            end = _BREAK.search(text, start)
            found = _stretches(text, first, end.start() if end else len(text))
            self._lines[first] = [each[0] for each in found], [each[1] for each in found]
        return self._lines[first]

    def _rest(self, found: Found) -> Iterator[Found]:
        """The pieces of a name outside the stretches that still hold a word."""
        at = found.start
        for first, last in [*self._within(found.start, found.end), (found.end, found.end)]:
            piece = self._text[at:first].rstrip(_EDGE)
            lead = len(piece) - len(piece.lstrip(_EDGE + ")"))
            if sum(sign.isalpha() for sign in piece) > 1:
                yield replace(found, start=at + lead, end=at + len(piece))
            at = max(at, last)


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    line = text[start:end]
    if any(sign.isdigit() for sign in line) or "-" in line or "@" in line:
        found += [match.span() for group in _GROUPS for match in group.finditer(line)]
    if _LOWER.search(line):
        found += [match.span() for match in _MODEL_WORDS.finditer(line)]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return [(first + start, last + start) for first, last in merged]
