import { t } from '@vscode/l10n';

/** Limits of a size that can be chosen freely. */
export interface FreeSize {
  readonly multipleOf?: number;
  /** Long side divided by short side. */
  readonly maxRatio?: number;
  readonly maxSide?: number;
  readonly minPixels?: number;
  readonly maxPixels?: number;
}

/** The sizes of a model: those it names, and, with `free`, others within limits. */
export interface SizeRule {
  readonly kind: 'size';
  readonly values: readonly string[];
  readonly free?: FreeSize;
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Reads `WIDTHxHEIGHT`; undefined for anything else, `auto` included. */
export function parseSize(text: string): PixelSize | undefined {
  const match = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Whether a size is named by the rule or lies within its free limits. */
export function isAllowedSize(rule: SizeRule, text: string): boolean {
  if (rule.values.includes(text)) return true;
  const size = parseSize(text);
  if (!rule.free || !size) return false;
  const { multipleOf = 1, maxRatio = Infinity, maxSide = Infinity, minPixels = 0, maxPixels = Infinity } = rule.free;
  const long = Math.max(size.width, size.height);
  const short = Math.min(size.width, size.height);
  return (
    size.width % multipleOf === 0 &&
    size.height % multipleOf === 0 &&
    long / short <= maxRatio &&
    long <= maxSide &&
    size.width * size.height >= minPixels &&
    size.width * size.height <= maxPixels
  );
}

/** The rule's sizes in words. */
export function describeSizes(rule: SizeRule): string {
  const named = rule.values.join(', ');
  if (!rule.free) return named;
  const { multipleOf, maxRatio, maxSide, minPixels, maxPixels } = rule.free;
  const limits = [
    multipleOf && t('both multiples of {multipleOf}', { multipleOf }),
    maxRatio && t('ratio 1:{maxRatio} to {maxRatio}:1', { maxRatio }),
    maxSide && t('long side at most {maxSide}', { maxSide }),
    minPixels && t('at least {minPixels} pixels', { minPixels: minPixels.toLocaleString('en') }),
    maxPixels && t('at most {maxPixels} pixels', { maxPixels: maxPixels.toLocaleString('en') }),
  ].filter(Boolean);
  const free = limits.length ? t('any WIDTHxHEIGHT ({limits})', { limits: limits.join(', ') }) : t('any WIDTHxHEIGHT');
  return named ? t('{named}, or {free}', { named, free }) : free;
}
