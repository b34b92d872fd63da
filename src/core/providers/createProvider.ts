import type { ProviderDefinition } from '../catalog/providers';
import { openAiCompatible } from './openAiCompatible';
import { placeholder } from './placeholder/placeholder';
import type { ImageProvider } from './provider';
import type { ServiceAccess } from './serviceAccess';

/** The provider that a definition describes. `access` is asked for only where there is a service to reach. */
export function createProvider(definition: ProviderDefinition, access: () => ServiceAccess): ImageProvider {
  return definition.id === 'placeholder' ? placeholder : openAiCompatible(definition, access());
}
