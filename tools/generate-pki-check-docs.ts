import { join } from 'node:path';
import { describeRules, newestIstio, oldestIstio, type RuleDescription, rangeText } from '../packages/shared/src/istio/index.ts';
import { repository, settleGenerated } from './generated-files.ts';

const preface = `<!-- Generated from packages/shared/src/istio/rules by tools/generate-pki-check-docs.ts: do not edit. -->

# What Istio does with a CA's files

\`reroot pki check\` ([cli.md](cli.md#pki-check)) applies the rules on this page. Each is a small pure function over the parsed files, in
[\`packages/shared/src/istio\`](../packages/shared/src/istio/index.ts); they hold for Istio ${oldestIstio} to ${newestIstio}, and later
versions are judged like ${newestIstio}. A version without a patch number, such as 1.29, is the first of its branch.

| verdict | means |
|---|---|
| \`refuses\` | istiod does not start with the files, or a reload changes nothing; at one of the two only where the rule says so |
| \`breaks\` | istiod takes them, and then something fails: connections, proxies |
| \`warns\` | nothing fails by this alone; a trap is near |
| \`ok\` | worth knowing |

A file's name below is that of the form \`ca-cert.pem\`, \`ca-key.pem\`, \`cert-chain.pem\`, \`root-cert.pem\`; in the TLS form \`tls.crt\`, \`tls.key\`
and \`ca.crt\` stand for signer, key and roots, and the chain is \`tls.crt\` and \`ca.crt\` joined.

"The signer" is the certificate that istiod signs with. "The first block" is the first that Go's \`encoding/pem\` finds, which passes over damaged
ones without a word.

What is foretold is compared with what happens: [\`test/real/pki-check.test.ts\`](../test/real/pki-check.test.ts) puts 11 changes under running
istiods and starts istiods with 28 sets, with an istiod that compares roots, with one that compares bytes and with one without
ISTIO_MULTIROOT_MESH. What no istiod of that tier shows (older versions, ztunnel, gateways) is read from the sources that the rules name.

Not judged: whether name constraints of CAs permit the names of workloads (but for that of --leaf), policies, whether a certificate has been revoked, and what is not in the files: \`meshConfig.caCertificates\`,
external CAs, certificates that pods get from files.
`;

function section(rule: RuleDescription): string {
  return `
### ${rule.id}

**${rule.verdict}**${rule.stage === undefined ? '' : ` (${rule.stage} only)`} · ${rangeText(rule.versions)} · \`${rule.source}\`

*When:* ${rule.title}.

*Then:* ${rule.why}.

*Remedy:* ${rule.remedy}.
`;
}

function chapters(): string {
  const groups = Map.groupBy(describeRules(), ({ group }) => group);
  return [...groups].map(([title, rules]) => `\n## ${title}\n${rules.map(section).join('')}`).join('');
}

await settleGenerated([{ path: join(repository, 'docs/pki-check.md'), content: preface + chapters() }]);
