import * as vscode from 'vscode';
import type { Model } from '../../core/catalog/models';
import { providerOf, type ProviderDefinition } from '../../core/catalog/providers';
import { describeRule } from '../../core/catalog/rules';
import { activeScope } from '../activeScope';
import { readSettings } from '../readSettings';
import { writeSettings } from '../writeSetting';

const OTHER = 'Another model…';

/** Lets the user choose one of the provider's models, or type the id of any other. */
export async function selectModel(): Promise<void> {
  const scope = activeScope();
  const settings = readSettings(scope);
  const definition = providerOf(settings.provider);
  const current = settings.model ?? definition.defaultModel;
  const picked =
    definition.models.length === 0
      ? OTHER
      : (await vscode.window.showQuickPick(items(definition, current), { title: `Model of ${definition.label}`, matchOnDetail: true }))?.label;
  const model = picked === OTHER ? await askModel(definition, current) : picked;
  if (model !== undefined) await writeSettings({ model: model === definition.defaultModel ? undefined : model }, scope);
}

function items(definition: ProviderDefinition, current: string): vscode.QuickPickItem[] {
  const models = definition.models.map((model) => ({
    label: model.id,
    description: [model.id === current && 'selected', model.id === definition.defaultModel && 'default'].filter(Boolean).join(', '),
    detail: detailOf(model),
  }));
  const other = { label: OTHER, detail: 'Type the id of any model that the service offers' };
  return definition.id === 'placeholder' ? models : [...models, other];
}

function detailOf(model: Model): string {
  const { size, n } = model.fields;
  return [
    size && `Sizes: ${describeRule(size)}`,
    n && `pictures: ${describeRule(n)}`,
    model.answers === 'task' && 'takes its time (a task)',
  ]
    .filter(Boolean)
    .join('; ');
}

async function askModel(definition: ProviderDefinition, value: string): Promise<string | undefined> {
  const model = await vscode.window.showInputBox({ title: `Model of ${definition.label}`, prompt: 'The id of the model, as the service names it', value });
  return model?.trim();
}
