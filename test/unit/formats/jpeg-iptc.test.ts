// What of a JPEG's IPTC stays: what describes the picture, and its place only where that is asked for.
import { describe, expect, test } from "vitest";
import { keptIptc } from "../../../workers/formats/jpeg/iptc.ts";

type Bytes = readonly number[];
const text = (letters: string): Bytes => [...Buffer.from(letters, "latin1")];

describe("IPTC", () => {
  const set = (record: number, number: number, value: Bytes): Bytes => [
    0x1c,
    record,
    number,
    value.length >> 8,
    value.length & 255,
    ...value,
  ];
  const resource = (id: number, name: string, value: Bytes): Bytes => [
    ...text("8BIM"),
    id >> 8,
    id & 255,
    name.length,
    ...text(name),
    ...(name.length % 2 === 0 ? [0] : []),
    0,
    0,
    value.length >> 8,
    value.length & 255,
    ...value,
    ...(value.length % 2 === 1 ? [0] : []),
  ];
  const body = (...resources: readonly Bytes[]) =>
    Uint8Array.from([...text("Photoshop 3.0\0"), ...resources.flat()]);
  const kept = (bytes: Uint8Array, level: "keep" | "keep_with_location" = "keep") => keptIptc(bytes, level);
  const iptc = (...sets: readonly Bytes[]) => body(resource(0x0404, "", sets.flat()));
  const title = set(2, 105, [65]);

  test("is written anew with what describes the picture", () => {
    const encoding = set(1, 90, [27, 37, 71]);
    const others = [set(1, 89, [1]), set(2, 136, [1]), set(3, 105, [1]), set(0, 90, [1])];
    expect(kept(iptc(encoding, ...others, title, set(2, 135, [2])))).toEqual(
      iptc(encoding, title, set(2, 135, [2])),
    );
    expect(kept(iptc(encoding, ...others))).toBeNull();
    expect(
      kept(
        body(resource(0x0405, "a", [1]), resource(0x0404, "bc", title), resource(0x0404, "", set(2, 5, [1]))),
      ),
    ).toEqual(iptc(title));
    expect(kept(body(resource(0x0405, "", [1, 2]), resource(0x0404, "abc", title)))).toEqual(iptc(title));
  });

  test("tells a place only where that is asked for", () => {
    for (const place of [26, 27, 90, 92, 95, 100, 101]) {
      expect(kept(iptc(title, set(2, place, [1])))).toEqual(iptc(title));
      expect(kept(iptc(title, set(2, place, [1])), "keep_with_location")).toEqual(
        iptc(title, set(2, place, [1])),
      );
    }
    for (const level of ["none", "copyright"] as const) expect(keptIptc(iptc(title), level)).toBeNull();
  });

  test("is read as far as it can be", () => {
    const long = (bytes: number) => iptc(title, set(2, 120, Array(bytes).fill(66)), set(2, 80, [67]));
    expect(kept(long(4_096))).toEqual(long(4_096));
    expect(kept(long(4_097))).toEqual(iptc(title));
    expect(kept(iptc(title, [0x1d, 2, 80, 0, 1, 67]))).toEqual(iptc(title));
    expect(kept(iptc(title, [0x1c, 2, 80, 0, 2, 67]))).toEqual(iptc(title));
    expect(kept(iptc(title, [0x1c, 2, 80, 0]))).toEqual(iptc(title));
    expect(kept(iptc(title, set(2, 80, [])))).toEqual(iptc(title, set(2, 80, [])));
    expect(kept(iptc(title).subarray(0, -1))).toBeNull();
    expect(kept(iptc(title, set(2, 80, [])).subarray(0, -1))).toEqual(iptc(title, set(2, 80, [])));
    expect(kept(body(text("8BIN\x04\x04"), Array(20).fill(0)))).toBeNull();
    expect(kept(Uint8Array.from(text("Photoshop 2.5\0")))).toBeNull();
    expect(kept(body())).toBeNull();
  });
});
