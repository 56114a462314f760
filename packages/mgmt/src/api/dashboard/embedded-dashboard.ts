/** The files of the dashboard by their path below `/ui/`, in a program that is one file: tools/bundle.ts puts them here. */
export const embeddedDashboard: Readonly<Record<string, string>> | undefined = undefined as
  | Readonly<Record<string, string>>
  | undefined;
