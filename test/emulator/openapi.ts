import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** OpenAI's own description of its images endpoints. It is not ours to carry: it may lie beside the checkout. */
const FILE = path.join('shared', 'openai-images.openapi.json');

interface Description {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> };
}

/** Checks values against the schemas of the description. */
export interface OpenApi {
  /** What is wrong with a value, or nothing. A property that the schema does not name is wrong too. */
  faults(schema: string, value: Readonly<Record<string, unknown>>): string[];
}

/** Why there are no proofs by the description. */
export const NO_DESCRIPTION = `OpenAI's description is not beside the checkout, at ${path.join('..', FILE)}`;

/** Undefined where the description is not at hand. */
export function loadOpenApi(root: string): OpenApi | undefined {
  const file = path.join(root, '..', FILE);
  if (!existsSync(file)) return undefined;
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('unixtime', true);
  ajv.addSchema(description, 'openapi');
  const validators = new Map<string, ValidateFunction>();
  return {
    faults(schema, value) {
      const validate = validators.get(schema) ?? ajv.compile({ $ref: `openapi#/components/schemas/${schema}` });
      validators.set(schema, validate);
      const known = Object.keys(description.components.schemas[schema]?.properties ?? {});
      const unknown = Object.keys(value).filter((name) => !known.includes(name));
      validate(value);
      return [
        ...(validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
        ...unknown.map((name) => `${name} is not known`),
      ];
    },
  };
}
