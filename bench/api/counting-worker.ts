// The API Worker with one addition: a request that asks for it is told how many rows of D1 it cost.

import { countRows } from "../../test/harness/counting-database.ts";
import api from "../../workers/api/index.ts";

export { Ledger } from "../../workers/api/index.ts";

export default {
  async fetch(request, env, context) {
    if (!request.headers.has("X-Count-Rows")) return api.fetch(request, env, context);
    const { database, rows } = countRows(env.DB);
    const answer = await api.fetch(request, { ...env, DB: database }, context);
    const counted = new Response(answer.body, answer);
    counted.headers.set("X-Rows-Read", String(rows.read));
    counted.headers.set("X-Rows-Written", String(rows.written));
    return counted;
  },
} satisfies ExportedHandler<ApiEnv>;
