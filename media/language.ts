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

const CENT = 0.01;
/** A price that is only about right: more digits would say more than is known. */
export function roundedText(dollars: number): string {
  return priceText(dollars < CENT ? Number(dollars.toPrecision(1)) : Math.round(dollars / CENT) * CENT);
}

const months = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** The month of a day. @param month as `2025-05`, or with its day */
export function monthText(month: string): string {
  return months.format(new Date(month));
}

const days = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' });
/** A day of the last weeks. */
export function dayText(atMs: number): string {
  return days.format(atMs);
}
