import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ImageDetails } from '../../src/protocol';
import { valuesText } from '../form/fieldWords';
import { language } from '../language';
import { Page } from './page';
import { WholeImage } from './wholeImage';

interface ComparisonProps {
  readonly images: readonly [ImageDetails, ImageDetails];
  readonly onBack: () => void;
}

/** Two images side by side, and below each what it has of its own. */
export function Comparison({ images, onBack }: ComparisonProps): JSX.Element {
  const [left, right] = images.map(factsOf);
  return (
    <Page label={t('Compare')} id={images.map(({ id }) => id).join()} onBack={onBack}>
      <h1 class="visually-hidden">{t('Compare')}</h1>
      <div class="side-by-side">
        {images.map((details, index) => (
          <figure key={details.id}>
            <WholeImage details={details} />
            <figcaption>
              <h2>{details.name}</h2>
              <dl class="facts">
                {(index === 0 ? left : right)?.flatMap(([name, value], at) =>
                  left?.[at]?.[1] === right?.[at]?.[1]
                    ? []
                    : [<dt key={`${name}:`}>{name}</dt>, <dd key={name}>{value || '–'}</dd>],
                )}
              </dl>
            </figcaption>
          </figure>
        ))}
      </div>
    </Page>
  );
}

function factsOf({ prompt, provider, model, size, asked, bytes }: ImageDetails): [string, string][] {
  return [
    [t('Prompt'), prompt],
    [t('Made by'), `${provider}, ${model}`],
    [t('Size'), size?.replace('x', ' × ') ?? ''],
    [t('Asked for'), valuesText(asked)],
    [t('Bytes'), bytes.toLocaleString(language)],
  ];
}
