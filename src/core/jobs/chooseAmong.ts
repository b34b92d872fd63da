import type { ImageAction } from './action';

/** One of several images of a request, as the document shows it. */
interface Candidate {
  readonly id: string;
  readonly isLinked: boolean;
}

/** Action that is offered with each of several images of one request; undefined where the document shows it already. */
export function chooseAmong(
  images: readonly Candidate[],
  picked: string | undefined,
): readonly (ImageAction | undefined)[] {
  const linked = images.filter(({ isLinked }) => isLinked).length;
  return images.map(({ id, isLinked }) => {
    if (id === picked) return 'deleteOthers';
    if (linked === 0) return 'insert';
    if (linked === images.length) return 'keepOnly';
    return isLinked ? undefined : 'replaceInDocument';
  });
}
