import { createHash } from 'node:crypto';
import { FIELD_NAMES, WIRE_NAMES, type FieldValue } from '../catalog/fields';
import type { Model } from '../catalog/model';
import type { Rule } from '../catalog/rules';
import type { ImageRequest } from './composeRequest';

/**
 * The JSON of a request for images, in the dialect that all services share.
 * @param model what is known of it
 * @param drop names of fields to leave out
 */
export function requestBody(
  request: ImageRequest,
  model: Pick<Model, 'fields'> | undefined,
  drop: readonly string[] = [],
): Record<string, unknown> {
  const body: Record<string, unknown> = { model: request.model, prompt: request.prompt };
  for (const name of FIELD_NAMES) {
    const value = request.fields[name];
    if (value !== undefined) put(body, ...sentAs(WIRE_NAMES[name], value, model?.fields[name]));
  }
  if (request.fields.partialImages !== undefined) body.stream = true;
  Object.assign(body, request.extra);
  for (const name of drop) Reflect.deleteProperty(body, name);
  return body;
}

/** A name and a value as they go over the wire. */
function sentAs(wireName: string, value: FieldValue, rule: Rule | undefined): [string, FieldValue] {
  if (rule?.kind !== 'text' || rule.hashedAs === undefined) return [wireName, value];
  return [rule.hashedAs, createHash('sha256').update(String(value)).digest('hex')];
}

function put(body: Record<string, unknown>, path: string, value: FieldValue): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) body[first] = value;
  else {
    const inner = (body[first] ?? {}) as Record<string, unknown>;
    body[first] = inner;
    put(inner, rest.join('.'), value);
  }
}
