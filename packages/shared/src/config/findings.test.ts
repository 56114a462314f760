import { expect, it } from 'vitest';
import { z } from 'zod';
import { findingsOf } from './findings.ts';

it('a map of unknown keys without end is told of by the first hundred, each with what is known', () => {
  const schema = z.strictObject({ strategy: z.string().exactOptional(), targetRoot: z.string().exactOptional() });
  const value = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`stratgey${index}`, 1]));
  const { error } = schema.safeParse(value);
  const findings = findingsOf(error!, schema, value);
  expect(findings).toHaveLength(100);
  expect(findings[0]).toMatchObject({ path: ['stratgey0'], text: expect.stringContaining('unknown key "stratgey0"') });
});
