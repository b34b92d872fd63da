import * as v from 'valibot';
import { PROVIDER_IDS } from '../catalog/providers';

const text = v.string();
const optionalText = v.optional(text);

const RECIPE = v.object({
  /** The version of this shape. */
  pictor: v.literal(1),
  /** What the user wrote. */
  prompt: text,
  style: optionalText,
  /** What was sent, where a style put words around the prompt. */
  sentPrompt: optionalText,
  revisedPrompt: optionalText,
  provider: v.picklist(PROVIDER_IDS),
  /** The service's name, as the user knows it. */
  service: text,
  model: text,
  /** What was asked for, by the names of the settings. */
  values: v.record(text, v.union([text, v.number()])),
  /** In pixels, as delivered. */
  size: optionalText,
  /** ISO 8601. */
  createdAt: text,
});

/** How an image was made, so that it can be made again. Never a key, and no address. */
export type Recipe = v.InferOutput<typeof RECIPE>;

/** The text of a sidecar file. */
export function recipeText(recipe: Recipe): string {
  return `${JSON.stringify(recipe, undefined, 2)}\n`;
}

/** Reads a recipe; undefined for any other text. */
export function parseRecipe(content: string): Recipe | undefined {
  try {
    const parsed = v.safeParse(RECIPE, JSON.parse(content));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
