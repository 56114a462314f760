/** The version that mgmt goes by, to clusters and in what it keeps; a test holds it to package.json. */
export const mgmtVersion = '0.1.0';
