from .lanes import Lane

__all__ = ["Lane"]
