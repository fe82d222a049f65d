// The project as the package carries it: a copy of each file, and a list of what npm would leave out, rename or flatten.

export interface TemplateFile {
  /** In the project, with slashes. */
  readonly path: string;
  readonly isExecutable?: true;
  /** Where a symbolic link leads; npm packs none. */
  readonly link?: string;
}

export interface Template {
  readonly version: string;
  readonly files: readonly TemplateFile[];
}

/** npm reads these in any folder of a package, or leaves them out. */
const ofNpm: ReadonlySet<string> = new Set(["package.json", "package-lock.json"]);

/** Its name within `template/`: what npm would take for its own gets an underscore. */
export const storedAs = (path: string): string =>
  path
    .split("/")
    .map((part) => (/^[._]/.test(part) || ofNpm.has(part) ? `_${part}` : part))
    .join("/");
