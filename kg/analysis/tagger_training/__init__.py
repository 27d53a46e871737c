"""How the tagger's weights were made: see ``DATA_CARD.md``. Nothing here is needed to run it."""
