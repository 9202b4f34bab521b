// Where one begins in a strip of sessions. Pure.

/** @import { Session } from "../types.d.ts" */

/**
 * The session to begin at: the one that is compared, else the one before the open one, else the one after it.
 * @param {readonly Pick<Session, "record" | "this">[]} sessions by time
 * @param {string | null} compared the id of its record
 */
export function findStart(sessions, compared) {
  const chosen = sessions.findIndex(({ record }) => record === compared);
  if (chosen >= 0) return chosen;
  const open = sessions.findIndex((session) => session.this);
  if (open > 0) return open - 1;
  return sessions.length > 1 && open === 0 ? 1 : 0;
}
