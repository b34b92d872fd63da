import { t } from '@vscode/l10n';
import { parseSize } from '../catalog/sizes';
import type { FieldValue, FieldValues } from '../catalog/fields';
import type { MediaType } from '../images/mediaType';
import type { UsedValues } from '../answers/answer';

interface Pair {
  readonly wanted: FieldValue | undefined;
  readonly delivered: string | undefined;
  readonly words: (values: { wanted: FieldValue; delivered: string }) => string;
}

/**
 * In what an image differs from what was asked for, each as "this instead of that". The file itself counts where it
 * tells; `auto` asks for nothing.
 */
export function differences(asked: FieldValues, { size, extension }: MediaType, used: UsedValues): string[] {
  const plain: Pair['words'] = (values) => t('{delivered} instead of {wanted}', values);
  const pairs: readonly Pair[] = [
    { wanted: parseSize(String(asked.size ?? '')) && asked.size, delivered: size, words: plain },
    { wanted: asked.outputFormat, delivered: extension === 'jpg' ? 'jpeg' : extension, words: plain },
    {
      wanted: asked.quality,
      delivered: used.quality,
      words: (values) => t('quality {delivered} instead of {wanted}', values),
    },
    {
      wanted: asked.background,
      delivered: used.background,
      words: (values) => t('background {delivered} instead of {wanted}', values),
    },
  ];
  return pairs.flatMap(({ wanted, delivered, words }) =>
    !wanted || wanted === 'auto' || !delivered || delivered === wanted ? [] : [words({ wanted, delivered })],
  );
}
