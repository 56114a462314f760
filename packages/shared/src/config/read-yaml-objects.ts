import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { RerootError } from '../errors/index.ts';
import { findDuplicateKey } from './find-duplicate-key.ts';

/** A document of a text, as plain values. */
export interface YamlObject {
  readonly value: unknown;
  /** Line in which it begins, from 1. */
  readonly line: number;
}

/** How much repetition aliases may cause: enough for people, too little for a bomb. */
const maxAliasCount = 50;

/**
 * Reads the documents of a text of YAML or JSON.
 * @param place names the text in errors
 * @throws RR_CONFIG_INVALID on what is not YAML; values are never quoted
 */
export function readYamlObjects(text: string, place: string): readonly YamlObject[] {
  const lineCounter = new LineCounter();
  return documentsOf(text, lineCounter, place).map((document) => {
    const line = lineCounter.linePos(document.range[0]).line;
    const broken = document.errors[0];
    if (broken !== undefined) {
      // A message of the library may quote the line, and that may be a key.
      throw new RerootError('RR_CONFIG_INVALID', `the text is not valid YAML (${broken.code})`, {
        place: `${place}:${lineCounter.linePos(broken.pos[0]).line}`,
      });
    }
    const duplicate = findDuplicateKey(document);
    if (duplicate !== undefined) {
      throw new RerootError('RR_CONFIG_INVALID', 'the text is not valid YAML (DUPLICATE_KEY)', {
        place: `${place}:${lineCounter.linePos(duplicate).line}`,
      });
    }
    return { value: plainOf(document, place), line };
  });
}

function documentsOf(text: string, lineCounter: LineCounter, place: string): readonly Document.Parsed[] {
  try {
    return parseAllDocuments(text, { lineCounter, prettyErrors: false, uniqueKeys: false, strict: true, logLevel: 'error' });
  } catch (error) {
    // Only absurd nesting makes the parser throw: it runs out of stack.
    throw new RerootError('RR_CONFIG_INVALID', 'the text cannot be read as YAML', { place, cause: error });
  }
}

function plainOf(document: Document.Parsed, place: string): unknown {
  try {
    return document.toJS({ maxAliasCount }) as unknown;
  } catch {
    // What the library says names the alias, and anything may stand behind the asterisk.
    throw new RerootError('RR_CONFIG_INVALID', 'an alias of the YAML leads nowhere, or there are too many of them', { place });
  }
}
