import type { Authorities, Authority } from './materials.ts';

/** Every root, as bits. */
export const everyRoot = 0b111;

/** Sets of roots as bits of one number, which are quick to compare. */
export interface Roots {
  readonly authorities: Authorities;
  /** The bit of a root, 0 for none. */
  bitOf(fingerprint: string | undefined): number;
  /** @throws Error for what is not the bit of one root */
  authorityOf(bit: number): Authority;
  fingerprintsOf(bits: number): readonly string[];
  /** As a story tells it: `A+B`. */
  lettersOf(bits: number): string;
}

/** Numbers the roots in their order. */
export function createRoots(authorities: Authorities): Roots {
  const membersOf = (bits: number): readonly Authority[] => authorities.filter((_, index) => (bits & (1 << index)) !== 0);
  return {
    authorities,
    bitOf: (fingerprint) => {
      const index = authorities.findIndex(({ root }) => root.fingerprint === fingerprint);
      return index < 0 ? 0 : 1 << index;
    },
    authorityOf: (bit) => {
      const [authority, other] = membersOf(bit);
      if (authority === undefined || other !== undefined) throw new Error(`no root has the bit ${bit}`);
      return authority;
    },
    fingerprintsOf: (bits) => membersOf(bits).map(({ root }) => root.fingerprint),
    lettersOf: (bits) =>
      membersOf(bits)
        .map(({ letter }) => letter)
        .join('+'),
  };
}
