import { WorkerEntrypoint } from "cloudflare:workers";
export default class Src extends WorkerEntrypoint<SrcEnv> {
  override fetch() {
    return new Response("x");
  }
}
