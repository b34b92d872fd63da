import type { Provider } from '../catalog/providers';
import { openAiCompatible } from './openAiCompatible';
import { placeholder } from './placeholder/placeholder';
import type { ImagesApi } from './provider';
import type { ProviderAccess } from './providerAccess';

/** The provider that a definition describes. `access` is asked for only where there is a service to reach. */
export function createImagesApi(provider: Provider, access: () => ProviderAccess): ImagesApi {
  return provider.id === 'placeholder' ? placeholder : openAiCompatible(provider, access());
}
