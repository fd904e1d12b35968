"""The store in memory keeps the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointbuy.store.memory import MemoryStore
from tests.store.contract import Clock, StoreContract

if TYPE_CHECKING:
    from collections.abc import Callable


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore(now=Clock())

    @pytest.fixture
    def again(self, store: MemoryStore) -> Callable[[], MemoryStore]:
        return lambda: store
