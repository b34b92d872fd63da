import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Recipe } from '../../src/protocol';
import { post } from '../host';
import { IconButton } from '../iconButton';

/** What a dropped file told. */
export interface DroppedRecipe {
  readonly name: string;
  readonly recipe?: Recipe;
}

/** A picture of that size has its recipe at its beginning, and needs not be sent as a whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Takes pictures and sidecar files, from VS Code's explorer or from the system, to read their recipes. */
export function DropTarget({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [isOver, setOver] = useState(false);
  const takes = (event: DragEvent): boolean => {
    const types = event.dataTransfer?.types ?? [];
    // One of our own pictures is on its way out.
    return !types.includes('application/vnd.pictor.pictures') && (types.includes('Files') || types.includes('text/uri-list'));
  };
  const drop = async (data: DataTransfer): Promise<void> => {
    const [file] = data.files;
    const uri = data.getData('text/uri-list').split(/\r?\n/).find((line) => line && !line.startsWith('#'));
    if (file && file.size <= MAX_BYTES) post({ type: 'dropped', name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    else if (uri) post({ type: 'dropped', name: decodeURIComponent(uri.split('/').at(-1) ?? uri), uri });
  };
  return (
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!takes(event) || !event.dataTransfer) return;
        event.preventDefault();
        void drop(event.dataTransfer);
      }}
    >
      {children}
    </div>
  );
}

/** The recipe of a dropped file. */
export function RecipePanel({ name, recipe, onClose }: DroppedRecipe & { readonly onClose: () => void }): JSX.Element {
  return (
    <section class="card" aria-label={t('Recipe of {name}', { name })}>
      <div class="card-head">
        <strong>{t('Recipe of {name}', { name })}</strong>
        <IconButton icon="close" label={t('Close')} onClick={onClose} />
      </div>
      {recipe === undefined ? <p>{t('There is no recipe of Pictor’s in it or beside it.')}</p> : (
        <>
          <p class="card-prompt">{recipe.prompt}</p>
          <p class="detail">{[recipe.service, recipe.model, ...Object.values(recipe.values).map(String)].join(' · ')}</p>
          <div class="row">
            <button type="button" class="vscode-button" onClick={() => {
              post({ type: 'useRecipe', recipe });
              onClose();
            }}>{t('Use everything')}</button>
          </div>
        </>
      )}
    </section>
  );
}
