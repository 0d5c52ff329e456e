"""Mentions become places: candidates, ranked with reasons, and places told from other places."""

from geomapper.resolution.resolver import RankingResolver

__all__ = ["RankingResolver"]
