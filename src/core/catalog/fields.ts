/** The optional fields of an image request, by the name of their setting. */
export type FieldName =
  | 'n'
  | 'size'
  | 'quality'
  | 'style'
  | 'background'
  | 'moderation'
  | 'complexity'
  | 'outputFormat'
  | 'outputCompression'
  | 'frameCount'
  | 'frameDurationMs'
  | 'svgModel'
  | 'svgEffort'
  | 'responseFormat'
  | 'partialImages'
  | 'user';

export type FieldValue = string | number;

/** Values by field; a field that is absent is left to the model. */
export type FieldValues = Readonly<Partial<Record<FieldName, FieldValue>>>;

/** The name that each field has in the request's JSON; a dot leads into an object. */
export const WIRE_NAMES: Readonly<Record<FieldName, string>> = {
  n: 'n',
  size: 'size',
  quality: 'quality',
  style: 'style',
  background: 'background',
  moderation: 'moderation',
  complexity: 'complexity',
  outputFormat: 'output_format',
  outputCompression: 'output_compression',
  frameCount: 'frame_count',
  frameDurationMs: 'frame_duration_ms',
  svgModel: 'svg.model',
  svgEffort: 'svg.reasoning.effort',
  responseFormat: 'response_format',
  partialImages: 'partial_images',
  user: 'user',
};

export const FIELD_NAMES = Object.keys(WIRE_NAMES) as readonly FieldName[];

/** Other names under which services speak of a field. */
const ALIASES: ReadonlyMap<string, FieldName> = new Map([
  ['stream', 'partialImages'],
  ['safety_identifier', 'user'],
  ['svg', 'svgModel'],
  ['svg.reasoning', 'svgEffort'],
]);

/** Field that a service names; undefined for what is none of ours. */
export function fieldOfWireName(wire: string): FieldName | undefined {
  return FIELD_NAMES.find((name) => WIRE_NAMES[name] === wire) ?? ALIASES.get(wire);
}
