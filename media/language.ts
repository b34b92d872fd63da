import { t } from '@vscode/l10n';

/** The language of the page, for numbers and dates. */
export const language = document.documentElement.lang || undefined;

/** In seconds, or minutes and seconds. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 60
    ? t('{seconds} s', { seconds })
    : t('{minutes} min {seconds} s', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

const prices = new Intl.NumberFormat(language, {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 3,
});
export function priceText(dollars: number): string {
  return prices.format(dollars);
}

const months = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** @param month as `2025-05` */
export function monthText(month: string): string {
  return months.format(new Date(month));
}
