/** The version that reports name; a test holds it to package.json. */
export const agentVersion = '0.1.0';
