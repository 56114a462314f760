import { agentConfigSchema } from '@reroot/agent';
import { mgmtConfigSchema } from '@reroot/mgmt';
import { parseYaml } from '@reroot/shared/config';
import { joinFileSchema } from '@reroot/shared/join-file';
import type { z } from 'zod';
import { largeYaml } from './large-inputs.ts';
import type { FuzzTarget } from './target.ts';

const pem =
  '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n';
const indented = pem.replaceAll(/^/gm, '      ').trimEnd();

const mgmtYaml = `# mgmt
dataDir: /var/lib/reroot
nats: { servers: ["tls://127.0.0.1:4222"] }
identity: { privateKeyFile: /etc/reroot/mgmt.key }
keyStore: { passphraseFile: /etc/reroot/passphrase }
api: &api { host: 127.0.0.1, port: 8480 }
clusters:
  cluster-1:
    publicKey: |
${indented}
timings: { resyncMs: 10000, silentAfterMs: 35000 }
log: { level: info }
`;

const agentYaml = `mesh: demo
cluster: cluster-1
nats: { servers: ["tls://127.0.0.1:4222"] }
identity: { privateKeyFile: agent.key }
mgmt:
  publicKeys:
    - |
${indented}
adoption: never
vault: { servers: ["https://vault.example"], kubernetesMountPath: kubernetes }
`;

const joinYaml = `apiVersion: reroot.dev/v1
kind: JoinFile
mesh: demo
cluster: cluster-1
nats: { servers: ["tls://127.0.0.1:4222"], credentials: { jwt: eyJ0.eyJq.c2ln, seed: SUA } }
mgmt:
  publicKeys:
    - |
${indented}
enrolment: { tokenId: "0123456789abcdef", token: ${'A'.repeat(43)}, expiresAt: "2030-01-01T00:00:00Z" }
`;

/** What `loadYamlFile` reads of a file, and what the API reads of a body. */
const maxYamlBytes = 2 ** 20;

/** Everything that a person writes as YAML and a program reads at its start. */
export function documentTargets(): readonly FuzzTarget[] {
  return [
    yamlTarget("mgmt's configuration", mgmtYaml, mgmtConfigSchema),
    yamlTarget("an agent's configuration", agentYaml, agentConfigSchema),
    yamlTarget('join file', joinYaml, joinFileSchema),
  ];
}

function yamlTarget(name: string, valid: string, schema: z.ZodType): FuzzTarget {
  return {
    name,
    damage: 'refuses',
    weight: 15,
    seeds: [Buffer.from(valid)],
    seedOutcome: 'taken',
    changedTaken: 'some',
    maxBytes: maxYamlBytes,
    largest: largeYaml(valid),
    read: (input) => parseYaml(Buffer.from(input).toString('utf8'), schema, 'fuzzed.yaml'),
  };
}
