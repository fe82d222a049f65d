// Files as disks, networks and cheats break them: made of a sound one, by rules and not by chance.
import type { MadeFile } from "./made-file.ts";

type Break = (file: Uint8Array) => Uint8Array;

const cut =
  (share: number): Break =>
  (file) =>
    file.slice(0, Math.floor(file.length * share));

/** Overwrites a stretch; the ends of it are shares of the file. */
const blank =
  (from: number, to: number, value: number): Break =>
  (file) => {
    const broken = Uint8Array.from(file);
    return broken.fill(value, Math.floor(file.length * from), Math.floor(file.length * to));
  };

/** Every 97th byte behind the first half turned over. */
const scattered: Break = (file) =>
  file.map((byte, at) => (at > file.length / 2 && at % 97 === 0 ? byte ^ 0x55 : byte));

const followedBy =
  (junk: Uint8Array): Break =>
  (file) =>
    Buffer.concat([file, junk]);

const breaks: Readonly<Record<string, Break>> = {
  "cut at 98 %": cut(0.98),
  "cut at 80 %": cut(0.8),
  "cut in the middle": cut(0.5),
  "cut at 20 %": cut(0.2),
  "cut by two bytes": (file) => file.slice(0, -2),
  "blank in its middle": blank(0.45, 0.55, 0),
  "all ones near its end": blank(0.85, 0.9, 0xff),
  "blank behind its first fifth": blank(0.2, 1, 0),
  "bits turned over": scattered,
  "zeros behind its end": followedBy(new Uint8Array(1_000)),
  "text behind its end": followedBy(Buffer.from("\nThis was appended by a download manager.\n".repeat(20))),
};

/** One of each kind is tried by every run of the tests, the others when the page is written. */
const alwaysTried: ReadonlySet<string> = new Set([
  "cut in the middle",
  "blank in its middle",
  "zeros behind its end",
]);

/** The file itself, and broken in every way. */
export function withBroken({ format, feature, make }: MadeFile): readonly MadeFile[] {
  const broken = Object.entries(breaks).map(([how, apply]) => ({
    format,
    feature: `${feature}, ${how}`,
    make: async () => apply(await make()),
    ...(!alwaysTried.has(how) && { isForThePageOnly: true as const }),
  }));
  return [{ format, feature, make }, ...broken];
}
