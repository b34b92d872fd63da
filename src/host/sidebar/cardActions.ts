import type * as vscode from 'vscode';
import { providerOf } from '../../core/catalog/providers';
import type { CardAction } from '../../protocol';
import { askApiKey } from '../connection/askApiKey';
import type { FormContext } from './formContext';

/** Does what a button of a card says. */
export async function actOnCard(
  view: FormContext,
  id: string,
  action: CardAction,
  model: string | undefined,
  scope: vscode.Uri | undefined,
): Promise<void> {
  const { app } = view.parts;
  switch (action) {
    case 'cancel':
      return app.actOn('cancel', id);
    case 'chooseModel':
      return view.post({ type: 'chooseModel' });
    case 'setApiKey':
      return setKeyOf(view, id);
    case 'useModel':
      if (model) view.session.set('model', model, scope);
      view.cards.close(id);
      break;
    case 'keepAll':
      view.cards.close(id);
      break;
    case 'dismiss':
      // One that is finished is only no longer shown.
      if (await app.jobs.journal.isOpen(id)) await app.actOn('dismiss', id);
      if (!(await app.jobs.journal.isOpen(id))) view.cards.close(id);
      break;
    case 'retry':
    case 'checkAgain':
    case 'saveAs': {
      const done = view.cards.again(action, id);
      view.push('jobs');
      await done;
      break;
    }
    default:
      return view.cards.apply(id, action, model);
  }
  view.push('form');
  view.push('jobs');
}

/** The key of the service that refused it, whichever is selected now. */
async function setKeyOf(view: FormContext, id: string): Promise<void> {
  const { app } = view.parts;
  const service = (await app.jobs.journal.read(id))?.service;
  if (!service?.baseUrl) return;
  const { origin } = new URL(service.baseUrl);
  const key = await askApiKey({ ...providerOf(service.provider), label: service.label }, origin);
  if (key) await app.keys.set({ provider: service.provider, origin }, key);
}
