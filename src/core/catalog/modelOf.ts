import { GPT_IMAGES } from './gptImage';
import type { Model } from './model';
import type { Provider } from './providers';

type Offering = Pick<Provider, 'models' | 'relays'>;

/** What stands between the id of a model and that of a version of it. */
const VERSION_MARK = /^[-:]/;
const FAMILY = /^(?:chat)?gpt-image\b/;

/**
 * Model of a provider by its id. One that is not known yet gets the rules of the model that it is a version of, or of
 * the newest one of its family.
 * @returns undefined where nothing is known about it
 */
export function modelOf(provider: Offering, id: string): Model | undefined {
  const known = provider.models.find((model) => model.id === id);
  if (known) return known;
  const family = FAMILY.test(id) ? familyOf(provider) : [];
  const candidates = [...provider.models, ...family];
  const snapshot = candidates.find(({ snapshots }) => snapshots?.includes(id));
  if (snapshot) return { ...snapshot, id, snapshots: undefined };
  const relative = versionOf(candidates, id) ?? namesake(family, id) ?? family[0];
  return relative && { ...relative, id, snapshots: undefined, ends: undefined, assumedFrom: relative.id };
}

/** OpenAI's models as a provider relays them; none where nothing is known of it. */
function familyOf({ models, relays }: Offering): readonly Model[] {
  if (relays) return GPT_IMAGES.map(relays);
  return models.filter((model) => FAMILY.test(model.id));
}

/** The longest id that a version of it begins with. */
function versionOf(models: readonly Model[], id: string): Model | undefined {
  return models
    .filter((model) => id === model.id || (id.startsWith(model.id) && VERSION_MARK.test(id.slice(model.id.length))))
    .sort((a, b) => b.id.length - a.id.length)[0];
}

/** The newest model with the same last word, such as `sunburst`. */
function namesake(models: readonly Model[], id: string): Model | undefined {
  const word = /-([a-z]+)$/.exec(id)?.[1];
  return word === undefined ? undefined : models.find((model) => model.id.endsWith(`-${word}`));
}
