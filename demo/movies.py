"""Moving pictures: MP4 and WebM through the ffmpeg that comes with imageio-ffmpeg, GIF through Pillow."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

# One thread and no code that depends on the processor: the same bytes everywhere.
H264 = [
    *("-c:v", "libx264", "-preset", "slow", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
    *("-x264-params", "threads=1:lookahead-threads=1:cpu-independent=1:keyint=50"),
]
VP9 = ["-c:v", "libvpx-vp9", "-pix_fmt", "yuv420p", "-b:v", "0", "-deadline", "good", "-cpu-used", "4", "-row-mt", "0"]
SAME_BYTES = ["-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]


def save_movie(frames: list[np.ndarray], path: Path, fps: int, crf: int) -> None:
    """Encode grey or RGB frames of bytes as MP4 (H.264) or WebM (VP9), by the suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    height, width = frames[0].shape[:2]
    layout = "gray" if frames[0].ndim == 2 else "rgb24"
    read = ["-f", "rawvideo", "-pix_fmt", layout, "-s", f"{width}x{height}", "-r", str(fps), "-i", "-"]
    codec = VP9 if path.suffix == ".webm" else H264
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-nostdin", "-y"]
    command = [*ffmpeg, *read, *codec, "-crf", str(crf), *SAME_BYTES, str(path)]
    subprocess.run(command, input=b"".join(frame.tobytes() for frame in frames), check=True)


def save_gif(frames: list[np.ndarray], path: Path, milliseconds: int, colours: int = 24) -> None:
    """Save grey frames as a GIF that repeats, with one palette for all of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    step = 255 / (colours - 1)
    levels = [Image.fromarray((np.round(frame / step)).astype(np.uint8)).convert("P") for frame in frames]
    palette = [value for level in range(colours) for value in [round(level * step)] * 3]
    for level in levels:
        level.putpalette(palette)
    levels[0].save(path, format="GIF", save_all=True, append_images=levels[1:], duration=milliseconds, loop=0)
