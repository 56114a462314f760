/**
 * What a sidecar serves as `ROOTCA`: the union, by the text of each block, of what was pushed and what came with the last
 * certificate, sorted (`mergeConfigTrustBundle`). So an added root counts at once, and a removed one only goes when
 * both have dropped it.
 */
export function mergeBundles(pushed: string | undefined, csrRoot: string | undefined): string {
  const blocks = `${pushed ?? ''}\n${csrRoot ?? ''}`.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return [...new Set(blocks)]
    .toSorted()
    .map((block) => `${block}\n`)
    .join('');
}
