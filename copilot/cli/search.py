"""``coach search``: the passages of a pair nearest to a question."""

from __future__ import annotations

import click

from copilot.cli.output import Run, note, pass_run, say, say_json


@click.command()
@click.argument("pair")
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True)
@click.option("--as", "viewer", default="mentor_coach", show_default=True,
              help="A role or a person: who is looking decides what can be found.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def search(run: Run, pair: str, query: str, limit: int, viewer: str, as_json: bool) -> None:
    """Find passages of PAIR near QUERY; what was held back is only found where both people of PAIR agreed.

    Who is not of the pair finds what lies in its programme lane, names masked, and nothing else.
    """
    from copilot.finding_view import view_of
    from guards.text import RawText

    with run.copilot() as copilot:
        grant, reveal = view_of(copilot, pair, copilot.viewer(pair, viewer))
        with copilot.record.vaults.open(pair) as vault:
            asked = copilot.redactor.redact([RawText(query)], vault=vault)[0].text
        reader, opted_in = copilot.record.reader(grant), copilot.opted_in(pair)
        found = copilot.retriever.search(reader, asked, limit, grant=grant, opted_in=opted_in)
        if as_json:
            say_json(
                [
                    {
                        "source": reveal(hit.passage.source),
                        "line_from": hit.passage.first,
                        "line_to": hit.passage.last,
                        "date": hit.passage.session_date.isoformat(),
                        "score": round(hit.score, 3),
                        "text": reveal(hit.passage.text),
                    }
                    for hit in found.hits
                ]
            )
            return
        for hit in found.hits:
            say(reveal(f"{hit.passage.source}:{hit.passage.first}-{hit.passage.last}  ({hit.score:.2f})"))
            say("  " + reveal(hit.passage.text).replace("\n", "\n  "))
        if found.by_words_alone:
            note(f"searched by words alone: {found.by_words_alone}")
        if not found.hits:
            say("Nothing found.")
