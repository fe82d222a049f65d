// Gives a generator that lies beside the project's own TypeScript the older one that it was written for.
import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const older = pathToFileURL(createRequire(import.meta.url).resolve("typescript")).href;

registerHooks({
  resolve: (name, context, next) => next(name === "typescript" ? older : name, context),
});
