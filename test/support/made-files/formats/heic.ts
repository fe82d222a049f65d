// HEIC: the encoder is not ours to bundle, so that one phone's picture stands for the sound ones.
import { fixture } from "../../fixtures.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";

export const files = madeFiles("heic", { "a phone's grid of tiles": () => fixture("photo.heic") }).flatMap(
  withBroken,
);
