import { FIELD_NAMES } from '../catalog/fields';
import type { SettingsOverrides } from '../settings/settings';
import { styleBetween } from '../styles/promptStyles';
import type { JobRecord } from './jobRecord';

/** Prompt and settings that make the very request of a job once more, whatever the settings are now. */
export function sameRequest(record: JobRecord): { prompt: string; overrides: SettingsOverrides } {
  const { prompt, styled } = wordsOf(record);
  return { prompt, overrides: { ...overridesOf(record), ...styled } };
}

/**
 * What was sent, as the user's words and their style, so that the image is called by the former; a style may be
 * another one by now.
 */
function wordsOf({ prompt, style: name, request }: JobRecord): { prompt: string; styled: SettingsOverrides } {
  const style = prompt !== undefined && name !== undefined ? styleBetween(prompt, request.prompt) : undefined;
  if (prompt === undefined || name === undefined || !style)
    return { prompt: request.prompt, styled: { promptStyle: null } };
  return { prompt, styled: { promptStyle: name, styles: { [name]: style } } };
}

/** The very request of a job, whatever the settings are now. */
function overridesOf({ connection, request }: JobRecord): SettingsOverrides {
  const { provider, customProvider, baseUrl = null } = connection;
  return {
    provider,
    customProvider,
    baseUrl,
    model: request.model,
    ...Object.fromEntries(FIELD_NAMES.map((name) => [name, request.fields[name] ?? null])),
  };
}
