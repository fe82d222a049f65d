// `/docs/errors`: every code, what it means and what to do. `doc_url` of each error leads to its row.
import { errorAdvice } from "../../../schema/error-advice.ts";
import { errorKinds, errorNames, wireCode } from "../../../schema/errors.ts";
import { Layout } from "../pages/layout.tsx";
import { Prose } from "./prose.tsx";

const example = `{
  "error": {
    "type": "rate_limit_error",
    "code": "rate_limited",
    "message": "Too many requests. Wait before the next one.",
    "action": { "type": "wait", "retry_after": 12 },
    "doc_url": "…/docs/errors#rate_limited",
    "request_id": "…"
  }
}`;

export function ErrorsPage() {
  return (
    <Layout title="Errors · edgepix">
      <article class="docs">
        <h1>Errors</h1>
        <p>
          Every refusal is JSON of one shape. <code>type</code>, <code>code</code>, <code>message</code>,{" "}
          <code>doc_url</code> and <code>request_id</code> are always there, and <code>details</code>,{" "}
          <code>action</code> and <code>usage</code> where they help. Programs decide by <code>code</code>;
          the message is for people and may change.
        </p>
        <pre>
          <code>{example}</code>
        </pre>
        {[...codes].map(([code, names]) => (
          <section id={code}>
            <h2>
              <code>{code}</code>
            </h2>
            {names.map((name) => (
              <>
                <p>
                  {errorKinds[name].status}, <code>{errorKinds[name].type}</code>. {errorKinds[name].message}
                </p>
                <p>
                  <Prose text={errorAdvice[name]} />
                </p>
              </>
            ))}
          </section>
        ))}
        <p>
          <a href="/docs">All of the reference</a>
        </p>
      </article>
    </Layout>
  );
}

/** A code may come with more than one status. */
const codes = Map.groupBy(errorNames, wireCode);
