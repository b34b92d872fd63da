import type { FormState, GalleryState, ImageDetails, JobCard, Recipe, ToWebview } from '../src/protocol';
import { changedGallery } from './gallery/changedGallery';

/** What a dropped file told. */
export interface DroppedRecipe {
  readonly name: string;
  readonly recipe?: Recipe;
}

/** Everything that the host has told, and what is looked at. */
export interface Told {
  readonly form?: FormState;
  readonly cards: readonly JobCard[];
  readonly gallery?: GalleryState;
  readonly details?: ImageDetails;
  readonly recipe?: DroppedRecipe;
  readonly comparison?: readonly [ImageDetails, ImageDetails];
}

/** What is seen after a message of the host. @param opened the image that was asked for last */
export function told(before: Told, message: ToWebview, opened: string | undefined): Told {
  switch (message.type) {
    case 'form':
      return { ...before, form: message.state };
    case 'jobs':
      return { ...before, cards: message.cards };
    case 'gallery':
      return { ...before, gallery: message.state };
    case 'galleryChanges':
      return before.gallery ? { ...before, gallery: changedGallery(before.gallery, message.changes) } : before;
    case 'details': {
      // The answer to an earlier click must not take the place of a later one.
      const { id } = message.details;
      return opened === id || before.details?.id === id ? { ...before, details: message.details } : before;
    }
    case 'imageGone':
      return before.details?.id === message.id ? { ...before, details: undefined } : before;
    case 'comparison':
      return { ...before, comparison: message.images };
    case 'recipe':
      return {
        ...before,
        recipe: { name: message.name, recipe: message.recipe },
        details: undefined,
        comparison: undefined,
      };
    case 'prompt':
    case 'chooseModel':
      return { ...before, details: undefined, comparison: undefined };
    default:
      return before;
  }
}
