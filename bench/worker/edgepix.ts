// The engine itself, driven as the src Worker drives it.

import type { Engine } from "./engine.ts";

export const renderWithEdgepix: Engine = async ({ photo }) => {
  throw new Error(`src has no render yet for ${photo}`);
};
