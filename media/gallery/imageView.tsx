import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Choice, ImageButton, ImageDetails } from '../../src/protocol';
import { DraftInput } from '../form/draftInput';
import { valuesText } from '../form/fieldWords';
import { post } from '../host';
import { Icon } from '../icon';
import { duration, language, monthText, priceText } from '../language';
import { Page } from './page';
import { Thumbnail } from './thumbnail';
import { WholeImage } from './wholeImage';

interface ImageProps {
  readonly details: ImageDetails;
  readonly onBack: () => void;
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string) => void;
}

/** One image with all that is known of it, and all that can be done with it. */
export function Image({ details, onBack, onShow, onCompare }: ImageProps): JSX.Element {
  const { id, siblings } = details;
  return (
    <Page label={details.name} id={id} onBack={onBack}>
      <WholeImage details={details} />
      {siblings.length > 1 && (
        <ul class="strip" aria-label={t('Pictures of this request')}>
          {siblings.map((one, index) => (
            <li key={one}>
              <button type="button" class="thumb-button" aria-current={one === id} onClick={() => onShow(one)}>
                <Thumbnail
                  id={one}
                  alt={t('Picture {number} of {count}', { number: index + 1, count: siblings.length })}
                />
              </button>
            </li>
          ))}
        </ul>
      )}
      <h1>{details.name}</h1>
      <div class="actions" role="group" aria-label={t('Actions')}>
        {details.actions.map((button) => (
          <Action key={button.action} id={id} button={button} />
        ))}
      </div>
      <div class="actions" role="group" aria-label={t('Make more')}>
        {details.furtherActions.map((button) =>
          button.action === 'generateVariations' ? (
            <Variations key={button.action} id={id} button={button} />
          ) : (
            <Action key={button.action} id={id} button={button} />
          ),
        )}
        <button
          type="button"
          class="vscode-button secondary"
          disabled={details.isMissing}
          onClick={() => onCompare(id)}
        >
          <Icon name="diff" /> {t('Compare with…')}
        </button>
      </div>
      <Facts details={details} />
    </Page>
  );
}

interface ActionProps {
  readonly id: string;
  readonly button: ImageButton;
  /** How many images are to be generated. */
  readonly count?: number;
}

function Action({ id, button, count }: ActionProps): JSX.Element {
  const { label, action, icon, isDisabled } = button;
  return (
    <button
      type="button"
      class="vscode-button secondary"
      disabled={isDisabled}
      onClick={() => post({ type: 'act', id, action, count })}
    >
      <Icon name={icon} /> {label.replace('{count}', String(count))}
    </button>
  );
}

function Variations({ id, button }: ActionProps): JSX.Element {
  const [count, setCount] = useState(4);
  return (
    <span class="variations">
      <Action id={id} button={button} count={count} />
      <DraftInput
        type="number"
        min={2}
        max={10}
        value={String(count)}
        label={t('Number of variations')}
        onCommit={(value) => setCount(Number(value) || 2)}
      />
    </span>
  );
}

function Facts({ details }: { readonly details: ImageDetails }): JSX.Element {
  const { prompt, sentPrompt, revisedPrompt, provider, model, asked, used, differences, tookMs, documents } = details;
  const made = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(details.createdMs);
  const delivered = [details.mediaType, details.size?.replace('x', ' × '), kilobytes(details.bytes), valuesText(used)]
    .filter(Boolean)
    .join(', ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('Prompt'), prompt],
    [t('Sent'), sentPrompt],
    [t('Revised by the service'), revisedPrompt],
    [t('Made by'), `${provider}, ${model}`],
    [t('Asked for'), valuesText(asked) || undefined],
    [t('Delivered'), delivered],
    [t('Different'), differences.join(', ') || undefined],
    [t('Cost'), costText(details)],
    [t('Took'), tookMs === undefined ? undefined : duration(tookMs)],
    [t('Made'), made],
    [t('File'), details.path],
  ];
  return (
    <dl class="facts">
      {facts.flatMap(([name, value]) => (value ? [<dt key={`${name}:`}>{name}</dt>, <dd key={name}>{value}</dd>] : []))}
      <dt>{t('Linked from')}</dt>
      <LinkedFrom documents={documents} />
    </dl>
  );
}

/** What the whole request has cost, with what was counted; nothing where nobody bills. */
function costText({ cost, tokens, requestCount, isFree }: ImageDetails): string | undefined {
  if (isFree) return undefined;
  const counted = tokens === undefined ? '' : t('{tokens} tokens', { tokens: tokens.toLocaleString(language) });
  if (!cost) return [t('not known'), counted || t('the service reports no usage')].join(', ');
  const price = priceText(cost.dollars);
  const sum = cost.isPartial ? t('{price} and more, since an SVG is billed apart', { price }) : price;
  const basis = cost.asOf ? t('by the price list of {date}', { date: monthText(cost.asOf) }) : t('as the service says');
  const shared = requestCount > 1 ? t('for {count} pictures together', { count: requestCount }) : '';
  return [sum, counted, shared, basis].filter(Boolean).join(', ');
}

function kilobytes(bytes: number): string {
  return t('{kilobytes} KB', { kilobytes: Math.ceil(bytes / 1024).toLocaleString(language) });
}

interface LinkedFromProps {
  /** Absent while they are looked for. */
  readonly documents: readonly Choice[] | undefined;
}

function LinkedFrom({ documents }: LinkedFromProps): JSX.Element {
  if (documents === undefined) return <dd>{t('Looking …')}</dd>;
  if (documents.length === 0) return <dd>{t('No document of this workspace')}</dd>;
  return (
    <>
      {documents.map(({ value, label }) => (
        <dd key={value}>
          <button type="button" class="link" onClick={() => post({ type: 'openDocument', uri: value })}>
            {label}
          </button>
        </dd>
      ))}
    </>
  );
}
