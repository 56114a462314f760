import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acts } from './occurrence.ts';

const page = readFileSync(new URL('../../../../docs/kubernetes.md', import.meta.url), 'utf8');
const types = { normal: 'Normal', warning: 'Warning' } as const;

describe('the table of Events in docs/kubernetes.md', () => {
  it('has each act with its type, and no other', () => {
    const [, section = ''] = page.split('\n## Events\n');
    const rows = [...section.matchAll(/^\| `(\w+)` \| (Normal|Warning) \|/gm)].map(([, reason, type]) => `${reason} ${type}`);
    expect(rows.toSorted()).toEqual(
      Object.entries(acts)
        .map(([reason, { severity }]) => `${reason} ${types[severity]}`)
        .toSorted(),
    );
  });
});
