// Uploads over real HTTP, the way curl does it.
import { expect } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";
import { fixture } from "./fixture.ts";

interface Upload {
  readonly key?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** The Image object that the API answers; anything but 201 fails the test. */
export async function upload(
  origin: string,
  name: string,
  { key, fields = {} }: Upload = {},
): Promise<Image> {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append("file", fixture(name));
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const answer = await fetch(`${origin}/v1/images`, { method: "POST", body, headers });
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  return imageSchema.parse(JSON.parse(text));
}
