import { join } from 'node:path';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { buildOpenApi } from '../openapi/build-openapi.ts';

/** What a document may say: the keys of a map, the names of an enum, or some other value. */
type Form = { readonly [key: string]: Form } | readonly string[] | 'value';

const protoFolder = join(import.meta.dirname, '../../../../../proto');

function readProto(): protobuf.Type {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => join(protoFolder, target);
  return root.loadSync('reroot/v1/virtual_mesh.proto').resolveAll().lookupType('reroot.v1.VirtualMesh');
}

function formOfType(type: protobuf.ReflectionObject | null): Form {
  if (type instanceof protobuf.Enum) return Object.keys(type.values).toSorted();
  if (!(type instanceof protobuf.Type) || type.fullName === '.google.protobuf.Duration') return 'value';
  return Object.fromEntries(type.fieldsArray.map(({ name, resolvedType }) => [name, formOfType(resolvedType)]));
}

interface JsonSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
}

function formOfSchema({ $ref, properties, items, enum: values }: JsonSchema, named: Readonly<Record<string, JsonSchema>>): Form {
  if ($ref !== undefined) return formOfSchema(named[$ref.split('/').at(-1) ?? ''] ?? {}, named);
  // Numbers are no names.
  if (values?.every((value) => typeof value === 'string')) return values.toSorted();
  if (items !== undefined) return formOfSchema(items, named);
  if (properties === undefined) return 'value';
  return Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, formOfSchema(schema, named)]));
}

describe('the schema of a VirtualMesh', () => {
  it('knows every field and every name that the proto has, and no other', () => {
    const { components } = buildOpenApi();
    expect(formOfSchema({ $ref: 'VirtualMesh' }, components.schemas)).toEqual(formOfType(readProto()));
  });
});
