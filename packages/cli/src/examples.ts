import type { Command } from 'commander';

/** One line for each verb, which its help and docs/cli.md show; a test has each of them understood. */
export const examples: Readonly<Record<string, string>> = {
  status: 'reroot status --mesh shop --watch',
  preflight: 'reroot preflight --mesh shop -o wide',
  plan: 'reroot plan --mesh shop --at 2h --offline west',
  rotate: 'reroot rotate --mesh shop --verification manual',
  verify: "reroot verify --continue --why 'traffic looks right' --wait",
  wait: 'reroot wait approval --timeout 2h',
  prove: 'reroot prove --mesh shop --check handshakes',
  proofs: 'reroot proofs --mesh shop',
  'notifications list': 'reroot notifications list -o wide',
  'notifications test': 'reroot notifications test pager',
  abort: "reroot abort --mesh shop --why 'announced for another day'",
  retry: "reroot retry --mesh shop --why 'the network is mended' --wait",
  exclude: "reroot exclude west --mesh shop --why 'its rack is being moved'",
  include: "reroot include west --mesh shop --why 'its rack is back'",
  history: 'reroot history --mesh shop -o json',
  'audit list': 'reroot audit list --last 20',
  'audit verify': 'reroot audit verify',
  'audit export': 'reroot audit export --out audit.jsonl',
  'evidence export': 'reroot evidence export 99b1b117-3087-407f-bede-9358d3239d30 --out evidence.zip',
  'evidence verify': 'reroot evidence verify evidence.zip',
  matrix: 'reroot matrix --from east --to west',
  crl: 'reroot crl --mesh shop',
  apply: 'reroot apply -f mesh.yaml',
  'cluster add': 'reroot cluster add west --mesh shop --valid-for 2h',
  'cluster list': 'reroot cluster list -o wide',
  'cluster rename': "reroot cluster rename west north --why 'it has moved'",
  'cluster rotate-credentials': "reroot cluster rotate-credentials west --why 'once a year'",
  'cluster revoke': "reroot cluster revoke west --why 'its key is out'",
  'context list': 'reroot context list',
  'context show': 'reroot context show prod',
  'context use': 'reroot context use prod',
  'context add': 'reroot context add prod --server https://reroot.example.com --token-file prod.token',
  'context remove': 'reroot context remove prod',
  keygen: 'reroot keygen --out mgmt.pem',
  'mesh adopt': 'reroot mesh adopt -f mesh.yaml',
  'mesh import': 'reroot mesh import -f gloo.yaml',
  'nats init': 'reroot nats init --out nats --host nats.example.com',
  'nats renew-certificates': 'reroot nats renew-certificates --dir nats',
  'nats renew-credentials': 'reroot nats renew-credentials --dir nats',
  'nats revoke': 'reroot nats revoke UABC --dir nats --host nats.example.com',
  'nats rotate-signing-key': 'reroot nats rotate-signing-key --dir nats --host nats.example.com',
  'nats drop-signing-key': 'reroot nats drop-signing-key AABC --dir nats --host nats.example.com',
  'pki inspect': 'reroot pki inspect ca-cert.pem root-cert.pem',
  'pki check': 'reroot pki check --secret cacerts.yaml --istio 1.29.3',
  'store backup': 'reroot store backup --config mgmt.yaml --out image.jsonl',
  'store restore': 'reroot store restore image.jsonl --config mgmt.yaml',
  'store copy': 'reroot store copy --from sqlite.yaml --to kubernetes.yaml',
  'store raise-term': 'reroot store raise-term --config mgmt.yaml',
  'token new': 'reroot token new --name ci --role operator --days 30',
  explain: 'reroot explain ReplicaNotLoaded',
  completion: 'reroot completion bash',
  version: 'reroot version -o json',
};

/** Shows its example below the help of a verb, and of each verb below it. */
export function addExamples(verb: Command, path = verb.name()): void {
  const example = examples[path];
  if (example !== undefined) verb.addHelpText('after', `\nExample:\n  $ ${example}`);
  for (const below of verb.commands) addExamples(below, `${path} ${below.name()}`);
}

/** Every verb that does something and is shown, by its words. */
export function verbsOf(program: Command, before = ''): readonly { readonly path: string; readonly verb: Command }[] {
  const shown = program.createHelp().visibleCommands(program);
  return shown
    .filter((verb) => verb.name() !== 'help')
    .flatMap((verb) => {
      const path = `${before}${verb.name()}`;
      return verb.commands.length === 0 ? [{ path, verb }] : verbsOf(verb, `${path} `);
    });
}
