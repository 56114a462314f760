import type { Holding, Report } from '@reroot/shared/protocol';

/**
 * What places hold, by place and aspect: `replica istiod-1 roots` → sorted fingerprints. Roots and signer are apart, for
 * a place may come to them at different moments. Without the bytes of the bundle: these change with each nudge, and a
 * nudge is no row.
 */
export type Facts = ReadonlyMap<string, string>;

/** A report as it was received. */
export interface Claim {
  readonly cluster: string;
  readonly takenAtMs: number;
  readonly receivedAtMs: number;
  readonly facts: Facts;
}

/** A place as somebody saw it. */
export interface Sight {
  readonly place: string;
  /** Fingerprints. */
  readonly roots: readonly string[];
  /** Undefined where there is none, as in a ConfigMap. */
  readonly signer: string | undefined;
}

/** What a report says of each single place. A place that it says nothing of is left out. */
export function claimedFacts(report: Report): Facts {
  return factsOf([
    ...report.replicas.flatMap(({ replica, result }) =>
      result.kind === 'holding' ? [sightOf(`replica ${replica}`, result.holding)] : [],
    ),
    ...(report.namespaces ?? []).flatMap(({ namespace, holding }) => {
      return holding === undefined ? [] : [{ ...sightOf(`namespace ${namespace}`, holding), signer: undefined }];
    }),
    ...(report.workloads ?? []).flatMap(({ namespace, examples, holding, method }) => {
      return method === 'none' ? [] : examples.map((workload) => sightOf(`workload ${namespace}/${workload}`, holding));
    }),
  ]);
}

export function factsOf(sights: readonly Sight[]): Facts {
  return new Map(
    sights.flatMap(({ place, roots, signer }): [string, string][] => [
      [`${place} roots`, [...new Set(roots)].toSorted().join()],
      ...(signer === undefined ? [] : [[`${place} signer`, signer] satisfies [string, string]]),
    ]),
  );
}

function sightOf(place: string, { roots, signerChain }: Holding): Sight {
  return { place, roots, signer: signerChain[0] };
}
