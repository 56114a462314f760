import type { Rule } from '../rule.ts';
import { bundleRules } from './bundle-rules.ts';
import { chainRules } from './chain-rules.ts';
import { crlRules } from './crl-rules.ts';
import { leafRules } from './leaf-rules.ts';
import { lifetimeRules } from './lifetime-rules.ts';
import { pathRules } from './path-rules.ts';
import { reloadRules } from './reload-rules.ts';
import { setRules } from './set-rules.ts';
import { signerRules } from './signer-rules.ts';

/** Rules by what they are about, in the order of docs/pki-check.md. */
export const ruleGroups: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  { title: 'Which files count', rules: setRules },
  { title: 'Signing certificate and key', rules: signerRules },
  { title: 'From the signer to a root', rules: pathRules },
  { title: 'The chain that is sent', rules: chainRules },
  { title: 'The trust bundle', rules: bundleRules },
  { title: 'Revocation lists', rules: crlRules },
  { title: 'How long it lasts', rules: lifetimeRules },
  { title: 'A change under a running istiod', rules: reloadRules },
  { title: 'The certificate of a workload', rules: leafRules },
];
