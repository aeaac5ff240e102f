"""The HTTP side: one application, a blueprint for each way in."""

from receiver.web.application import Services, create_app

__all__ = ["Services", "create_app"]
