import { z } from 'zod';
import { loadYamlFile } from './load-yaml-file.ts';

/** What is kept under one name: a server, and how it is asked. No secret has a place in it: a token is named by its file. */
export interface Context {
  readonly server: string;
  readonly mesh?: string;
  readonly tokenFile?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** The contexts of a person, by name, and the one that is used where none is named. */
export interface ContextFile {
  readonly current?: string;
  readonly contexts: Readonly<Record<string, Context>>;
}

const name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/i, 'is no name: take up to 63 letters and digits, with . _ - between them');
const words = z.string().min(1);

const contextSchema = z.strictObject({
  server: words,
  mesh: words.exactOptional(),
  tokenFile: words.exactOptional(),
  caFile: words.exactOptional(),
  certFile: words.exactOptional(),
  keyFile: words.exactOptional(),
});

/** An emptied file is no mistake. */
const fileSchema = z
  .strictObject({ current: name.exactOptional(), contexts: z.record(name, contextSchema).default({}) })
  .nullable()
  .transform((file): ContextFile => file ?? { contexts: {} });

/** @throws RR_CONFIG_UNREADABLE, RR_CONFIG_INVALID */
export function loadContextFile(file: string): Promise<ContextFile> {
  return loadYamlFile(file, fileSchema);
}

/** Whether a context may have the name. */
export function isContextName(text: string): boolean {
  return name.safeParse(text).success;
}
