"""Actors: armed forces, groups, proxies and states, from tables and from what an article introduces."""

from geomapper.coding.actors.finding import ActorMention
from geomapper.coding.actors.table import ActorTable

__all__ = ["ActorMention", "ActorTable"]
