"""The bundled sample programme: invented people, three pairs, six weeks of notes, and what a careful reader finds."""
