// How scripts call wrangler, and where it keeps what `npm run dev` stores.
export { wranglerCommand, wranglerEnvironment } from "../cli/wrangler.ts";

/** Local D1, R2 and Durable Objects of `npm run dev`; delete the directory to start afresh. */
export const localState = ".wrangler/state";
