/** The version of this program; a test holds it to package.json. */
export const cliVersion = '0.1.0';
