import { t } from '@vscode/l10n';
import type { FieldOption, FormField, Reason } from '../../src/protocol';

/** What a field is called. */
export function fieldLabel(name: FormField['name']): string {
  switch (name) {
    case 'n': return t('Pictures');
    case 'size': return t('Size');
    case 'quality': return t('Quality');
    case 'style': return t('Rendering');
    case 'background': return t('Background');
    case 'moderation': return t('Moderation');
    case 'outputFormat': return t('Format');
    case 'outputCompression': return t('Compression');
    case 'partialImages': return t('Previews');
    case 'responseFormat': return t('Delivery');
    case 'user': return t('User');
  }
}

/** What a value is called: services name most of them in plain words. */
export function optionLabel({ value, shape, reason }: FieldOption): string {
  const label = shape ? `${shapeLabel(shape)} · ${value.replace('x', ' × ')}` : value;
  return reason ? `${label} – ${reasonText(reason)}` : label;
}

function shapeLabel(shape: NonNullable<FieldOption['shape']>): string {
  switch (shape) {
    case 'square': return t('Square');
    case 'landscape': return t('Landscape');
    case 'portrait': return t('Portrait');
  }
}

/** Why something cannot be chosen. */
export function reasonText({ needs, values }: Reason): string {
  return t('needs {field}: {values}', { field: fieldLabel(needs), values });
}
