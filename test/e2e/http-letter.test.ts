// HTTP to the letter on one origin: the API Worker asks src, and what src answers comes through as it is.
import { beforeAll, inject } from "vitest";
import { describeLetter } from "../support/http-letter/describe-letter.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
const paths = new Map<string, string>();
const pathOf = (name: string) => paths.get(name) ?? "";

beforeAll(async () => {
  for (const name of ["cat.jpg", "drawing.svg"])
    paths.set(name, new URL((await uploadOverHttp(origin, name, { key: inject("key") })).url).pathname);
});

describeLetter("one origin", {
  ask: (path, init) => fetch(origin + path, init ?? {}),
  photo: () => pathOf("cat.jpg"),
  drawing: () => pathOf("drawing.svg"),
});
