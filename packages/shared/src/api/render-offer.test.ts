import { describe, expect, it } from 'vitest';
import { renderOffer } from './render-offer.ts';
import { noPaint } from './render-table.ts';

const nowMs = Date.UTC(2026, 0, 2);
const found = { place: 'Secret reroot/root', since: '2026-01-01T22:00:00.000Z' };

describe('what the source of the roots offers', () => {
  it('is nothing to see where it offers nothing', () => {
    expect(renderOffer({ mesh: 'demo' }, noPaint, nowMs)).toEqual([]);
  });

  it('is a root with the command that takes it', () => {
    const root = {
      fingerprint: 'c'.repeat(64),
      subject: 'O=acme\nCN=three',
      notBefore: '',
      notAfter: '2036-01-01T00:00:00.000Z',
    };
    expect(renderOffer({ mesh: 'demo', rootOffer: { ...found, kind: 'root', ...root } }, noPaint, nowMs)).toEqual([
      'offered root cccccccccccc · O=acme, CN=three · until 2036-01-01 · in Secret reroot/root, for 2 h · rotate to it with: reroot rotate --mesh demo',
    ]);
  });

  it('is why nothing can be taken, and what to do about it', () => {
    const problem = { code: 'RR_ROOT_SECRET_INVALID', message: 'the key is of another certificate', remedy: 'replace it' };
    expect(renderOffer({ mesh: 'demo', rootOffer: { ...found, kind: 'problem', ...problem } }, noPaint, nowMs)).toEqual([
      'no root to be had from Secret reroot/root, for 2 h: the key is of another certificate; replace it (RR_ROOT_SECRET_INVALID)',
    ]);
  });
});
