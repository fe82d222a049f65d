// The Image object of rows that are not whole: nothing is promised that can't be answered.
import { expect, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { toImage } from "../../workers/api/images/image-object.ts";
import type { ImageRow } from "../../workers/api/images/store/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { storeRow } from "../support/stored-rows.ts";

const row = await storeRow(await makeAccount());
const origins = { src: "https://src.example.com", page: "https://example.com" };
const sizesWith = (changes: Partial<ImageRow>) => Object.keys(toImage({ ...row, ...changes }, origins).sizes);

test("Sizes are named where a picture can be transformed and both its sides are known, and nowhere else", () => {
  expect(sizesWith({})).toEqual(["small", "medium", "large"]);
  for (const changes of [
    { transformable: false },
    { width: null },
    { height: null },
    { width: null, height: null },
  ])
    expect(sizesWith(changes), JSON.stringify(changes)).toEqual([]);
});

test("A placeholder is whole or null", () => {
  const both = { thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI", color: "#7a8c99" };
  expect(toImage({ ...row, ...both }, origins).placeholder).toEqual(both);
  for (const missing of [{ thumbhash: null }, { color: null }])
    expect(toImage({ ...row, ...both, ...missing }, origins).placeholder).toBeNull();
});

test("An object of an odd row keeps to the contract", () => {
  const odd = {
    transformable: false,
    width: null,
    height: null,
    status: "processing",
    publishedAt: null,
  } as const;
  expect(imageSchema.safeParse(toImage({ ...row, ...odd }, origins)).success).toBe(true);
});
