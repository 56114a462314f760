import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import type { Message } from '../message.ts';

const folder = join(import.meta.dirname, '../../../../../proto');

/** What a kind is called in proto/reroot/v1/agent.proto. */
export const typeNames = {
  'desired-trust': 'DesiredTrust',
  report: 'Report',
  'issue-request': 'IssueIntermediateRequest',
  'issue-response': 'IssueIntermediateResponse',
  'credentials-request': 'CredentialsRequest',
  'credentials-response': 'CredentialsResponse',
  'link-terms': 'LinkTerms',
  'link-state': 'LinkState',
  task: 'Task',
  'task-result': 'TaskResult',
} as const satisfies Record<Message['kind'], string>;

/** The definitions of the version before, which proto/baseline.json holds. */
export function formerSchema(): protobuf.Root {
  const image = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')) as Record<string, unknown>;
  const set = descriptor.FileDescriptorSet;
  const root = protobuf.Root.fromDescriptor(set.encode(set.fromObject(image)).finish());
  root.resolveAll();
  return root;
}

/** The present definitions, read from their source and not from the generated code. */
export function presentSchema(): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => join(folder, target);
  root.loadSync(['agent', 'virtual_mesh'].map((name) => `reroot/v1/${name}.proto`)).resolveAll();
  return root;
}

/** What a schema calls its messages. */
export function typeNamesOf(schema: protobuf.Root): string[] {
  const found = schema.lookup('reroot.v1');
  if (!(found instanceof protobuf.Namespace)) throw new Error('the schema has no reroot.v1');
  return found.nestedArray.filter((each) => each instanceof protobuf.Type).map(({ name }) => name);
}

/** A message of a schema. */
export function typeOf(schema: protobuf.Root, name: string): protobuf.Type {
  return schema.lookupType(`reroot.v1.${name}`);
}
