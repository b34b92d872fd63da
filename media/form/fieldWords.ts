import { t } from '@vscode/l10n';
import type { FieldOption, FieldRefusal, FormField, Reason } from '../../src/protocol';
import { dayText } from '../language';

/** What a field is called. */
export function fieldLabel(name: FormField['name']): string {
  switch (name) {
    case 'n':
      return t('Number of pictures');
    case 'size':
      return t('Size');
    case 'quality':
      return t('Quality');
    case 'style':
      return t('Rendering');
    case 'background':
      return t('Background');
    case 'moderation':
      return t('Moderation');
    case 'outputFormat':
      return t('Format');
    case 'outputCompression':
      return t('Compression');
    case 'partialImages':
      return t('Previews');
    case 'complexity':
      return t('Planning effort');
    case 'frameCount':
      return t('Frames');
    case 'frameDurationMs':
      return t('Milliseconds per frame');
    case 'svgModel':
      return t('SVG model');
    case 'svgEffort':
      return t('SVG effort');
    case 'responseFormat':
      return t('Delivery');
    case 'user':
      return t('User');
    default:
      return name;
  }
}

/** What a value is called: services name most of them in plain words. */
export function optionLabel({ value, shape, reason }: FieldOption): string {
  const label = shape ? `${shapeLabel(shape)} · ${value.replace('x', ' × ')}` : valueLabel(value);
  return reason ? `${label} – ${reasonText(reason)}` : label;
}

function shapeLabel(shape: NonNullable<FieldOption['shape']>): string {
  switch (shape) {
    case 'square':
      return t('Square');
    case 'landscape':
      return t('Landscape');
    case 'portrait':
      return t('Portrait');
  }
}

/** Why something cannot be chosen. */
export function reasonText({ needs, values, isNot }: Reason): string {
  const words = { field: fieldLabel(needs), values };
  return isNot ? t('not with {field}: {values}', words) : t('needs {field}: {values}', words);
}

/** What a provider did not take, and when. */
export function refusalText({ name, value, atMs, isLeftOut }: FieldRefusal): string {
  const words = { field: fieldLabel(name), value: valueLabel(value ?? ''), date: dayText(atMs) };
  if (isLeftOut) return t('{field} is left out: refused on {date}.', words);
  return value === undefined
    ? t('{field} was refused on {date}.', words)
    : t('{field} “{value}” was refused on {date}.', words);
}

/** What services call by a plain word, in the user's language; everything else as it is. */
function valueLabel(value: string): string {
  switch (value) {
    case 'auto':
      return t('automatic');
    case 'low':
      return t('low');
    case 'medium':
      return t('medium');
    case 'high':
      return t('high');
    case 'xhigh':
      return t('very high');
    case 'max':
      return t('highest');
    case 'none':
      return t('none');
    case 'minimal':
      return t('minimal');
    case 'standard':
      return t('standard');
    case 'hd':
      return t('fine (hd)');
    case 'vivid':
      return t('vivid');
    case 'natural':
      return t('natural');
    case 'transparent':
      return t('transparent');
    case 'opaque':
      return t('opaque');
    default:
      return value;
  }
}

/** A built-in prompt style, or one of the user's by its own name. */
export function styleLabel(name: string): string {
  switch (name) {
    case 'Photograph':
      return t('Photograph');
    case 'Flat illustration':
      return t('Flat illustration');
    case 'Line drawing':
      return t('Line drawing');
    case 'Watercolor':
      return t('Watercolor');
    case 'Isometric':
      return t('Isometric');
    case 'Pixel art':
      return t('Pixel art');
    default:
      return name;
  }
}

/** Values by the names of their fields, for a person. */
export function valuesText(values: readonly { readonly value: string; readonly label: string }[]): string {
  return values.map(({ value, label }) => `${fieldLabel(value as FormField['name'])}: ${valueLabel(label)}`).join(', ');
}
