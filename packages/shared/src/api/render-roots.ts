import type { KeyCustody, MeshStatus, RootStatus } from './mesh-status.ts';
import { type Paint, printable } from './render-table.ts';
import { dayText, shortFingerprint } from './wording.ts';

/** The roots of a mesh, a line each; those whose keys are gone share one. */
export function renderRoots({ roots }: Pick<MeshStatus, 'roots'>, paint: Paint): readonly string[] {
  const gone = roots.filter(({ phase }) => phase === 'destroyed');
  return [
    ...roots.filter(({ phase }) => phase !== 'destroyed').map(renderRoot),
    ...(gone.length === 0 ? [] : [paint('faint', renderGone(gone))]),
  ];
}

/** What a root is called where space is short: its part where only one root can have it, else its fingerprint. */
export function rootLabel(fingerprint: string, { roots, rotation }: Pick<MeshStatus, 'roots' | 'rotation'>): string {
  const role = roots.find((root) => root.fingerprint === fingerprint)?.role;
  // Roots of rotations long past are old too; only one of them is on its way out now.
  const namesakes = roots.filter((root) => root.role === role).length;
  return role !== undefined && (namesakes === 1 || fingerprint === rotation?.oldRoot) ? role : shortFingerprint(fingerprint);
}

function renderRoot({ role, fingerprint, subject, notAfter, phase, phaseSince, custody }: RootStatus): string {
  const life = phase === 'retired' ? `retired since ${dayText(phaseSince)}` : phase;
  const facts = [
    shortFingerprint(fingerprint),
    subject.replaceAll('\n', ', '),
    `until ${dayText(notAfter)}`,
    life,
    ...custodyTexts[custody],
  ];
  return printable(`${role.padEnd(7)} root ${facts.join(' · ')}`);
}

/** That mgmt has the key itself goes without saying. */
const custodyTexts: Readonly<Record<KeyCustody, readonly string[]>> = {
  'key-store': [],
  vault: ['key in Vault'],
  agents: ['key in Vault, asked by the agents'],
  foreign: ['came with an adopted cluster, its key is not here'],
};

function renderGone(roots: readonly RootStatus[]): string {
  const named = roots.map(({ fingerprint, phaseSince }) => `${shortFingerprint(fingerprint)} on ${dayText(phaseSince)}`);
  return printable(`gone    private keys destroyed: ${named.join(', ')}`);
}
