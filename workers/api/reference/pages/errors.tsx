// `/docs/errors`: every code, what it means and what to do. `doc_url` of each error leads to its section.
import { errorAdvice } from "../../../../schema/error-advice.ts";
import { type ErrorName, errorKinds, errorNames, wireCode } from "../../../../schema/errors.ts";
import type { Origins } from "../../origins.ts";
import { actionOf, exampleError } from "../examples/errors.ts";
import { Prose } from "../prose.tsx";
import { ObjectFields } from "./fields.tsx";
import { docsPages } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

export function ErrorsPage({ document, origins, reader }: DocsProps) {
  return (
    <DocsPage page={docsPages.errors} reader={reader} lead="Every refusal is JSON of one shape.">
      <p>
        Decide by <code>code</code>. The message is for people and may change. <code>doc_url</code> leads to
        the section of the code on this page.
      </p>
      <ul class="codes">
        {[...codes.keys()].map((code) => (
          <li>
            <a href={`#${code}`}>{code}</a>
          </li>
        ))}
      </ul>
      {[...codes].map(([code, names]) => (
        <section id={code}>
          <h2>
            <code>{code}</code>
          </h2>
          {names.map((name) => (
            <Kind {...{ name, origins }} />
          ))}
        </section>
      ))}
      <ObjectFields document={document} name="Error" />
    </DocsPage>
  );
}

function Kind({ name, origins }: { readonly name: ErrorName; readonly origins: Origins }) {
  const { status, type, message } = errorKinds[name];
  const action = actionOf(name, origins);
  return (
    <>
      <p>
        <strong>{status}</strong>, <code>{type}</code>
        {action && (
          <>
            , action <code>{action}</code>
          </>
        )}
        . {message}
      </p>
      <p>
        What to do: <Prose text={errorAdvice[name]} />
      </p>
      <details class="answer">
        <summary>
          Example of {wireCode(name)}, {status}
        </summary>
        <pre>
          <code>{JSON.stringify(exampleError(name, origins), null, 2)}</code>
        </pre>
      </details>
    </>
  );
}

/** A code may come with more than one status. */
const codes = Map.groupBy(errorNames, wireCode);
