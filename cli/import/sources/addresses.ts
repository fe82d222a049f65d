// A list of addresses, one a line; a line that begins with # says something to its readers.

import { Stop } from "../../stop.ts";
import { type Entry, entryOf } from "../entry.ts";

export function readAddresses(text: string): readonly Entry[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const urls = lines.filter((line) => line !== "" && !line.startsWith("#"));
  return urls.map((url) => {
    if (!/^https?:/i.test(url) || !URL.canParse(url)) throw new Stop(`"${url.slice(0, 80)}" is no address.`);
    return entryOf({ kind: "address", url }, {});
  });
}
