import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { errorMessage, RerootError } from '../errors/index.ts';
import { findDuplicateKey } from './find-duplicate-key.ts';
import { type Finding, findingsOf } from './findings.ts';
import { offsetOf } from './offset.ts';
import { requireBoundedYaml, type YamlBounds } from './require-bounded-yaml.ts';

/** How much repetition aliases may cause: enough for people, too little for a bomb. */
const maxAliasCount = 50;

/** Room for a mesh of 10,000 clusters, its limit; the worst document within them is composed in about a second. */
const bounds: YamlBounds = { maxDepth: 64, maxTokens: 80_000, maxReferences: 500 };

/** Findings that one error spells out. */
const maxFindings = 5;

/**
 * Reads one YAML 1.2 document (JSON is one too) and fits it to a schema.
 * @param place names the document in errors: a file, an address
 * @returns the schema's output, defaults filled in
 * @throws RR_CONFIG_INVALID placed `place:line:col (path.to.key)`; also when it is too deep or too large to be read quickly
 */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, place: string): T {
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${place}:${line}:${col}`;
  };
  requireBoundedYaml(text, bounds, place);
  const document = compose(text, lines, place);
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) {
    throw new RerootError('RR_CONFIG_INVALID', sentence(broken.message), { place: at(broken.pos[0]) });
  }
  const duplicate = findDuplicateKey(document);
  if (duplicate !== undefined) {
    throw new RerootError('RR_CONFIG_INVALID', 'map keys must be unique', { place: at(duplicate) });
  }
  const value = toPlain(document, place);
  // A document is read once: to make functions for its schema first, as zod would, takes ten times as long as reading it.
  const result = schema.safeParse(value, { jitless: true });
  if (result.success) return result.data;
  throw invalid(findingsOf(result.error, schema, value), (path) => `${at(offsetOf(document, path))}${inParentheses(path)}`);
}

/** The same of a document that has no schema of ours. */
export function parseAnyYaml(text: string, place: string): unknown {
  return parseYaml(text, z.unknown(), place);
}

function compose(text: string, lineCounter: LineCounter, place: string): Document {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, strict: true });
  } catch (error) {
    // Nothing within the bounds is known to make the parser throw.
    throw new RerootError('RR_CONFIG_INVALID', sentence(errorMessage(error)), { place, cause: error });
  }
}

function toPlain(document: Document, place: string): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    throw new RerootError('RR_CONFIG_INVALID', sentence(errorMessage(error)), { place, cause: error });
  }
}

function invalid(findings: readonly [Finding, ...Finding[]], locate: (path: readonly PropertyKey[]) => string): RerootError {
  const [first, ...others] = findings;
  const shown = others.slice(0, maxFindings - 1).map((finding) => `; ${finding.text} (${locate(finding.path)})`);
  const hidden = others.length - shown.length;
  const more = hidden === 0 ? '' : `; and ${hidden} more`;
  return new RerootError('RR_CONFIG_INVALID', `${first.text}${shown.join('')}${more}`, { place: locate(first.path) });
}

function inParentheses(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : ` (${path.map(String).join('.')})`;
}

/** The first line of a library's message in our style: lower case, no full stop, and not what it quotes, which may be a secret. */
function sentence(message: string): string {
  const [line = ''] = message.split(/: |\n/, 1);
  return `${line.slice(0, 1).toLowerCase()}${line.slice(1).replace(/[.:]$/, '')}`;
}
