"""Facts to cells to figures. Pure: frames and dates in, frames out."""
