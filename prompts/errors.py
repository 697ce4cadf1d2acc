"""What the prompt files can refuse. Messages name the prompt and the variable; never what a variable held."""


class PromptInvalid(Exception):
    """A prompt file or the call to render it does not hold together."""
