import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { PictureDetails } from '../../src/protocol';
import { valuesText } from '../form/fieldWords';
import { language } from '../language';
import { Page } from './page';
import { WholeImage } from './wholeImage';

interface ComparisonProps {
  readonly pictures: readonly [PictureDetails, PictureDetails];
  readonly onBack: () => void;
}

/** Two pictures side by side, and below each what it has of its own. */
export function Comparison({ pictures, onBack }: ComparisonProps): JSX.Element {
  const [left, right] = pictures.map(factsOf);
  return (
    <Page label={t('Compare')} id={pictures.map(({ id }) => id).join()} onBack={onBack}>
      <h1 class="visually-hidden">{t('Compare')}</h1>
      <div class="side-by-side">
        {pictures.map((details, index) => (
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

function factsOf({ prompt, service, model, size, asked, bytes }: PictureDetails): [string, string][] {
  return [
    [t('Prompt'), prompt],
    [t('Made by'), `${service}, ${model}`],
    [t('Size'), size?.replace('x', ' × ') ?? ''],
    [t('Asked for'), valuesText(asked)],
    [t('Bytes'), bytes.toLocaleString(language)],
  ];
}
