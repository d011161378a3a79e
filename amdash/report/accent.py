"""The company's colour on white paper: whether what is set in it can be read, and the nearest shade that can."""

from __future__ import annotations

import colorsys
import re

# What text needs, by WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEP = 0.01


def is_colour(text: str) -> bool:
    """Whether it is a colour as '#1d6fb8', in small letters."""
    return _HEX.fullmatch(text) is not None


def contrast_on_white(colour: str) -> float:
    """How far a colour stands out from white: 1 (white itself) to 21 (black). Source: WCAG 2.2, contrast ratio."""
    return 1.05 / (_luminance(_channels(colour)) + 0.05)


def readable(colour: str) -> str:
    """The colour itself where it can be read on white, else the lightest shade of the same hue that can."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while contrast_on_white(colour) < LEAST_CONTRAST:
        lightness = max(0.0, lightness - _STEP)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(channels: tuple[float, float, float]) -> float:
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
