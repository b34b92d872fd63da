import { useRef } from 'preact/hooks';

/**
 * How many values there have been so far: what was typed instead of one is not meant for the same value when it comes
 * back.
 */
export function useVersion(value: unknown): number {
  const seen = useRef({ value, version: 0 });
  if (seen.current.value !== value) seen.current = { value, version: seen.current.version + 1 };
  return seen.current.version;
}
