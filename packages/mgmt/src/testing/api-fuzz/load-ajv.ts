import { createRequire } from 'node:module';

/** What is used of ajv, which fastify brings. */
export interface Ajv {
  addSchema(schema: object, name: string): void;
  compile(schema: object): Validate;
}

/** Whether a value is as a schema says; `errors` say why not. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: unknown;
}

/** A validator of JSON Schema 2020-12 that heeds formats. */
export function loadAjv(): Ajv {
  const here = createRequire(import.meta.url);
  const fastify = createRequire(here.resolve('fastify'));
  const compiler = createRequire(fastify.resolve('@fastify/ajv-compiler'));
  const { Ajv2020 } = compiler('ajv/dist/2020.js') as { Ajv2020: new (options: object) => Ajv };
  const addFormats = compiler('ajv-formats') as (ajv: Ajv) => void;
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats(ajv);
  return ajv;
}
