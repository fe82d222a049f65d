// What Vite gives for files and folders; its own types would bring in the whole browser.

interface ImportMeta {
  readonly env: Readonly<Record<string, string | undefined>>;
  glob<T>(pattern: string, options: { query: string; import: string }): Record<string, () => Promise<T>>;
}
