// Where an error's doc_url leads when the asked host is none.
import { expect, test } from "vitest";
import { errorSchema } from "../../../schema/api.ts";
import { ApiError, errorResponse, pageOriginOf } from "../../../workers/shared/api-error.ts";

const docUrlFor = async (own: string | undefined, requestUrl: string) => {
  const answer = errorResponse(new ApiError("bad_request"), "an-id", pageOriginOf(own, requestUrl));
  return errorSchema.parse(await answer.json()).error.doc_url;
};

test("an error of a request whose Host is none keeps the contract", async () => {
  expect(await docUrlFor(undefined, "http://a b<>/v1/images")).toBe("about:blank");
  expect(await docUrlFor("", "http://a b<>/v1/images")).toBe("about:blank");
});

test("the operator's own pages are named whatever the Host says", async () => {
  expect(await docUrlFor("https://pages.example", "http://a b<>/")).toBe(
    "https://pages.example/docs/errors#bad_request",
  );
});

test("else the asked host has the pages", async () => {
  expect(await docUrlFor(undefined, "https://pictures.example/v1/images?x")).toBe(
    "https://pictures.example/docs/errors#bad_request",
  );
});
