// Text that is odd but not wrong comes back as it is answered, and what is wrong is said in words.
import { expect, test } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const { key } = await makeAccount();
const bytes = await fixtureBytes("coffee.jpg");
const headers = authorization(key);
const named = (name: string) => new File([bytes], name, { type: "image/jpeg" });

const upload = (...fields: readonly (readonly [string, string | File])[]) =>
  call("/v1/images", { method: "POST", body: form(...fields), headers });
const patch = (id: string, changes: string) =>
  call(`/v1/images/${id}`, {
    method: "PATCH",
    body: changes,
    headers: { ...headers, "Content-Type": "application/json" },
  });
const imageOf = async (answer: Response): Promise<Image> => imageSchema.parse(await answer.json());

test("an uploaded image is answered as it is read later, half characters and all", async () => {
  const labels = '{"half":"a\\ud800b"}';
  const uploaded = await imageOf(
    await upload(["labels", labels], ["metadata", labels], ["file", named("a.jpg")]),
  );
  expect(uploaded.labels).toEqual({ half: "a\ufffdb" });
  expect(await imageOf(await call(`/v1/images/${uploaded.id}`, { headers }))).toEqual(uploaded);

  const changed = await imageOf(await patch(uploaded.id, '{"caption":"\\udc00!","filename":"\\ud83d.jpg"}'));
  expect(changed).toMatchObject({ caption: "\ufffd!", filename: "\ufffd.jpg" });
});

test("a file name that is too long is not cut through an emoji", async () => {
  const { filename } = await imageOf(await upload(["file", named(`${"a".repeat(254)}😀.jpg`)]));
  expect(filename).toBe("a".repeat(254));
});

test("__proto__ as a key is refused, not lost", async () => {
  const { id } = await imageOf(await upload(["file", named("a.jpg")]));
  for (const field of ["labels", "metadata"]) {
    const pairs = '{"__proto__":"x","trip":"rome"}';
    const refusals = [
      await upload([field, pairs], ["file", named("a.jpg")]),
      await patch(id, `{"${field}":${pairs}}`),
    ];
    for (const refusal of refusals) {
      expect(refusal.status).toBe(422);
      expect(await refusal.json()).toMatchObject({
        error: { details: { [field]: ["__proto__ can't be a key."] } },
      });
    }
  }
});

test.each([
  ["labels", '"rome"', "Send an object."],
  ["metadata", "[]", "Send an object."],
  ["caption", "5", "Send text."],
  ["colour", '"red"', "There is no such field."],
])("a PATCH with a bad %s is told what was expected", async (field, value, sentence) => {
  const { id } = await imageOf(await upload(["file", named("a.jpg")]));
  expect(await (await patch(id, `{"${field}":${value}}`)).json()).toMatchObject({
    error: { details: { [field]: [sentence] } },
  });
});

test("what a key reads is kept by no cache", async () => {
  for (const path of ["/v1/images", "/v1/usage"]) {
    expect((await call(path, { headers })).headers.get("Cache-Control")).toBe("private, no-store");
  }
});
