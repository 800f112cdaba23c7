"""Question banks, frameworks and local stories, in and out of files."""

from __future__ import annotations

from cqcmock.banks.checking import FileError, Problem
from cqcmock.banks.framework_file import FrameworkErrors, parse_framework, read_framework
from cqcmock.banks.story_file import StoryErrors, parse_story, read_story
from cqcmock.banks.toml import (
    BankErrors,
    FrameworkWords,
    bank_as_dict,
    bank_as_toml,
    framework_words,
    parse_bank,
    read_bank,
)

__all__ = [
    "BankErrors",
    "FileError",
    "FrameworkErrors",
    "FrameworkWords",
    "Problem",
    "StoryErrors",
    "bank_as_dict",
    "bank_as_toml",
    "framework_words",
    "parse_bank",
    "parse_framework",
    "parse_story",
    "read_bank",
    "read_framework",
    "read_story",
]
