import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import { parseSize } from '../../catalog/sizes';
import { imageCount } from '../../request/composeRequest';
import type { ImagesApi } from '../provider';
import { drawPlaceholder } from './drawPlaceholder';

/** The size that most models draw when nothing else is asked for. */
const DEFAULT_SIZE = { width: 1024, height: 1024 };

/** Hundreds of drawings one after the other would hold the process up: whatever waits comes in between. */
const turns = pLimit(1);

/** Draws on this machine, at once: for drafting a document, and for trying Pictor without a key. */
export const placeholder: ImagesApi = {
  submit(request) {
    const size = parseSize(String(request.fields.size ?? '')) ?? DEFAULT_SIZE;
    return turns(async () => {
      await setImmediate();
      const images = Array.from({ length: imageCount(request) }, (_, position) => ({
        source: {
          kind: 'bytes' as const,
          bytes: new TextEncoder().encode(drawPlaceholder({ prompt: request.prompt, ...size, index: position + 1 })),
        },
      }));
      return { state: 'images', images };
    });
  },
};
