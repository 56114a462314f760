import { assertNever } from '../errors/index.ts';
import type { ClusterAccount, ClusterAccounts, NatsRevocation } from './accounts.ts';
import { type Cell, type Detail, type Paint, renderTable, type Tone } from './render-table.ts';
import { ageText, durationText, shortFingerprint } from './wording.ts';

const heading = ['CLUSTER', 'MESH', 'STATE', 'LINK', 'CLOCK', 'VERSION', 'REFUSED', 'NOTE'];

/** What stands besides in a wide table, before the last column. */
const wideHeading = ['KEY', 'ADDED', 'ENROLLED', 'RECONNECTS', 'NATS UNTIL'];

const tones: Readonly<Record<ClusterAccount['state'], Tone>> = {
  enrolled: 'good',
  invited: 'waiting',
  expired: 'bad',
  revoked: 'bad',
};

/** Who may speak to mgmt, as a table; then how far mgmt's next key has been handed out, if there is one. */
export function renderAccounts(
  accounts: ClusterAccounts,
  paint: Paint,
  nowMs: number,
  detail: Detail = 'table',
): readonly string[] {
  const { clusters } = accounts;
  const wide = detail === 'wide';
  const rows = clusters.map((cluster) => accountRow(cluster, nowMs).toSpliced(-1, 0, ...(wide ? wideCells(cluster) : [])));
  const titles = heading.toSpliced(-1, 0, ...(wide ? wideHeading : []));
  const table = clusters.length === 0 ? [paint('faint', 'no cluster was added yet')] : renderTable(titles, rows, paint);
  return [...table, ...nextKeyLines(accounts), ...revocationLines(accounts, paint)];
}

function nextKeyLines({ clusters, signingKeys: { current, next, heldByAll } }: ClusterAccounts): readonly string[] {
  if (next === undefined) return [];
  const held = clusters.filter(({ link }) => link?.mgmtKeys.includes(next) === true).length;
  const state = heldByAll ? 'every cluster accepts it: make it the only one' : `${held} of ${clusters.length} clusters accept it`;
  return [`mgmt's key ${shortFingerprint(current)} is to be followed by ${shortFingerprint(next)}: ${state}`];
}

/** Where nobody was revoked, or every server knows, there is nothing to say. */
function revocationLines({ clusters, natsRevocation }: ClusterAccounts, paint: Paint): readonly string[] {
  if (natsRevocation === 'pending') return [paint('waiting', revocationText(natsRevocation))];
  const isIdle = natsRevocation === 'in-force' || clusters.every(({ revoked }) => revoked === undefined);
  return isIdle ? [] : [paint('faint', revocationText(natsRevocation))];
}

/** What becomes of the NATS connection of whoever was revoked. mgmt itself listens to nothing that comes over it. */
export function revocationText(revocation: NatsRevocation): string {
  switch (revocation) {
    case 'in-force':
      return 'NATS has cut its connections';
    case 'pending':
      return 'NATS: not every server knows yet of everybody who was revoked; mgmt tries again until all do';
    case 'by-expiry':
      return 'NATS: mgmt has no right to cut connections (nats.users.revocation): they last until their JWT expires';
    case 'by-hand':
      return 'NATS: mgmt makes no users there (nats.users): take the credentials of whoever was revoked away yourself';
    default:
      return assertNever(revocation);
  }
}

function accountRow(account: ClusterAccount, nowMs: number): readonly Cell[] {
  const { name, mesh = '-', state, link, refusedByMgmt } = account;
  const refused = [refusedByMgmt, link?.refusedByAgent ?? {}].map(total);
  return [
    { text: name },
    { text: mesh },
    { text: state, tone: tones[state] },
    linkCell(account, nowMs),
    { text: link === undefined ? '-' : offsetText(link.clockOffsetMs) },
    { text: link?.agentVersion ?? '-' },
    { text: refused.every((count) => count === 0) ? '-' : refused.join('/') },
    { text: noteOf(account, nowMs) },
  ];
}

function wideCells({ keyId, addedBy, addedAt, enrolledAt, link }: ClusterAccount): readonly Cell[] {
  const added = [addedAt, addedBy === undefined ? undefined : `by ${addedBy}`].filter((part) => part !== undefined).join(' ');
  return [keyId, added || undefined, enrolledAt, link?.reconnects, link?.natsJwtExpiresAt].map((value) => ({
    text: String(value ?? '-'),
  }));
}

function linkCell({ link }: ClusterAccount, nowMs: number): Cell {
  if (link === undefined) return { text: '-', tone: 'faint' };
  return link.connected
    ? { text: `✓ ${Math.round(link.roundTripMs)} ms`, tone: 'good' }
    : { text: `✗ for ${ageText(link.heardAt, nowMs)}`, tone: 'bad' };
}

function offsetText(ms: number): string {
  if (Math.abs(ms) < 1_000) return '±0 s';
  return `${ms > 0 ? '+' : '−'}${durationText(Math.abs(ms))}`;
}

function noteOf(account: ClusterAccount, nowMs: number): string {
  const { origin, changing, revoked, state, invitationExpiresAt } = account;
  if (revoked !== undefined) return `by ${revoked.by}: ${revoked.why}`;
  const notes = [
    ...(origin === 'configured' ? ['of the configuration'] : []),
    ...changing.map((part) => `changes its ${part}`),
    ...(state === 'invited' && invitationExpiresAt !== undefined
      ? [`join file good for ${durationText(Date.parse(invitationExpiresAt) - nowMs)}`]
      : []),
  ];
  return notes.join(', ');
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
