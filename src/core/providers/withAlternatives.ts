import { t } from '@vscode/l10n';
import { modelOf } from '../catalog/modelOf';
import { providerOf, type Provider } from '../catalog/providers';
import { PictorError, type ErrorKind } from '../errors';

/** Errors of a service that is not there any more. */
const GONE: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['unreachable', 'untrusted', 'redirected', 'wrongAddress']);

/** Error with what can be used instead, as far as the catalog knows: a model, or the provider that this one became. */
export function withAlternatives(error: unknown, provider: Provider, modelId: string): unknown {
  if (!(error instanceof PictorError)) return error;
  const { kind, message, details } = error;
  if (kind === 'unknownModel' && !details.suggestions?.length) {
    const replacement = replacementOf(provider, modelId);
    return replacement ? error.with({ suggestions: [replacement] }) : error;
  }
  if (!GONE.has(kind) || !provider.successor) return error;
  const { label } = providerOf(provider.successor);
  const moved = t('{label} has become {successor}, at another address and with keys of its own.', {
    label: provider.label,
    successor: label,
  });
  return new PictorError(kind, `${message} ${moved}`, { ...details, successor: provider.successor });
}

/** Model to use instead of one that has ended, or that a provider does not have. */
export function replacementOf(provider: Provider, modelId: string): string | undefined {
  const named = modelOf(provider, modelId)?.ends?.replacement;
  if (named) return named;
  return provider.defaultModel && provider.defaultModel !== modelId ? provider.defaultModel : undefined;
}
