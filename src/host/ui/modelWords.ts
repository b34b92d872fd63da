import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateCost, type Estimate } from '../../core/catalog/estimateCost';
import type { ModelRow } from '../../core/catalog/modelRows';
import type { Provider } from '../../core/catalog/providers';
import { describeRule } from '../../core/catalog/rules';

/** A day in the user's language. @param day `YYYY-MM-DD` */
export function dayText(day: string): string {
  return new Date(day).toLocaleDateString(vscode.env.language, { dateStyle: 'long', timeZone: 'UTC' });
}

const CENT = 0.01;
let dollarFormat: Intl.NumberFormat | undefined;

/** A sum of US dollars; less than a cent is told too. */
export function dollarsText(dollars: number): string {
  // Made once: to make it takes longer than all that it is used for.
  dollarFormat ??= new Intl.NumberFormat(vscode.env.language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 3,
  });
  return dollarFormat.format(dollars);
}

/** A sum that is only about right: more digits would say more than is known. */
export function roundedText(dollars: number): string {
  return dollarsText(dollars < CENT ? Number(dollars.toPrecision(1)) : Math.round(dollars / CENT) * CENT);
}

/** Where a model stands in its life; empty for one of which there is nothing to say. */
export function lifecycleText({ lifecycle, model, listed }: ModelRow): string {
  const assumed = model?.assumedFrom;
  switch (lifecycle.state) {
    case 'current':
      return assumed === undefined ? '' : t('not known yet; treated like {model}', { model: assumed });
    case 'ending':
      return t('ends on {date}', { date: dayText(lifecycle.on) });
    case 'ended':
      return lifecycle.on === undefined ? t('has ended') : t('ended on {date}', { date: dayText(lifecycle.on) });
    case 'doubtful':
      return t('may have ended there');
    case 'unknown':
      if (assumed !== undefined) return t('not known yet; treated like {model}', { model: assumed });
      return listed ? t('not known yet') : t('not in the provider’s list');
  }
}

export function estimateText({ dollars, isUpTo }: Estimate): string {
  const price = roundedText(dollars);
  return isUpTo ? t('up to about {price}', { price }) : t('about {price}', { price });
}

/** What a list says of a model: its life, what an image costs in its own quality, and its sizes. */
export function modelDetail(provider: Provider, row: ModelRow): string {
  const { model, listed } = row;
  const estimate = estimateCost({ provider: provider.id, model, fields: {}, listed });
  const size = model?.fields.size;
  return [
    lifecycleText(row),
    estimate && estimateText(estimate),
    model?.answers === 'task' && t('takes its time (a task)'),
    size && describeRule(size),
  ]
    .filter(Boolean)
    .join(' · ');
}
