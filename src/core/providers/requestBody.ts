import { FIELD_NAMES, WIRE_NAMES } from '../catalog/fields';
import type { ImageRequest } from '../request/composeRequest';

/** The JSON of a request to `images/generations`, in the dialect that all services share. */
export function requestBody(request: ImageRequest): Record<string, string | number> {
  const body: Record<string, string | number> = { model: request.model, prompt: request.prompt };
  for (const name of FIELD_NAMES) {
    const value = request.fields[name];
    if (value !== undefined) body[WIRE_NAMES[name]] = value;
  }
  return body;
}
