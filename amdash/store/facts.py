"""Frames as Parquet blobs, and the digest that tells whether two of them hold the same rows."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pandas as pd

from amdash.schema import EXTRA, SOURCE_COLUMNS


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as one Parquet file in memory."""
    target = io.BytesIO()
    frame.to_parquet(target, index=False, compression="zstd")
    return target.getvalue()


def from_parquet(blob: bytes) -> pd.DataFrame:
    """The frame of a blob, with the types it was written with."""
    return pd.read_parquet(io.BytesIO(blob))


def row_hashes(frame: pd.DataFrame) -> np.ndarray:
    """One 64-bit hash per row over the values alone, not over where they stood. Shape (rows,)."""
    values = frame[[name for name in frame if name not in SOURCE_COLUMNS and not str(name).startswith(EXTRA)]]
    if values.empty:
        return np.empty(0, dtype="uint64")
    return pd.util.hash_pandas_object(values, index=False).to_numpy()


def digest(frame: pd.DataFrame) -> str:
    """The same for the same rows in any order and from any file."""
    return hashlib.sha256(np.sort(row_hashes(frame)).tobytes()).hexdigest()
