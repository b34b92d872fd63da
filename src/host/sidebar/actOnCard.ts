import type * as vscode from 'vscode';
import type { JobAction } from '../../core/jobs/action';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import type { FormContext } from './formContext';

/** Does what a button of a card says: for a batch, or for what failed of it, with all of its jobs. */
export async function actOnCard(
  view: FormContext,
  id: string,
  action: JobAction,
  model: string | undefined,
  scope: vscode.Uri | undefined,
): Promise<void> {
  const { app } = view.dependencies;
  const ids = view.cards.idsOf(id);
  switch (action) {
    case 'chooseModel':
      return view.post({ type: 'chooseModel' });
    case 'useModel':
      // What the form did not ask for has its model from the settings.
      if (!ids.every((one) => isOfForm(app, one))) return app.actOn(action, ids, model);
      if (model) view.session.set('model', model, scope);
      view.cards.close(id);
      break;
    case 'keepAll':
      view.cards.close(id);
      break;
    case 'dismiss': {
      // One that is finished is only no longer shown.
      const open = ids.filter((one) => app.records.isOpen(one));
      if (open.length > 0) await app.actOn('dismiss', open);
      if (!open.some((one) => app.records.isOpen(one))) view.cards.close(id);
      break;
    }
    default:
      return app.actOn(action, ids, model);
  }
  view.push('form');
  view.push('jobs');
}

function isOfForm({ jobs, records }: JobsDependencies, id: string): boolean {
  const stopped = jobs.stopped.find(({ record }) => record.id === id);
  return (stopped?.record ?? records.find(id))?.origin === 'form';
}
