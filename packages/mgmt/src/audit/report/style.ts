/** How the report looks, on a screen and on paper. @param about stands at the foot of each page */
export function styleOf(about: string): string {
  return `
:root { color-scheme: light; font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; color: #1b1f24; background: #fff; }
body { margin: 0; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 64px; }
header { border-bottom: 1px solid #d5dae0; padding-bottom: 16px; margin-bottom: 16px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 36px 0 8px; padding-top: 4px; border-top: 1px solid #d5dae0; }
h3 { font-size: 14px; margin: 18px 0 6px; }
p { margin: 6px 0; max-width: 90ch; overflow-wrap: anywhere; }
.id { color: #4b5560; margin: 0 0 10px; overflow-wrap: anywhere; }
.outcome { font-size: 16px; margin: 12px 0 0; padding: 10px 14px; border-left: 5px solid; background: #f5f7f9; max-width: none; }
.outcome.good { border-color: #1a7f37; }
.outcome.bad { border-color: #cf222e; }
.outcome.open { border-color: #9a6700; }
.lacks { border: 1px solid #d4a72c; background: #fff8e5; padding: 8px 14px; margin: 16px 0; }
.lacks h2 { font-size: 15px; margin: 0 0 4px; padding: 0; border: 0; }
.lacks ul { margin: 0; padding-left: 20px; }
nav ol { columns: 3 220px; margin: 8px 0 0; padding-left: 22px; }
nav a { color: #0550ae; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #dfe3e8; padding: 5px 14px 5px 0; text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid #6b7480; font-weight: 600; color: #3b434b; }
td { font-variant-numeric: tabular-nums; }
thead th { overflow-wrap: normal; }
time, .badge, .file { white-space: nowrap; }
.wide { overflow-x: auto; margin: 8px 0; }
.facts { width: auto; margin: 8px 0; }
.facts th { font-weight: 600; color: #3b434b; white-space: nowrap; padding-right: 24px; border: 0; }
.facts td { border: 0; overflow-wrap: anywhere; }
.none { color: #57606a; }
.left-out { font-style: italic; color: #57606a; }
.names { font-size: 13px; max-width: none; overflow-wrap: anywhere; }
code { font: 12px/1.5 ui-monospace, "SF Mono", "Liberation Mono", monospace; overflow-wrap: anywhere; }
.badge { display: inline-block; border: 1px solid; border-radius: 3px; padding: 0 6px; font-size: 12px; font-weight: 600; }
.good.badge { color: #116329; background: #e9f7ee; }
.bad.badge { color: #a40e26; background: #fdeeee; }
.open.badge { color: #7a5200; background: #fff8e5; }
.matrix { width: auto; margin: 4px 0 12px; }
.matrix td, .matrix th { border: 1px solid #c3c9d0; padding: 2px 8px; }
.matrix td { text-align: center; }
.matrix .g { background: #e9f7ee; } .matrix .r { background: #fbd5d5; font-weight: 600; } .matrix .u { background: #fdf0c8; }
@media (max-width: 640px) {
  main { padding: 16px 12px 48px; }
  .facts, .facts tbody, .facts tr, .facts th, .facts td { display: block; }
  .facts td { padding-bottom: 8px; }
  .wide table:not(.matrix) { min-width: 640px; }
}
@media print {
  @page { size: A4; margin: 14mm 12mm 16mm; @bottom-left { content: "${about}"; font: 8px sans-serif; color: #4b5560; } @bottom-right { content: counter(page) " of " counter(pages); font: 8px sans-serif; color: #4b5560; } }
  :root { font-size: 9px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 17px; } h2 { font-size: 12.5px; margin-top: 18px; } h3 { font-size: 10px; }
  .outcome { font-size: 11px; } .names { font-size: 8.5px; } code { font-size: 8px; } .badge { font-size: 8px; padding: 0 3px; }
  h2, h3 { break-after: avoid; }
  td { overflow-wrap: anywhere; }
  th, td { padding: 3px 7px 3px 0; }
  thead { display: table-header-group; }
  tr, .lacks { break-inside: avoid; }
  .wide { overflow: visible; }
  nav { display: none; }
}
`;
}
