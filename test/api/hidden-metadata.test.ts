// hidden_metadata: said at upload in each of its forms, changed later, alone or by the hundred; caches follow.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { batchResultSchema, type Image, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const { key } = await makeAccount();

/** Sends a change with a src that notes what it is told to forget. */
async function change(path: string, body: object) {
  const purge = vi.fn(async () => true);
  const response = await call(
    path,
    {
      method: "PATCH",
      body: JSON.stringify(body),
      headers: { ...authorization(key), "Content-Type": "application/json" },
    },
    { SRC: { purge } },
  );
  expect(response.status).toBe(200);
  return { answer: await response.json<unknown>(), purge };
}

test("An upload allows nothing unless it says so, and stands last but one in the object, with access and notes", async () => {
  const image = await uploadImage(key);
  expect(image).toMatchObject({ access: "public", hidden_metadata: "strip", notes: [] });
  expect(Object.keys(image).slice(-4)).toEqual(["placeholder", "access", "hidden_metadata", "notes"]);
});

test("A file as the body says it in the query", async () => {
  expect((await uploadImage(key, { hidden_metadata: "keep_with_location" })).hidden_metadata).toBe(
    "keep_with_location",
  );
});

test("An import says it in its JSON", async () => {
  const fetch = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async (input) =>
      String(input).includes("dns-query")
        ? Response.json({ Answer: [{ type: 1, data: "93.184.215.14" }] })
        : new Response(await fixtureBytes("coffee.jpg")),
    );
  const body = { url: "https://pictures.example/a.jpg", hidden_metadata: "copyright" };
  const { status, answer } = await callJson(key, "POST", "/v1/images", body);
  fetch.mockRestore();
  expect(status, JSON.stringify(answer)).toBe(201);
  expect(imageSchema.parse(answer).hidden_metadata).toBe("copyright");
});

test("PATCH changes it and purges what is cached; a change of nothing that is served does not", async () => {
  const { id } = await uploadImage(key);
  const changed = await change(`/v1/images/${id}`, { hidden_metadata: "keep" });
  expect(imageSchema.parse(changed.answer).hidden_metadata).toBe("keep");
  expect(changed.purge).toHaveBeenCalledExactlyOnceWith([id]);
  expect((await change(`/v1/images/${id}`, { caption: "x" })).purge).not.toHaveBeenCalled();
});

test("A batch changes it and purges all of them", async () => {
  const ids = [(await uploadImage(key)).id, (await uploadImage(key)).id];
  const { answer, purge } = await change("/v1/images/batch", { ids, hidden_metadata: "copyright" });
  const { data } = batchResultSchema.parse(answer);
  expect(data.map((image: Partial<Image>) => image.hidden_metadata)).toEqual(["copyright", "copyright"]);
  // In whatever order the database handed them out.
  expect(purge).toHaveBeenCalledExactlyOnceWith(expect.arrayContaining(ids));
  expect(purge.mock.calls.flat(2)).toHaveLength(ids.length);
});

test("A purge that src refused is left to the cron", async () => {
  const { id } = await uploadImage(key);
  await call(
    `/v1/images/${id}`,
    {
      method: "PATCH",
      body: JSON.stringify({ hidden_metadata: "strip" }),
      headers: { ...authorization(key), "Content-Type": "application/json" },
    },
    { SRC: { purge: async () => false } },
  );
  const { results } = await env.DB.prepare("select kind from outbox where image_id = ?").bind(id).all();
  expect(results).toEqual([{ kind: "purge" }]);
});

test.each(["everything", "", null, 1])("PATCH refuses %j", async (hidden_metadata) => {
  const { id } = await uploadImage(key);
  const { status } = await callJson(key, "PATCH", `/v1/images/${id}`, { hidden_metadata });
  expect(status).toBe(422);
});
