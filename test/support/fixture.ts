// The test pictures, by name, as the tests upload them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const types: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};

/** A picture of test/fixtures as the browser or curl would send it. */
export function fixture(name: string): File {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return new File([readFileSync(join("test/fixtures", name))], name, {
    type: types[extension] ?? "application/octet-stream",
  });
}
