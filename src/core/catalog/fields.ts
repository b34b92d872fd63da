/** The optional fields of an image request, by the name of their setting. */
export type FieldName =
  | 'n'
  | 'size'
  | 'quality'
  | 'style'
  | 'background'
  | 'moderation'
  | 'outputFormat'
  | 'outputCompression'
  | 'responseFormat'
  | 'partialImages'
  | 'user';

export type FieldValue = string | number;

/** Values by field; a field that is absent is left to the model. */
export type FieldValues = Readonly<Partial<Record<FieldName, FieldValue>>>;

/** The name that each field has in the request's JSON. */
export const WIRE_NAMES: Readonly<Record<FieldName, string>> = {
  n: 'n',
  size: 'size',
  quality: 'quality',
  style: 'style',
  background: 'background',
  moderation: 'moderation',
  outputFormat: 'output_format',
  outputCompression: 'output_compression',
  responseFormat: 'response_format',
  partialImages: 'partial_images',
  user: 'user',
};

export const FIELD_NAMES = Object.keys(WIRE_NAMES) as readonly FieldName[];
