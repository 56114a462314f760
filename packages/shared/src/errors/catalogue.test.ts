import { describe, expect, it } from 'vitest';
import { isErrorCode } from './catalogue.ts';

describe('a text', () => {
  it.each([
    ['RR_NAME_INVALID', true],
    ['RR_NO_SUCH_CODE', false],
    ['toString', false],
    ['', false],
  ])('%j is a code of the catalogue: %j', (text, isCode) => {
    expect(isErrorCode(text)).toBe(isCode);
  });
});
