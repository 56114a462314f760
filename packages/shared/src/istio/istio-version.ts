/** A release of Istio. */
export interface IstioVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The first releases of each branch that have something; the last of them stands for all later branches too. */
type FirstReleases = readonly [string, ...string[]];

/** The releases that a rule holds for: from the first ones with it, to before the first ones without. Either may be left out. */
export interface VersionRange {
  readonly since?: FirstReleases;
  readonly until?: FirstReleases;
}

/** The oldest release that the rules were written for. */
export const oldestIstio = '1.15.0';

/** The newest release whose sources the rules were read from; later ones are judged like it. */
export const newestIstio = '1.31.0';

/**
 * Reads `1.29.3`, also with a `v` before it or a suffix such as `-distroless` behind it; `1.29` is its first release.
 * @returns undefined for anything else
 */
export function parseIstioVersion(text: string): IstioVersion | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+][\w.+-]+)?$/.exec(text);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) };
}

/** Below zero when `a` is older than `b`. */
export function compareVersions(a: IstioVersion, b: IstioVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** Whether a release lies in a range. */
export function isInRange(version: IstioVersion, { since, until }: VersionRange): boolean {
  return (since === undefined || hasReached(version, since)) && (until === undefined || !hasReached(version, until));
}

/** A range in words, such as `since 1.20.0, before 1.30.0`; `all versions` where it has no end. */
export function rangeText({ since, until }: VersionRange): string {
  const parts = [
    ...(since === undefined ? [] : [`since ${since.join(', ')}`]),
    ...(until === undefined ? [] : [`before ${until.join(', ')}`]),
  ];
  return parts.length === 0 ? 'all versions' : parts.join('; ');
}

/** `1.29.3` */
export function versionText({ major, minor, patch }: IstioVersion): string {
  return `${major}.${minor}.${patch}`;
}

function hasReached(version: IstioVersion, releases: FirstReleases): boolean {
  const firsts = releases.map(known).toSorted(compareVersions);
  const ofBranch = firsts.find(({ major, minor }) => major === version.major && minor === version.minor);
  const first = ofBranch ?? firsts.at(-1);
  return first !== undefined && compareVersions(version, first) >= 0;
}

function known(text: string): IstioVersion {
  const version = parseIstioVersion(text);
  if (version === undefined) throw new TypeError(`${text} is not a version`);
  return version;
}
