import { noteAssertion } from './assertions';

const POLL_MS = 50;

/** A busy machine takes its time. */
const TIMEOUT_MS = 60_000;

/**
 * Asks again and again until there is an answer that counts; for things that cannot tell when they change, such as
 * files.
 */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = TIMEOUT_MS,
): Promise<T> {
  noteAssertion();
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadlineMs) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await pause(POLL_MS);
  }
}

/** A pause between two questions; tests themselves wait for what they need with `waitFor`. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(() => resolve(), ms));
}
