import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** Services' own descriptions of their images endpoints. They are not ours to carry: they may lie beside the checkout. */
const FILES = {
  openai: path.join('shared', 'openai-images.openapi.json'),
  tokenlab: path.join('shared', 'tokenlab-images.openapi.json'),
} as const;

export type DescribedService = keyof typeof FILES;

interface Description {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> };
}

/** Checks values against the schemas of the description. */
export interface OpenApi {
  /** What is wrong with a value, or nothing. A property that the schema does not name is wrong too. */
  faults(schema: string, value: Readonly<Record<string, unknown>>): string[];
}

/** Why there are no proofs by a description. */
export function noDescription(service: DescribedService): string {
  return `the description of ${service} is not beside the checkout, at ${path.join('..', FILES[service])}`;
}

/** Undefined where the description is not at hand. */
export function loadOpenApi(root: string, service: DescribedService): OpenApi | undefined {
  const file = path.join(root, '..', FILES[service]);
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
