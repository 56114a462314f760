/** What `./dev chaos` ends with; docs/chaos.md says what each one means. */
export const exitCodes = { held: 0, broken: 1, options: 2, launch: 3, interrupted: 130 } as const;
