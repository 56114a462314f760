import { describe, expect, it } from 'vitest';
import { quoteWords, textsIn } from './quote-words.ts';

describe('words of Vault in a message', () => {
  it('are one short line', () => {
    expect(quoteWords(['1 error occurred:\n\t* permission denied\n\n'], [])).toBe('1 error occurred: * permission denied');
    expect(quoteWords(['x'.repeat(2_000)], [])).toHaveLength(501);
  });

  it('hold nothing of what was sent', () => {
    const sent = { role: 'agent', jwt: 'abc.def.ghi', nested: [{ plaintext: 'c2VjcmV0IQ==' }] };
    const words = ['cannot read "abc.def.ghi" nor c2VjcmV0IQ== for agent'];
    expect(quoteWords(words, textsIn(sent))).toBe('cannot read "[cut out]" nor [cut out] for agent');
  });

  it.each([
    'hvs.CAESIJ1CkAcpmNNccGmOfliYss4wCzp6pTE5',
    's.iyNUhq8Ov4hIAx6snw5mB2nL',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
    '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA\n-----END EC PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nMHcCAQEEIA',
  ])('hold nothing that looks like a secret: %s', (secret) => {
    expect(quoteWords([`it was ${secret} before`, 'and'], [])).not.toContain(secret.replaceAll('\n', ' ').slice(10, 40));
  });
});
