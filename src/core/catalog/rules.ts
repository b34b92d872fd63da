import { t } from '@vscode/l10n';
import type { FieldName, FieldValue } from './fields';
import { describeSizes, isAllowedSize, type SizeRule } from './sizes';

/** What a model takes in one field. */
export type Rule =
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | SizeRule
  /** With `hashedAs`, its SHA-256 is sent, under this name. */
  | { readonly kind: 'text'; readonly hashedAs?: string };

/** A field that works only together with certain values of another one. */
export interface Constraint {
  readonly field: FieldName;
  /** The values that ask for something; without it, any value does. */
  readonly value?: FieldValue;
  readonly needs: FieldName;
  readonly values: readonly FieldValue[];
  /** Whether `needs` may also be left to the model. */
  readonly orUnset: boolean;
}

/** Whether a rule takes a value. */
export function isAllowed(rule: Rule, value: FieldValue): boolean {
  switch (rule.kind) {
    case 'choice':
      return typeof value === 'string' && rule.values.includes(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= rule.min && value <= rule.max;
    case 'size':
      return typeof value === 'string' && isAllowedSize(rule, value);
    case 'text':
      return typeof value === 'string';
  }
}

/** What a rule takes, in words that can follow "Allowed: ". */
export function describeRule(rule: Rule): string {
  switch (rule.kind) {
    case 'choice':
      return listWords(rule.values);
    case 'integer':
      return rule.min === rule.max
        ? t('only {min}', { min: rule.min })
        : t('{min} to {max}', { min: rule.min, max: rule.max });
    case 'size':
      return describeSizes(rule);
    case 'text':
      return t('any text');
  }
}

/** "a, b or c". */
export function listWords(words: readonly FieldValue[]): string {
  if (words.length < 2) return words.join('');
  return t('{words} or {last}', { words: words.slice(0, -1).join(', '), last: String(words.at(-1)) });
}
