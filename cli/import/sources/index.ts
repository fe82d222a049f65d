// What an import is read from: a folder, a list, a table, or another host's export.
import { readFile, stat } from "node:fs/promises";
import { Stop } from "../../stop.ts";
import type { Entry } from "../entry.ts";
import { readAddresses } from "./addresses.ts";
import { readChevereto } from "./chevereto.ts";
import { readCloudflareImages } from "./cloudflare-images.ts";
import { type Found, readFolder } from "./folder.ts";
import { readAccount } from "./img-pro.ts";
import { readImgur } from "./imgur.ts";
import { readS3 } from "./s3.ts";
import { readTable } from "./table.ts";
import { readWordPress } from "./wordpress.ts";
import { readZipline } from "./zipline.ts";

export interface SourceOptions {
  readonly from?: string | undefined;
  /** Where the host's files are reached. */
  readonly base?: string | undefined;
  readonly variant?: string | undefined;
  readonly sourceKey?: string | undefined;
}

type ReadExport = (text: string, options: SourceOptions) => readonly Entry[];

const exports: Readonly<Record<string, ReadExport>> = {
  chevereto: (text, options) => readChevereto(text, { base: baseOf(options) }),
  "cloudflare-images": (text, { variant }) => readCloudflareImages(text, { variant }),
  imgur: (text) => readImgur(text),
  s3: (text, options) => readS3(text, { base: baseOf(options) }),
  wordpress: (text) => readWordPress(text),
  zipline: (text, options) => readZipline(text, { base: baseOf(options) }),
};

export const hosts = [...Object.keys(exports), "img.pro"] as const;

/** Throws `Stop`. */
export async function readSource(source: string, options: SourceOptions): Promise<Found> {
  const { from } = options;
  if (from === "img.pro") return all(await readAccount(accountOf(source, options)));
  const found = await stat(source).catch(() => undefined);
  if (!found) throw new Stop(`There is no ${source}.`);
  if (found.isDirectory()) return readFolder(source);
  const text = await readFile(source, "utf8");
  if (from === undefined) return all(/\.csv$/i.test(source) ? readTable(text, source) : readAddresses(text));
  const read = exports[from];
  if (!read) throw new Stop(`--from takes one of ${hosts.join(", ")}.`);
  return all(read(text, options));
}

/** Of two with one name the first counts: the second would be taken for it. */
function all(entries: readonly Entry[]): Found {
  const seen = new Set<string>();
  const isNew = ({ name }: Entry) => seen.size < seen.add(name).size;
  return { entries: entries.filter(isNew), others: 0 };
}

function baseOf({ base, from = "" }: SourceOptions): string {
  if (base === undefined || !URL.canParse(base))
    throw new Stop(`Say with --base where the files of ${from} are reached: --base https://…`);
  return base;
}

function accountOf(source: string, { sourceKey }: SourceOptions) {
  if (!URL.canParse(source)) throw new Stop("Name the API to read from: https://api.img.pro");
  if (!sourceKey) throw new Stop("Name a key that may read there: --source-key, or EDGEPIX_SOURCE_KEY.");
  return { origin: new URL(source).origin, key: sourceKey };
}
