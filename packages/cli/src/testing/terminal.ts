import { noPaint } from '@reroot/shared/api';
import type { Screen } from '../shell.ts';

/** A terminal that wraps what it shows anew when its width changes, as most do. */
export interface Terminal {
  readonly screen: Screen;
  /** What can be seen, and has been scrolled away above it. */
  lines(): readonly string[];
  resize(columns: number, rows: number): void;
  /** All that was written. */
  readonly written: readonly string[];
}

const sequence = /(\u001b\[(\d*)([A-Za-z])|\r|\n)/;

/** Knows what reroot writes: text, ends of lines, and ESC [ n A, ESC [ 0 K, ESC [ 0 J. */
export function createTerminal(columns: number, rows: number): Terminal {
  let size = { columns, rows };
  const written: string[] = [];
  /** As they were written, without the breaks that the width makes. */
  let lines: string[] = [''];
  let at = 0;
  let column = 0;
  const tall = (line: string): number => Math.max(1, Math.ceil(line.length / size.columns));
  const up = (count: number): void => {
    let left = count;
    while (left > 0 && at > 0) {
      at -= 1;
      left -= tall(lines[at] ?? '');
    }
    if (left < 0) throw new Error('the cursor is in the middle of a wrapped line');
  };
  const put = (text: string): void => {
    const line = lines[at] ?? '';
    lines[at] = `${line.slice(0, column).padEnd(column)}${text}${line.slice(column + text.length)}`;
    column += text.length;
  };
  const obey = (letter: string, count: number): void => {
    if (letter === 'A') up(count);
    else if (letter === 'K') lines[at] = (lines[at] ?? '').slice(0, column);
    else if (letter === 'J') lines = [...lines.slice(0, at), (lines[at] ?? '').slice(0, column)];
    else throw new Error(`this terminal knows no ESC [ ${letter}`);
  };
  const take = (text: string): void => {
    for (let rest = text; rest !== ''; ) {
      const match = sequence.exec(rest);
      put(rest.slice(0, match?.index ?? rest.length));
      if (match === null) return;
      const [whole, , count = '', letter] = match;
      if (letter !== undefined) obey(letter, Number(count || '1'));
      else column = 0;
      if (whole === '\n') lines[(at += 1)] ??= '';
      rest = rest.slice(match.index + whole.length);
    }
  };
  return {
    screen: {
      write: (text) => {
        written.push(text);
        take(text);
      },
      size: () => size,
      paint: noPaint,
    },
    lines: () => lines.slice(0, -1),
    resize: (wide, high) => {
      size = { columns: wide, rows: high };
    },
    written,
  };
}
