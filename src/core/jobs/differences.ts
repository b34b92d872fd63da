import { parseSize } from '../catalog/sizes';
import type { FieldValue, FieldValues } from '../catalog/fields';
import type { MediaType } from '../files/mediaType';
import type { UsedValues } from '../answers/answer';

/**
 * In what a picture differs from what was asked for, each as "this instead of that". The file itself counts where it tells; `auto` asks for nothing.
 */
export function differences(asked: FieldValues, { size, extension }: MediaType, used: UsedValues): string[] {
  const pairs: [asked: FieldValue | undefined, delivered: string | undefined, words: string][] = [
    [parseSize(String(asked.size ?? '')) && asked.size, size, ''],
    [asked.outputFormat, extension === 'jpg' ? 'jpeg' : extension, ''],
    [asked.quality, used.quality, 'quality '],
    [asked.background, used.background, 'background '],
  ];
  return pairs.flatMap(([wanted, delivered, words]) => {
    if (!wanted || wanted === 'auto' || !delivered || delivered === wanted) return [];
    return [`${words}${delivered} instead of ${wanted}`];
  });
}
