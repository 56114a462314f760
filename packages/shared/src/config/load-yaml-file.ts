import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { errorMessage, RerootError } from '../errors/index.ts';
import { parseYaml } from './yaml.ts';

/** A configuration is written by people; more than this is a mistake. */
const maxBytes = 1024 * 1024;

/**
 * Reads a configuration file and fits it to a schema.
 * @returns the schema's output, defaults filled in
 * @throws RR_CONFIG_UNREADABLE when there is no such file, it is not UTF-8 or larger than 1 MiB; RR_CONFIG_INVALID
 */
export async function loadYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return parseYaml(decode(await readAtMost(file), file), schema, file);
}

async function readAtMost(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    // `end` is inclusive: one byte more than allowed tells a larger file from one that just fits.
    for await (const chunk of createReadStream(file, { end: maxBytes })) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read ${file}: ${errorMessage(error)}`, { place: file, cause: error });
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > maxBytes) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `${file} is larger than ${maxBytes} bytes`, { place: file });
  }
  return bytes;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `${file} is not UTF-8 text`, { place: file, cause: error });
  }
}
