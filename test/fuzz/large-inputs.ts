import type { LargeInput } from './target.ts';

/** Of a PEM text, of a YAML file, of a body of the API. */
const maxBytes = 2 ** 20;

/** YAML of a mebibyte: what is known to make readers slow, behind a document that is valid. */
export function largeYaml(valid: string): readonly LargeInput[] {
  return [
    text('keys', `${valid}more:\n`, (count) => `  key-${count}: ${count}\n`),
    text('keys in a flow', `${valid}more: { `, (count) => `k${count}: ,`),
    text('items', `${valid}more:\n`, (count) => `  - ${count}\n`),
    text('anchors and aliases', `${valid}more:\n`, (count) => `  - &a${count} x\n  - *a${count}\n`),
    text('aliases of one anchor', `${valid}more:\n  - &a [x, y]\n`, () => '  - *a\n'),
    text('open brackets', `${valid}more: `, () => '['),
    text('levels', '', (count) => `${' '.repeat(count)}a:\n`),
    text('comments', valid, (count) => `# ${count}\n`),
    text('merge keys', `${valid}more:\n`, () => '  <<: { a: 1 }\n'),
    text('one text over many lines', `${valid}more: "`, (count) => `line ${count}\n\n  `),
  ];
}

/** JSON of a mebibyte. */
export function largeJson(): readonly LargeInput[] {
  return [
    text('keys', '{', (count) => `"key-${count}":${count},`, '"end":1}'),
    text('items', '[', (count) => `${count},`, '1]'),
    text('open brackets', '', () => '['),
    text('open keys', '', () => '{"a":'),
    text('one text', '{"by":"', () => '\\u00e9', '"}'),
  ];
}

/** PEM of a mebibyte. */
export function largePem(block: string): readonly LargeInput[] {
  return [
    text('blocks', '', () => block),
    text('beginnings', '', () => '-----BEGIN CERTIFICATE-----\n'),
    text('ends', '', () => '-----END CERTIFICATE-----\n'),
    text('hyphens', '', () => '-'),
    text('empty lines', '-----BEGIN CERTIFICATE-----', () => '\n'),
    text('spaces', '-----BEGIN CERTIFICATE-----\n', () => ' '),
    text('one long block', '-----BEGIN CERTIFICATE-----\n', () => `${'A'.repeat(64)}\n`, '-----END CERTIFICATE-----\n'),
  ];
}

function text(what: string, head: string, piece: (count: number) => string, tail = ''): LargeInput {
  return {
    what,
    make: () => {
      const pieces = [head];
      let bytes = head.length + tail.length;
      for (let count = 0; ; count += 1) {
        const next = piece(count);
        bytes += next.length;
        if (bytes > maxBytes) return Buffer.from([...pieces, tail].join(''), 'latin1');
        pieces.push(next);
      }
    },
  };
}
