// Renders are kept by names that hold the engine's number: bytes that change under the same number would leave old renders
// in caches for a year.
import { expect, test } from "vitest";
import { ENGINE } from "../../../workers/src/door/version.ts";
import pinned from "../../golden/engine.json" with { type: "json" };
import { hashRenders } from "../../support/engine-renders.ts";

test("the engine's bytes are those of its number", async () => {
  const renders = await hashRenders();
  const changed = Object.keys(renders).filter((name) => Reflect.get(pinned.renders, name) !== renders[name]);
  if (ENGINE === pinned.engine) {
    expect(
      changed,
      "The engine writes other bytes: raise ENGINE in workers/src/door/version.ts, then run `npm run pin-engine`",
    ).toEqual([]);
  }
  expect(
    pinned,
    "ENGINE was raised: run `npm run pin-engine`, and look at what it changes in test/golden/engine.json",
  ).toEqual({ engine: ENGINE, renders });
});
