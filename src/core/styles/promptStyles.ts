import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { PictorError } from '../errors';

/** Words that are put around a prompt. */
export interface PromptStyle {
  readonly before?: string;
  readonly after?: string;
}

/** By the name under which a person chooses them. */
export type PromptStyles = Readonly<Record<string, PromptStyle>>;

/** Words of models are English; they are sent, and not shown as part of the user interface. */
export const BUILT_IN_STYLES: PromptStyles = {
  Photograph: { after: ', as a photograph with natural light, shallow depth of field and fine detail' },
  'Flat illustration': { after: ', as a flat vector illustration with few colors, simple shapes and clean edges' },
  'Line drawing': { after: ', as a black line drawing on white, even strokes, no shading' },
  Watercolor: { after: ', as a loose watercolor painting with soft edges on rough paper' },
  Isometric: { after: ', as an isometric illustration with soft shadows on a plain background' },
  'Pixel art': { before: 'Pixel art sprite: ', after: ', limited palette, crisp pixels, plain background' },
};

/** The setting `pictor.styles`: texts alone stand behind the prompt. */
export const PROMPT_STYLES: v.GenericSchema<unknown, PromptStyles> = v.record(
  v.pipe(v.string(), v.trim(), v.nonEmpty(t('a name is expected'))),
  v.union(
    [
      v.pipe(
        v.string(),
        v.transform((after) => ({ after })),
      ),
      v.strictObject({ before: v.optional(v.string()), after: v.optional(v.string()) }),
    ],
    t('a text, or an object with before and after, is expected'),
  ),
);

/** The built-in styles with the user's; one of the same name is the user's. */
export function allStyles(own: PromptStyles): PromptStyles {
  return { ...BUILT_IN_STYLES, ...own };
}

/** The style that the settings name. @throws PictorError `invalidSetting` where there is none of that name */
export function styleOf({
  promptStyle,
  styles,
}: {
  readonly promptStyle?: string;
  readonly styles: PromptStyles;
}): PromptStyle | undefined {
  if (!promptStyle) return undefined;
  const all = allStyles(styles);
  if (Object.hasOwn(all, promptStyle)) return all[promptStyle];
  throw new PictorError(
    'invalidSetting',
    t('The setting pictor.promptStyle names “{name}”, and there is no such style. There are: {known}.', {
      name: promptStyle,
      known: Object.keys(all).join(', '),
    }),
    { setting: 'pictor.promptStyle' },
  );
}

/** The prompt as it is sent. */
export function withStyle(prompt: string, style: PromptStyle | undefined): string {
  const words = prompt.trim();
  if (!words || !style) return words;
  // A sentence ends where the prompt ends, and not before the words of the style.
  const body = style.after?.startsWith(',') ? words.replace(/[.,;\s]+$/, '') : words;
  return `${style.before ?? ''}${body}${style.after ?? ''}`.trim();
}

/** The style that made of a prompt what was sent; undefined where none can have. */
export function styleBetween(prompt: string, sent: string): PromptStyle | undefined {
  for (const body of [prompt, prompt.replace(/[.,;\s]+$/, '')]) {
    const at = sent.indexOf(body);
    const style = { before: sent.slice(0, at), after: sent.slice(at + body.length) };
    if (at >= 0 && withStyle(prompt, style) === sent) return style;
  }
  return undefined;
}
