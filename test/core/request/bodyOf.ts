import type { Provider } from '../../../src/core/catalog/providers';
import { composeRequest, type RequestDraft } from '../../../src/core/request/composeRequest';
import { encodeRequest } from '../../../src/core/request/encodeRequest';

/** The JSON that is sent for a draft. @throws PictorError where it is refused before that */
export function bodyOf(provider: Provider, draft: RequestDraft): Record<string, unknown> {
  return JSON.parse(encodeRequest(composeRequest(provider, draft), provider).body()) as Record<string, unknown>;
}
