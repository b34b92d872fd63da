import assert from 'node:assert/strict';

let made = 0;
let isCounting = false;

/** Something was asserted, or waited for until it was there. */
export function noteAssertion(): void {
  made++;
}

/** Counts every call of `node:assert` from now on, in all files that share this process. */
export function countAssertions(): void {
  if (isCounting) return;
  isCounting = true;
  const functions = assert as unknown as Record<string, unknown>;
  for (const [name, original] of Object.entries(functions)) {
    if (typeof original !== 'function' || /^[A-Z]/.test(name) || name === 'strict') continue;
    functions[name] = (...args: unknown[]): unknown => {
      made++;
      return (original as (...all: unknown[]) => unknown)(...args);
    };
  }
}

/** How many were made since the last call. */
export function takeAssertions(): number {
  const since = made;
  made = 0;
  return since;
}
