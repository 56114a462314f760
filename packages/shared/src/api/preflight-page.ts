/** Where the page of the checks is; `#ID` leads to one. */
export const preflightPage = 'docs/preflight.md';
