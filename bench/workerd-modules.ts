// What the files of a bundle are called in a configuration of workerd.
import { extname } from "node:path";

const fields: Readonly<Record<string, string>> = {
  ".js": "esModule",
  ".wasm": "wasm",
  ".bin": "data",
  ".md": "text",
};

/** `wasm` of `lake.wasm`; undefined for what is no module, such as a source map. */
export function moduleField(name: string): string | undefined {
  // wrangler lays a README of its own beside what it builds.
  return name === "README.md" ? undefined : fields[extname(name)];
}
