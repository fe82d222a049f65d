// What the files of a bundle are called in a configuration of workerd.
import { extname } from "node:path";

const fields: Readonly<Record<string, string>> = {
  ".js": "esModule",
  ".wasm": "wasm",
  ".bin": "data",
  ".txt": "text",
};

/** `wasm` of `lake.wasm`; undefined for what is no module, such as a source map. */
export function moduleField(name: string): string | undefined {
  return fields[extname(name)];
}
