import { FIELD_NAMES, WIRE_NAMES } from '../catalog/fields';
import type { ImageRequest } from './composeRequest';

/**
 * The JSON of a request for images, in the dialect that all services share.
 * @param drop names of fields to leave out
 */
export function requestBody(request: ImageRequest, drop: readonly string[] = []): Record<string, unknown> {
  const body: Record<string, unknown> = { model: request.model, prompt: request.prompt };
  for (const name of FIELD_NAMES) {
    const value = request.fields[name];
    if (value !== undefined) body[WIRE_NAMES[name]] = value;
  }
  if (request.fields.partialImages !== undefined) body.stream = true;
  Object.assign(body, request.extra);
  for (const name of drop) Reflect.deleteProperty(body, name);
  return body;
}
