"""Words, numbers and dates in Chinese and English. Source strings are English; the catalogue is in amdash/locale."""

from amdash.i18n.catalogue import LANGUAGES, N_, Language, Translator, is_said, language_of, translator

__all__ = ["LANGUAGES", "N_", "Language", "Translator", "is_said", "language_of", "translator"]
