"""Wherry's receiver: takes files of any size within a small budget of memory."""

__version__ = "0.1.0"
