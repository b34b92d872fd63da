import { t } from '@vscode/l10n';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../catalog/fields';
import { ruleOf } from '../catalog/frames';
import type { Model } from '../catalog/model';
import { modelOf } from '../catalog/modelOf';
import type { Provider, ProviderId } from '../catalog/providers';
import { describeRule, isAllowed, listWords, type Constraint } from '../catalog/rules';
import { PictorError } from '../errors';
import { constraintsOf, isSatisfied, splitFields, type FittedFields } from './fitFields';
import { withDefaults } from './withDefaults';
import { taskFields, type TaskMode } from './taskMode';

/** What will be asked of a service: checked, and without anything that the model does not take. */
export interface ImageRequest {
  readonly provider: ProviderId;
  readonly model: string;
  readonly prompt: string;
  readonly fields: FieldValues;
  /** Fields that the user set and the model does not take. */
  readonly unsupported: readonly FieldName[];
  /** Fields of the service rather than of the model, by their names in the request. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What the user asks for, before it is checked. */
export interface RequestDraft {
  readonly prompt: string;
  /** The model of the settings; absent means the provider's default. */
  readonly model?: string;
  readonly fields: FieldValues;
  /** Whether a service that offers tasks is asked for one; `never` by default. */
  readonly taskMode?: TaskMode;
  readonly callbackUrl?: string;
  /** Fields that the service has refused, and that the user wants left out. */
  readonly leftOut?: readonly FieldName[];
  /** Under which a service that offers tasks can be asked about one whose answer was lost. */
  readonly traceId?: string;
}

/**
 * Checks a draft against the catalog.
 * @throws PictorError `invalidRequest` with a sentence that says what is allowed, or `invalidSetting` for a missing
 * model
 */
export function composeRequest(provider: Provider, draft: RequestDraft): ImageRequest {
  const prompt = draft.prompt.trim();
  if (!prompt) throw new PictorError('invalidRequest', t('The prompt is empty. Select or type what should be drawn.'));
  const id = draft.model ?? provider.defaultModel;
  if (!id) {
    throw new PictorError(
      'invalidSetting',
      t('{label} needs the name of a model. Set pictor.model.', { label: provider.label }),
      {
        setting: 'pictor.model',
      },
    );
  }
  const model = modelOf(provider, id);
  // Rules that are only assumed refuse nothing.
  const rules = model?.assumedFrom === undefined ? model : undefined;
  if (rules) checkPrompt(rules, prompt);
  const task = taskFields(provider, model, draft);
  const leftOut = new Set(draft.leftOut);
  // A task has no stream, and a stream no task.
  if (Object.keys(task).length > 0) leftOut.add('partialImages');
  const { taken, unsupported } = sentFields(withDefaults(model, draft.fields), model, leftOut);
  if (rules) for (const name of FIELD_NAMES) checkField(name, taken, rules);
  for (const constraint of constraintsOf(provider, rules)) checkConstraint(constraint, taken, id);
  return {
    provider: provider.id,
    model: id,
    prompt,
    fields: taken,
    unsupported,
    extra: { ...task, ...provider.profile?.send },
  };
}

/** How many images a request asks for. */
export function imageCount(request: ImageRequest): number {
  return typeof request.fields.n === 'number' ? request.fields.n : 1;
}

function checkPrompt(model: Model, prompt: string): void {
  const max = model.maxPromptCharacters;
  const length = Array.from(prompt).length;
  if (max !== undefined && length > max) {
    throw new PictorError(
      'invalidRequest',
      t('The prompt has {length} characters; {id} takes at most {max}. Select a shorter text.', {
        length,
        id: model.id,
        max,
      }),
    );
  }
}

/** An unknown model gets everything that the user set; `n: 1` is what every service does unasked, so it is not sent. */
function sentFields(fields: FieldValues, model: Model | undefined, leftOut: ReadonlySet<FieldName>): FittedFields {
  const { n, ...others } = fields;
  return splitFields(
    n === 1 ? others : fields,
    (name) => (!model || model.fields[name] !== undefined) && !leftOut.has(name),
  );
}

function checkField(name: FieldName, values: FieldValues, model: Model): void {
  const value = values[name];
  const rule = ruleOf(model, name, values);
  if (value === undefined || !rule || isAllowed(rule, value)) return;
  throw new PictorError(
    'invalidRequest',
    t('{id} does not take {value} as pictor.{name}. Allowed: {allowed}.', {
      id: model.id,
      value,
      name,
      allowed: describeRule(rule),
    }),
    { setting: `pictor.${name}` },
  );
}

function checkConstraint(constraint: Constraint, sent: FieldValues, model: string): void {
  if (isSatisfied(constraint, sent)) return;
  throw new PictorError(
    'invalidRequest',
    t('{model}: pictor.{field} {value} works only with pictor.{needs} {values}.', {
      model,
      field: constraint.field,
      value: String(sent[constraint.field]),
      needs: constraint.needs,
      values: listWords(constraint.values),
    }),
    { setting: `pictor.${constraint.needs}` },
  );
}
