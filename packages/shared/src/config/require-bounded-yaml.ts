import { Lexer, LineCounter, Parser } from 'yaml';
import { RerootError } from '../errors/index.ts';

/** How much of a text the YAML library may be given: what it takes for a document grows with these, not with the bytes alone. */
export interface YamlBounds {
  /** Collections in collections. */
  readonly maxDepth: number;
  /** What the lexer cuts the text into: a name, an indentation, a colon. */
  readonly maxTokens: number;
  /** Anchors and aliases together: the library looks for each anchor in the whole document. */
  readonly maxReferences: number;
}

/** The document that is parsed stands on the parser's stack, and what is in a collection besides collections. */
const stackBesideCollections = 2;

/**
 * Refuses a text that would take the YAML library long or run it out of stack, before it composes it. Stops at the first
 * bound that is exceeded.
 * @param place names the text in errors
 * @throws RR_CONFIG_INVALID placed `place:line:col`
 */
export function requireBoundedYaml(text: string, bounds: YamlBounds, place: string): void {
  const { maxDepth, maxTokens, maxReferences } = bounds;
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let tokens = 0;
  let references = 0;
  const refuse = (why: string, remedy: string): never => {
    const { line, col } = lines.linePos(parser.offset);
    throw new RerootError('RR_CONFIG_INVALID', why, { place: `${place}:${line}:${col}`, remedy });
  };
  for (const lexeme of new Lexer().lex(text)) {
    if (++tokens > maxTokens) {
      refuse(`the document has more than ${maxTokens} names, values and signs`, 'write a smaller document');
    }
    if (isReference(lexeme) && ++references > maxReferences) {
      refuse(`the document has more than ${maxReferences} anchors and aliases`, 'write out what the aliases stand for');
    }
    exhaust(parser.next(lexeme));
    if (parser.stack.length > maxDepth + stackBesideCollections) {
      refuse(`the document is nested too deeply: more than ${maxDepth} levels`, 'write a flatter document');
    }
  }
}

/** Plain scalars, which may begin with anything, come with a mark of their own before them. */
function isReference(lexeme: string): boolean {
  return lexeme.startsWith('&') || lexeme.startsWith('*');
}

/** The tree is not kept: it is made anew, with its errors, where the text is composed. */
function exhaust(tokens: Generator): void {
  while (tokens.next().done !== true);
}
