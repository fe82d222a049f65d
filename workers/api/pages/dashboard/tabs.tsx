// Tabs: links to the pages of one desk, and which of them this is.
export interface Tab<Path extends string> {
  readonly path: Path;
  readonly name: string;
}

interface TabsProps<Path extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Path>[];
  readonly here: Path;
  /** Stands below other tabs. */
  readonly isSecond?: boolean;
}

export function Tabs<Path extends string>({ label, tabs, here, isSecond = false }: TabsProps<Path>) {
  return (
    <nav class={isSecond ? "tabs second" : "tabs"} aria-label={label}>
      {tabs.map(({ path, name }) => (
        <a href={path} {...(path === here && { "aria-current": "page" })}>
          {name}
        </a>
      ))}
    </nav>
  );
}
