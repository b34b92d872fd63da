/** Object without what is undefined in it. */
export function withoutGaps<T extends object>(value: T): T {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined)) as T;
}
