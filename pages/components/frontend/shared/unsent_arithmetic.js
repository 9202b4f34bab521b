// Whether the server can have all that the reader did: from what was typed and clicked, and from how the script ran since.

export const QUIET_TIME = 150; // ms without any input, after which what it sends has been sent
const LONGEST_SILENCE = 5000; // ms in which the script that a field's text starts is waited for

/** What was done last, and what was seen of the script since; every time is in ms. */
export class Unsent {
  /** Of the last input of any kind. */
  inputAt = -Infinity;
  /** Of the last input that may change something, while it is not known that the server has it. @type {number | null} */
  changedAt = null;
  /** Of the last letter in the field that has the focus, while its text may not be sent. @type {number | null} */
  typedAt = null;
  /** Whether that field sends its text by itself, after a pause. */
  isTypedLive = false;
  /** When a field was left whose text had not been sent, while the script that this starts was not seen. @type {number | null} */
  leftAt = null;

  /** @param {number} at */
  noteInput(at) {
    this.inputAt = at;
  }

  /** @param {number} at */
  noteChange(at) {
    this.inputAt = this.changedAt = at;
  }

  /**
   * @param {number} at
   * @param {boolean} isLive whether the field sends its text by itself, after a pause
   */
  noteTyping(at, isLive) {
    this.noteChange(at);
    this.typedAt = at;
    this.isTypedLive = isLive;
  }

  /** A field lost the focus, which sends its text. @param {number} at */
  noteLeaving(at) {
    this.inputAt = at;
    if (this.typedAt === null) return;
    this.changedAt = this.leftAt = at;
    this.typedAt = null;
  }

  /**
   * The script as it is now. Once it rests after all that was sent, the server has it.
   * @param {{ isRunning: boolean, isConnected: boolean }} script
   * @param {number} at
   */
  noteScript({ isRunning, isConnected }, at) {
    if (isRunning || (this.leftAt !== null && isConnected && at - this.leftAt > LONGEST_SILENCE)) this.leftAt = null;
    if (isRunning && this.isTypedLive) this.typedAt = null;
    if (isRunning || !isConnected || this.leftAt !== null || this.isBusy(at)) return;
    this.changedAt = null;
  }

  /** Whether an input was a moment ago, so that what it sends may not be sent. @param {number} at */
  isBusy(at) {
    return at - this.inputAt < QUIET_TIME;
  }

  /** Whether something was done that the server may not have. */
  isUnsent() {
    return this.changedAt !== null || this.leftAt !== null;
  }
}
