import { z } from 'zod';

/** A rule over several fields in CEL, as a CustomResourceDefinition has it. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
  /** The field that it is about, such as `.rsaKeySizeBytes`. */
  readonly fieldPath?: string;
}

/** What a schema says in a CustomResourceDefinition beyond what JSON Schema has words for. */
export interface CrdNotes {
  readonly rules?: readonly CelRule[];
  /** `unwritten`: what counts by default must not be written into objects, for a rule asks whether somebody has written it. */
  readonly default?: 'unwritten';
  /** Field of the items of a list that tells them apart. */
  readonly listMapKey?: string;
}

/** By schema: what mgmt checks by code when it reads a document, the API server checks by these. */
export const crdNotes = z.registry<CrdNotes>();
