/** A command as a page shows it. */
export interface DocCommand {
  readonly page: string;
  /** Where it stands, from 1. */
  readonly line: number;
  /** As a shell takes it, in one line. */
  readonly text: string;
  /** What the page shows to come of it; empty where it shows nothing. */
  readonly shown: readonly string[];
}

/**
 * The commands of a page, in its order: each line of a block of `sh`, and what follows a `$` in a block of `console` or of no
 * language, with the lines after it as its output.
 */
export function readCommands(page: string, text: string): readonly DocCommand[] {
  return blocksOf(text).flatMap((block) => {
    if (block.language === 'sh') return scriptOf(page, block);
    return ['', 'console'].includes(block.language) ? sessionOf(page, block) : [];
  });
}

/** What stands between backquotes in a sentence and begins with the name of the client. */
export function readSpans(page: string, text: string): readonly DocCommand[] {
  const blocks = blocksOf(text);
  const prose = text
    .split('\n')
    .map((line, index) => (blocks.some(({ from, to }) => index + 1 >= from && index + 1 <= to) ? '' : line))
    .join('\n');
  return [...prose.matchAll(/(?<!`)`(reroot\s[^`]+)`/g)].map(({ 1: span = '', index }) => ({
    ...{ page, line: prose.slice(0, index).split('\n').length },
    ...{ text: span.replaceAll(/\s+/g, ' '), shown: [] },
  }));
}

/** The lines within a fence, or those that are indented so far that they are code. */
interface Block {
  readonly language: string;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

function blocksOf(text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const fence = /^(?<indent> *)```(?<language>\w*)$/.exec(lines[index] ?? '')?.groups;
    if (fence === undefined) {
      const code = /^ {4}(?<code>(?:reroot|\.\/dev) .*)$/.exec(lines[index] ?? '')?.groups?.['code'];
      if (code !== undefined) blocks.push({ language: 'sh', from: index + 1, to: index + 1, lines: [code] });
      continue;
    }
    const { indent = '', language = '' } = fence;
    const end = lines.indexOf(`${indent}\`\`\``, index + 1);
    if (end < 0) throw new Error(`the fence in line ${index + 1} is never closed`);
    const inside = lines.slice(index + 1, end).map((line) => line.slice(indent.length));
    blocks.push({ language, from: index + 2, to: end, lines: inside });
    index = end;
  }
  return blocks;
}

function scriptOf(page: string, { from, lines }: Block): readonly DocCommand[] {
  return joinContinued(lines)
    .map(({ offset, text }) => ({ page, line: from + offset, text: withoutComment(text).trim(), shown: [] }))
    .filter(({ text }) => text !== '');
}

function sessionOf(page: string, { from, lines }: Block): readonly DocCommand[] {
  const commands: (DocCommand & { readonly shown: string[] })[] = [];
  for (const { offset, text } of joinContinued(lines)) {
    if (text.startsWith('$ '))
      commands.push({ page, line: from + offset, text: withoutComment(text.slice(2)).trim(), shown: [] });
    else commands.at(-1)?.shown.push(text);
  }
  return commands;
}

/** A line that ends with a backslash goes on in the next one. */
function joinContinued(lines: readonly string[]): readonly { readonly offset: number; readonly text: string }[] {
  const joined: { offset: number; text: string }[] = [];
  let open = false;
  for (const [offset, line] of lines.entries()) {
    const last = joined.at(-1);
    if (open && last !== undefined) last.text = `${last.text.slice(0, -1).trimEnd()} ${line.trim()}`;
    else joined.push({ offset, text: line });
    open = line.endsWith('\\');
  }
  return joined;
}

/** Quotes keep a `#` from beginning one. */
function withoutComment(text: string): string {
  return text.replace(/^((?:'[^']*'|"[^"]*"|[^'"#]|(?<=\S)#)*)(?<!\S)#.*$/, '$1');
}
