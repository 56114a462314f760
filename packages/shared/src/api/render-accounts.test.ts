import { describe, expect, it } from 'vitest';
import type { ClusterAccount, ClusterAccounts } from './accounts.ts';
import { renderAccounts } from './render-accounts.ts';
import { noPaint } from './render-table.ts';

const nowMs = Date.parse('2026-11-28T12:00:00Z');
const east: ClusterAccount = {
  ...{ name: 'east', mesh: 'demo', origin: 'added', state: 'enrolled', changing: [], refusedByMgmt: {} },
};
const link: NonNullable<ClusterAccount['link']> = {
  ...{ connected: true, heardAt: '2026-11-28T11:59:59Z', roundTripMs: 1.6, clockOffsetMs: -90_000, agentVersion: '0.2.0' },
  ...{ protocol: 2, connectedSince: '2026-11-28T09:00:00Z', reconnects: 0, mgmtKeys: ['a'.repeat(64)] },
  refusedByAgent: { RR_PROTOCOL_REPLAYED: 3 },
};
const accounts = (clusters: readonly ClusterAccount[], change: Partial<ClusterAccounts> = {}): ClusterAccounts => ({
  ...{ clusters, signingKeys: { current: 'a'.repeat(64), heldByAll: true }, natsRevocation: 'in-force', ...change },
});
const render = (clusters: readonly ClusterAccount[], change: Partial<ClusterAccounts> = {}): readonly string[] =>
  renderAccounts(accounts(clusters, change), noPaint, nowMs);
const cellsOf = (account: ClusterAccount): readonly string[] => (render([account])[1] ?? '').split(/ {2,}/);

describe('the table of clusters', () => {
  it('shows state, link, clock, version and what both sides have refused', () => {
    expect(render([{ ...east, link, refusedByMgmt: { RR_RATE_LIMITED: 2 } }])).toEqual([
      'CLUSTER  MESH  STATE     LINK    CLOCK  VERSION  REFUSED  NOTE',
      'east     demo  enrolled  ✓ 2 ms  −90 s  0.2.0    2/3',
    ]);
  });

  it('says what is under way, and who revoked a cluster and why', () => {
    expect(cellsOf({ ...east, changing: ['credentials', 'name'] }).at(-1)).toBe('changes its credentials, changes its name');
    expect(cellsOf({ ...east, state: 'revoked', revoked: { by: 'bob', why: 'stolen', at: '' } }).at(-1)).toBe('by bob: stolen');
    const invited = { ...east, state: 'invited', invitationExpiresAt: '2026-11-28T12:30:00Z' } as const;
    expect(cellsOf(invited).at(-1)).toMatch(/^join file good for 30/);
    expect(cellsOf({ ...east, origin: 'configured' }).at(-1)).toBe('of the configuration');
  });

  it('shows since when an agent is not heard', () => {
    expect(cellsOf({ ...east, link: { ...link, connected: false, heardAt: '2026-11-28T11:58:00Z' } })[3]).toMatch(/^✗ for 2/);
  });

  it('lets no name or reason steer the terminal', () => {
    const wild = { ...east, state: 'revoked', revoked: { by: 'bob', why: '\u001b[2Jgone', at: '' } } as const;
    expect(render([wild]).join('\n')).not.toContain('\u001b');
  });

  it('says how far the next key of mgmt has come', () => {
    const next = 'b'.repeat(64);
    const signingKeys = { current: 'a'.repeat(64), next, heldByAll: false };
    const clusters = [east, { ...east, name: 'west', link: { ...link, mgmtKeys: [next] } }];
    expect(render(clusters, { signingKeys }).at(-1)).toContain('1 of 2 clusters accept it');
    expect(render(clusters, { signingKeys: { ...signingKeys, heldByAll: true } }).at(-1)).toContain('make it the only one');
  });

  it.each([
    ['pending', [east], /not every server knows/],
    ['by-expiry', [{ ...east, revoked: { by: 'bob', why: 'w', at: '' } }], /until their JWT expires/],
    ['by-hand', [{ ...east, revoked: { by: 'bob', why: 'w', at: '' } }], /take the credentials .* away/],
  ] as const)('says what is left to do at NATS when it is %s', (natsRevocation, clusters, words) => {
    expect(render(clusters, { natsRevocation }).at(-1)).toMatch(words);
  });

  it.each(['in-force', 'by-expiry', 'by-hand'] as const)(
    'says nothing of NATS when it is %s and nobody was revoked',
    (natsRevocation) => {
      expect(render([east], { natsRevocation })).toHaveLength(2);
    },
  );

  it('says that there is nobody', () => {
    expect(render([])).toEqual(['no cluster was added yet']);
  });
});
