import type { FieldValues } from '../catalog/fields';
import type { Model } from '../catalog/model';
import { withoutGaps } from '../withoutGaps';

/** Values with those that are better said than left to the model: left out, its quality can cost four times as much. */
export function withDefaults(model: Model | undefined, fields: FieldValues): FieldValues {
  return model?.defaultQuality === undefined ? fields : { quality: model.defaultQuality, ...withoutGaps(fields) };
}
