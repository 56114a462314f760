/** A block of a PEM text (RFC 7468), or what is left of one. */
export type PemBlock = WholePemBlock | DamagedPemBlock;

/** A block that Go's `encoding/pem` finds too. */
export interface WholePemBlock {
  readonly kind: 'whole';
  readonly label: string;
  /** Line of its BEGIN, from 1. */
  readonly line: number;
  /** From BEGIN to END. */
  readonly text: string;
  readonly der: Uint8Array;
  /** Headers as in RFC 1421; Go's certificate pools pass over a block that has some. */
  readonly headers: 'none' | 'some';
}

/** A block that Go's `encoding/pem`, and so istiod, passes over without a word. */
export interface DamagedPemBlock {
  readonly kind: 'damaged';
  readonly label: string;
  readonly line: number;
  /** What is wrong with it: lower case, no full stop. */
  readonly problem: string;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Finds the blocks of every kind in a text, in order; what stands between them is passed over. Where BEGIN or END share their
 * line with other text the block is damaged: that is what joining files without a final newline makes of two good ones.
 */
export function pemBlocks(text: string): readonly PemBlock[] {
  const begins = [...text.matchAll(/-----BEGIN ([^-\n]*)-----([^\n]*)/g)];
  const lineAt = createLineCounter(text);
  return begins.map((begin, index) => {
    const label = begin[1] ?? '';
    const line = lineAt(begin.index);
    const damaged = (problem: string): DamagedPemBlock => ({ kind: 'damaged', label, line, problem });
    if (begin.index > 0 && text[begin.index - 1] !== '\n') return damaged('its BEGIN stands behind other text in its line');
    if (begin[2]?.trim() !== '') return damaged('its BEGIN is followed by other text in its line');
    const rest = text.slice(begin.index, begins[index + 1]?.index);
    const end = /^-----END ([^-\n]*)-----([^\n]*)/m.exec(rest);
    if (end === null) return damaged('it has no END');
    if (end[1] !== label) return damaged(`it begins as ${label} and ends as ${end[1]}`);
    // Here the text may have been cut before the next BEGIN, which then stands in the same line.
    if (end[2]?.trim() !== '' || text[begin.index + end.index + end[0].length] === '-') {
      return damaged('its END is followed by other text in its line');
    }
    const content = splitHeaders(rest.slice(begin[0].length, end.index));
    if (content === undefined) return damaged('its headers are not followed by an empty line');
    const { headers, body } = content;
    if (!base64.test(body)) return damaged('it is not in base64');
    const whole = rest.slice(0, end.index + end[0].length).trimEnd();
    return { kind: 'whole', label, line, text: whole, der: Buffer.from(body, 'base64'), headers };
  });
}

/** Headers stand before everything else, and a line is left between them and the END; otherwise Go sees no block. */
function splitHeaders(inside: string): { headers: WholePemBlock['headers']; body: string } | undefined {
  const [, ...lines] = inside.split('\n');
  const firstOther = lines.findIndex((line) => !line.includes(':'));
  const rest = lines.slice(firstOther);
  if (firstOther > 0 && rest.length < 2) return undefined;
  return { headers: firstOther > 0 ? 'some' : 'none', body: rest.join('').replace(/[ \t\r]/g, '') };
}

/** Counts on from the last place asked for: a text may have thousands of blocks. */
function createLineCounter(text: string): (index: number) => number {
  let line = 1;
  let counted = 0;
  return (index) => {
    for (let next = text.indexOf('\n', counted); next !== -1 && next < index; next = text.indexOf('\n', counted)) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
}
