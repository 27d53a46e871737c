"""Knowledge graphs from Chinese newspapers: every fact with the sentence that says it."""

__version__ = "0.1.0"
