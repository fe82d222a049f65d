// Uploads as clients do them: one form, whatever carries it.
import { expect } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";

interface Order {
  readonly method: string;
  readonly body: FormData;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Upload {
  readonly key?: string;
  /** They stand before the file. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The Image object that the API answers; anything but 201 fails the test. */
export async function upload(
  send: (path: string, order: Order) => Promise<Response>,
  file: File,
  { key, fields = {} }: Upload = {},
): Promise<Image> {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append("file", file, file.name);
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const answer = await send("/v1/images", { method: "POST", body, headers });
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  return imageSchema.parse(JSON.parse(text));
}
