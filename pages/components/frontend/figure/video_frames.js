// Which frame is on screen, and how long one lasts: browsers do not tell, so the first step looks for the next one.
export function frames(player) {
  let [shown, length] = [0, 0];
  const watching = (_, frame) => {
    shown = frame.mediaTime;
    player.requestVideoFrameCallback?.(watching);
  };
  player.requestVideoFrameCallback?.(watching);
  // Until the frame is drawn: the same frame once more is not always told.
  let drawn = Promise.resolve();
  const seek = (time) => (drawn = new Promise((done) => {
    player.requestVideoFrameCallback?.(done);
    player.addEventListener("seeked", () => setTimeout(done, 60), { once: true });
    player.currentTime = Math.max(0, Math.min(time, player.duration - 0.001));
  }));
  async function learn() {
    const start = player.requestVideoFrameCallback ? shown : NaN;
    for (let apart = 0.006; apart < 0.25 && start + apart < player.duration; apart += 0.006) {
      await seek(start + apart);
      if (shown - start > 0.003) return shown - start;
    }
    return 1 / 30;
  }
  return {
    // The middle of the frame that comes next, so that no rounding lands on its neighbour.
    async next(direction) {
      await drawn;
      if (!player.requestVideoFrameCallback || Math.abs(shown - player.currentTime) > 1) shown = player.currentTime;
      const start = shown;
      length ||= await learn();
      return Math.max(0, start + length * (direction > 0 ? 1.5 : -0.5));
    },
    seek,
  };
}

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;
