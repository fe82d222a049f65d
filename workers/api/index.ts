import { DurableObject } from "cloudflare:workers";
export class Ledger extends DurableObject<ApiEnv> {}
export default { fetch: () => new Response("x") } satisfies ExportedHandler<ApiEnv>;
