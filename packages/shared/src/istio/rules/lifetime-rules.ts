import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { sources } from '../sources.ts';
import { momentText, nameOf } from '../wording.ts';

/** DEFAULT_WORKLOAD_CERT_TTL of istiod and SECRET_TTL of its agents. */
const defaultLeafLifeMs = 24 * 3_600_000;

/** The releases in which a leaf ends with its signer at the latest. */
const withClamp = ['1.28.7', '1.29.3', '1.30.0'] as const;

/** How long the signing certificate still lasts, against what it signs. */
export const lifetimeRules: readonly Rule[] = [
  {
    id: 'leaf-outlives-signer',
    verdict: 'breaks',
    versions: { until: withClamp },
    title: 'the signing certificate ends within a day',
    why: 'istiod gives leaves their whole life of 24 hours, and they fail as soon as the signer ends, long before their proxies renew them',
    remedy: 'renew the signing certificate, or rotate, a day before it ends at the latest',
    source: sources.generateCert,
    check: endsWithinALeaf,
  },
  {
    id: 'leaf-shortened',
    verdict: 'warns',
    versions: { since: withClamp },
    title: 'the signing certificate ends within a day',
    why: 'istiod ends each leaf with its signer: proxies renew ever more often, and then fail together',
    remedy: 'renew the signing certificate, or rotate, a day before it ends at the latest',
    source: sources.generateCert,
    check: endsWithinALeaf,
  },
];

function endsWithinALeaf({ signer, atMs }: CaCase): readonly Occurrence[] {
  if (signer === undefined || atMs > signer.notAfterMs || signer.notAfterMs - atMs >= defaultLeafLifeMs) return [];
  return [{ message: `${nameOf(signer)} ends at ${momentText(signer.notAfterMs)}` }];
}
