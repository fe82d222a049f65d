// An item whose parts are the same bytes again and again: a megabyte of file that a decoder would put together to sixty gigabytes.
import { describe, expect, test } from "vitest";
import { Damage } from "../../../workers/formats/damage.ts";
import { codedInFile } from "../../../workers/formats/heif/coded.ts";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import { made, plainAvif } from "../../harness/hostile/files/heif.ts";
import { countProcessorTime } from "../../support/processor-time.ts";

const rows = [
  ["HEIC: a megabyte 65,535 times", "heic", "hvc1", 1_000_000],
  ["HEIC: all the rest of it 65,535 times", "heic", "hvc1", 0],
  ["AVIF: a megabyte 65,535 times", "avif", "av01", 1_000_000],
  ["AVIF: all the rest of it 65,535 times", "avif", "av01", 0],
] as const;

describe.each(rows)("%s", (_name, brand, itemType, extentBytes) => {
  const file = made({ brand, itemType, extents: 65_535, extentBytes, data: new Uint8Array(1_000_000) });

  test("is refused when it is uploaded", () => {
    expect(readImageFacts(file, file.length)).toMatchObject({ kind: "damaged" });
  });

  test("is refused at once when it is an old row's", () => {
    const milliseconds = countProcessorTime();
    expect(() => codedInFile(file)).toThrow(Damage);
    expect(milliseconds()).toBeLessThan(2_000);
  });
});

test("an honest picture is taken, and so are tiles that share their bytes", async () => {
  const file = await plainAvif(64);
  expect(readImageFacts(file, file.length)).toMatchObject({ kind: "image" });
  const shared = made({ items: 2, refersTo: [2, 2], extents: 2 });
  expect(readImageFacts(shared, shared.length).kind).toBe("image");
});
