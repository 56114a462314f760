/** From what a program was made. */
export interface Build {
  /** The commit of its sources, with `-changed` behind it where they were not those of the commit; else `unknown`. */
  readonly commit: string;
  /** When that commit was made, as RFC 3339 in UTC; `unknown` with it. The same commit gives the same bytes. */
  readonly committedAt: string;
  /** `bundle`: one file, as it is shipped. */
  readonly form: 'bundle' | 'sources';
}

/** tools/bundle.ts puts it into what it makes. */
declare const REROOT_BUILD: Omit<Build, 'form'> | undefined;

/** From what this program was made. */
export const build: Build =
  typeof REROOT_BUILD === 'undefined'
    ? { commit: 'unknown', committedAt: 'unknown', form: 'sources' }
    : { ...REROOT_BUILD, form: 'bundle' };

/** One line about a program, for a person. */
export function describeBuild(program: string, version: string, { commit, committedAt, form }: Build = build): string {
  const from = form === 'sources' ? 'run from its sources' : `commit ${commit} of ${committedAt}`;
  return `${program} ${version} · ${from} · node ${process.version}`;
}
