import type { FieldValues } from './fields';
import type { Model } from './model';
import type { Rule } from './rules';

/** Frames of an animation that says no number (OpenAI's reference). */
const DEFAULT_FRAMES = 9;

/** Rule for the size of a model's image beside other values: the frames of an animation share the pixels of one. */
export function sizeRuleOf(
  { fields, frameLimits }: Model,
  { outputFormat, frameCount }: FieldValues,
): Rule | undefined {
  const rule = fields.size;
  if (outputFormat !== 'gif' || !frameLimits || rule?.kind !== 'size' || !rule.free) return rule;
  const frames = typeof frameCount === 'number' ? frameCount : DEFAULT_FRAMES;
  const limit = frameLimits.find(({ maxFrames }) => frames <= maxFrames) ?? frameLimits.at(-1);
  // A frame may be smaller than any other image.
  return { ...rule, free: { ...rule.free, minPixels: undefined, maxPixels: limit?.maxPixels } };
}

/** Rule for one field of a model beside the values of others. */
export function ruleOf(model: Model, name: keyof FieldValues, values: FieldValues): Rule | undefined {
  return name === 'size' ? sizeRuleOf(model, values) : model.fields[name];
}
