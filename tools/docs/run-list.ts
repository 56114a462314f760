/** Pages of which a fleet test runs every command, in this order and on one fleet: test/fleet/docs.test.ts. */
export const pagesThatAreRun: readonly string[] = [
  'docs/getting-started.md',
  'docs/tasks/rotate.md',
  'docs/tasks/roll-back.md',
  'docs/tasks/cluster-offline.md',
  'docs/tasks/leaked-key.md',
  'docs/tasks/clusters.md',
];

/** Commands of other pages that the same test runs, by how each begins. */
export interface AlsoRun {
  readonly page: string;
  readonly beginning: string;
  /** Where, in the folder of the test. */
  readonly folder?: string;
}

/** In their order, after the pages. */
export const alsoRun: readonly AlsoRun[] = [
  { page: 'docs/api.md', beginning: 'curl ' },
  { page: 'docs/nats.md', beginning: 'reroot nats init --out nats --host nats.example.com' },
  { page: 'docs/nats.md', beginning: 'nats-server -t ', folder: 'nats/servers/nats.example.com' },
  { page: 'docs/nats.md', beginning: 'openssl ' },
  { page: 'docs/nats.md', beginning: 'reroot nats renew-certificates ' },
];

/** Commands that no test runs as they stand. */
export interface NotRun {
  readonly page: string;
  readonly lines: readonly string[];
  /** Why not, and what is tested in their place. */
  readonly why: string;
}

const noKubectl = 'plain `./dev test` has no kubectl; the real tier has one, for its tests of custom resources';
const noVault = 'no tier has the client of Vault; the real one asks an OpenBao and a Vault for the same over HTTP';

/** All of them. A line that vanishes or changes must be taken out or changed here too. */
export const notRun: readonly NotRun[] = [
  {
    page: 'docs/cli.md',
    lines: ['while [ $? = 7 ]; do', './is-traffic-right || exit 1', 'done'],
    why: 'parts of a script around a check of the reader; packages/cli/src/wait.test.ts has the exit codes that it goes by',
  },
  {
    page: 'docs/cli.md',
    lines: ['source <(reroot completion bash)', 'source <(reroot completion zsh)'],
    why: 'not every machine has zsh; packages/cli/src/completion.test.ts has the shells that are there complete command lines',
  },
  {
    page: 'docs/cli.md',
    lines: ['echo $?', 'echo $?', 'echo $?'],
    why: 'tells the exit code of the command before it: packages/cli/src/verify.test.ts, packages/cli/src/abort.test.ts, packages/cli/src/pki-check.test.ts',
  },
  {
    page: 'docs/api-access.md',
    lines: [
      'kubectl apply -f deploy/mgmt/rbac-access.yaml',
      'kubectl create token ann -n people --audience reroot --duration 1h > ann.token',
    ],
    why: `${noKubectl}: test/real/api-access.test.ts`,
  },
  {
    page: 'docs/deploy.md',
    lines: [
      'kubectl apply --server-side --filename deploy/crds',
      'kubectl create namespace reroot',
      'kubectl -n reroot create secret generic reroot-mgmt-identity --from-file=mgmt.key',
      'kubectl -n reroot create secret generic reroot-mgmt-key-store --from-file=passphrase',
      'kubectl -n reroot create secret generic reroot-mgmt-nats --from-file=nats/ca.crt --from-file=nats/mgmt.creds --from-file=nats/account-signing.seed --from-file=nats/operator-signing.seed --from-file=nats/system.creds',
      'kubectl -n reroot create secret tls reroot-mgmt-tls --cert=api.crt --key=api.key',
      'helm install reroot-mgmt deploy/helm/reroot-mgmt --namespace reroot --values values.yaml',
      'kubectl create namespace reroot',
      'kubectl -n reroot create secret generic reroot-join --from-file=join.yaml && rm join.yaml',
      'helm install reroot-agent deploy/helm/reroot-agent --namespace reroot --set image.repository=registry.example.com/reroot/reroot-agent',
    ],
    why: `${noKubectl}, nor helm: test/real/charts/install.test.ts`,
  },
  {
    page: 'docs/store.md',
    lines: ["kubectl -n reroot get secret reroot.mesh.demo -o jsonpath='{.data.value}' | base64 -d | gunzip"],
    why: `${noKubectl}: test/real/kubernetes-store.test.ts`,
  },
  {
    page: 'docs/deploy.md',
    lines: [
      '(umask 077; openssl rand -base64 32 >passphrase)',
      'docker build --file deploy/images/reroot-mgmt.Dockerfile --build-arg NODE_DIGEST=sha256:… --tag registry.example.com/reroot/reroot-mgmt:0.1.0 dist',
    ],
    why: 'openssl and a container engine are not part of reroot: test/architecture/images.test.ts',
  },
  {
    page: 'docs/kubernetes.md',
    lines: [
      'kubectl apply -f deploy/agent/rbac.yaml',
      'kubectl apply -f deploy/agent/rbac.yaml',
      'kubectl -n reroot create secret generic reroot-join --from-file=join.yaml && rm join.yaml',
    ],
    why: `${noKubectl}: test/real/lab/agent/agent-access.ts, test/real/link-store.test.ts`,
  },
  {
    page: 'docs/kubernetes.md',
    lines: [
      `kubectl -n istio-system get secret cacerts-reroot-backup -o json | jq '{apiVersion, kind, type, data, metadata: {name: "cacerts", namespace: "istio-system"}}' | kubectl replace -f -`,
    ],
    why: `${noKubectl}: test/real/adoption.test.ts reads the copies`,
  },
  {
    page: 'docs/kubernetes.md',
    lines: [
      'kubectl -n istio-system get events --field-selector involvedObject.kind=Secret,involvedObject.name=cacerts',
      'kubectl -n istio-system describe secret cacerts',
    ],
    why: `${noKubectl}: packages/agent/src/kubernetes/events/write-event.test.ts`,
  },
  {
    page: 'docs/rbac.md',
    lines: ['kubectl apply -f deploy/agent/rbac.yaml'],
    why: `${noKubectl}: test/real/lab/agent/agent-access.ts`,
  },
  {
    page: 'docs/logs.md',
    lines: [
      `jq -c 'select(.rotation == "ROTATION")' mgmt.log agent-*.log`,
      `jq -c 'select(.generation == 5 and .mesh == "demo")' mgmt.log agent-*.log`,
      `jq -r 'select(.level == "warn" or .level == "error") | [.time, .cluster, .code, .problem // .message, .remedy] | @tsv' mgmt.log`,
    ],
    why: 'not every machine has jq',
  },
  {
    page: 'docs/nats.md',
    lines: ['nats-server --config nats-server.conf'],
    why: 'does not end; the playground starts one with what `reroot nats init` has written',
  },
  {
    page: 'docs/nats.md',
    lines: ['nats-server --signal reload=PID'],
    why: 'names a process; test/fleet/nats-upkeep.test.ts sends the signal',
  },
  {
    page: 'docs/tracing.md',
    lines: [
      'npm install @opentelemetry/api@1.9.0 @opentelemetry/sdk-trace-node@2 @opentelemetry/resources@2 @opentelemetry/exporter-trace-otlp-http@0.223',
      'NODE_OPTIONS=--import=file:///PATH/tracing.mjs ./dev demo',
    ],
    why: 'takes packages from the registry, and a collector to send to',
  },
  {
    page: 'docs/vault.md',
    lines: [
      'vault secrets enable pki',
      'vault secrets tune -max-lease-ttl=87600h pki',
      'vault secrets enable transit',
      'vault write -f transit/keys/reroot',
      'vault token create -orphan -period=24h -policy=reroot-mgmt',
      'vault auth enable kubernetes',
      'vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc',
      'vault write auth/kubernetes/role/reroot-agent token_policies=reroot-agent token_ttl=20m bound_service_account_names=reroot-agent bound_service_account_namespaces=reroot',
      'vault auth enable -path kubernetes-cluster-1 kubernetes',
      'vault write auth/kubernetes-cluster-1/config kubernetes_host=https://… kubernetes_ca_cert=@ca.pem token_reviewer_jwt="$(kubectl create token vault-reviewer --namespace reroot --duration 8760h)"',
      'vault write auth/kubernetes-cluster-1/role/reroot-agent bound_service_account_names=reroot-vault bound_service_account_namespaces=reroot token_policies=reroot-agent token_ttl=1h',
    ],
    why: `${noVault}: test/real/vault-contract.test.ts, test/real/vault-authority.test.ts, test/real/vault-agent.test.ts`,
  },
  {
    page: 'docs/vault.md',
    lines: [
      'kubectl apply -f deploy/agent/rbac-vault.yaml',
      'kubectl create serviceaccount vault-reviewer --namespace reroot',
      'kubectl create clusterrolebinding vault-reviewer --clusterrole system:auth-delegator --serviceaccount reroot:vault-reviewer',
    ],
    why: `${noKubectl}: test/real/vault-agent.test.ts`,
  },
  {
    page: 'docs/resources.md',
    lines: [
      'kubectl create namespace reroot',
      'kubectl apply --server-side -f deploy/crds',
      'kubectl apply -f deploy/mgmt/rbac-resources.yaml -f deploy/mgmt/rbac-people.yaml -f deploy/mgmt/admission-resources.yaml',
      'kubectl apply -f demo.yaml',
      'kubectl wait --for=condition=Ready vmesh/demo',
      'kubectl get vmesh',
      "kubectl create -f - <<'END'",
      'kubectl get mcl south -o wide',
      "kubectl create -f - <<'END'",
      'kubectl wait --for=condition=Blocked certrot/autumn',
      'kubectl get certrot',
      `kubectl patch certrot autumn --type merge -p '{"spec":{"action":{"type":"ROLLBACK","step":"PROPAGATING_NEW_INTERMEDIATE","generation":4,"why":"errors are up","requestedBy":"ann"}}}'`,
    ],
    why: 'the real tier does the same with a kubectl of its own: test/real/resources.test.ts',
  },
];
