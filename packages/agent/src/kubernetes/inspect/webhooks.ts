import type { KubeApi, KubeObject } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { certificatesOf, readPem } from '@reroot/shared/pki';
import type { InspectedWebhook } from '@reroot/shared/protocol';

/** A webhook configuration of admissionregistration.k8s.io/v1, as far as it is read. */
interface WebhookConfiguration extends KubeObject {
  readonly webhooks?: readonly { readonly clientConfig?: { readonly caBundle?: string } }[];
}

/** What looking at webhooks works with. */
export interface WebhookOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  /** PEM of the roots that istiod has; undefined where that is not known. */
  readonly rootsOf: (signal: AbortSignal) => Promise<string | undefined>;
}

/** Istiods that overwrite one another do so many times in a second (istio/istio issue 56408). */
export const lookAgainAfterMs = 2_000;

const kinds = [
  { kind: 'mutating', path: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations' },
  { kind: 'validating', path: '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations' },
] as const;

/** All webhooks of Istio's charts have the label, those of revision tags too. */
const selector = 'labelSelector=app';

/** Looks twice at every webhook configuration of istiod. */
export async function inspectWebhooks(options: WebhookOptions, signal: AbortSignal): Promise<readonly InspectedWebhook[]> {
  const { api, clock, rootsOf } = options;
  const look = (): Promise<readonly Seen[]> => listAll(api, signal);
  const [first, roots] = await Promise.all([look(), rootsOf(signal)]);
  if (first.length === 0) return [];
  await clock.sleep(lookAgainAfterMs, signal);
  const second = new Map((await look()).map((each) => [keyOf(each), each]));
  return first.map((seen) => {
    const again = second.get(keyOf(seen)) ?? seen;
    const version = ({ object }: Seen): string | undefined => object.metadata.resourceVersion;
    const bundle = compareBundle(again.object, roots);
    return {
      name: seen.object.metadata.name,
      kind: seen.kind,
      // One that changed between the looks differed at one of them, whatever it holds now.
      bundle: bundle === 'equal' && bundlesOf(seen.object) !== bundlesOf(again.object) ? 'differs' : bundle,
      written: version(seen) === version(again) ? 'never' : 'meanwhile',
    };
  });
}

interface Seen {
  readonly kind: InspectedWebhook['kind'];
  readonly object: WebhookConfiguration;
}

function keyOf({ kind, object }: Seen): string {
  return `${kind} ${object.metadata.name}`;
}

async function listAll(api: KubeApi, signal: AbortSignal): Promise<readonly Seen[]> {
  const lists = await Promise.all(
    kinds.map(async ({ kind, path }) => {
      const { items = [] } = await api.get<{ readonly items?: readonly WebhookConfiguration[] }>(`${path}?${selector}`, signal);
      return items.filter(isIstiods).map((object) => ({ kind, object }));
    }),
  );
  return lists.flat();
}

/** `app: sidecar-injector` and `app: istiod` in the charts, with or without a revision. */
function isIstiods({ metadata: { labels } }: WebhookConfiguration): boolean {
  const { app } = labels ?? {};
  return app === 'sidecar-injector' || app === 'istiod' || app === 'istio-validator';
}

/** As sets of certificates: istiod writes the bytes of its bundle, and what reads them takes them apart. */
function compareBundle({ webhooks = [] }: WebhookConfiguration, roots: string | undefined): InspectedWebhook['bundle'] {
  const bundles = webhooks.map(({ clientConfig }) => clientConfig?.caBundle ?? '');
  if (bundles.some((bundle) => bundle === '')) return 'missing';
  if (roots === undefined) return 'unknown';
  const wanted = namesOf(roots);
  return bundles.every((bundle) => namesOf(Buffer.from(bundle, 'base64').toString('utf8')) === wanted) ? 'equal' : 'differs';
}

function bundlesOf({ webhooks = [] }: WebhookConfiguration): string {
  return webhooks.map(({ clientConfig }) => clientConfig?.caBundle ?? '').join(' ');
}

function namesOf(pem: string): string {
  const names = certificatesOf(readPem(pem)).map(({ fingerprint }) => fingerprint);
  return [...new Set(names)].toSorted().join(' ');
}
