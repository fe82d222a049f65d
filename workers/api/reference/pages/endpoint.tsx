// A call of the API: what it is for, its examples, what it takes and what it answers.
import type { Call } from "../examples/call.ts";
import type { Endpoint } from "../model.ts";
import { Prose } from "../prose.tsx";
import { Example } from "./example.tsx";
import { RequestFields } from "./fields.tsx";

interface EndpointProps {
  readonly endpoint: Endpoint;
  readonly examples: readonly Call[];
  readonly apiOrigin: string;
}

export function EndpointSection({ endpoint, examples, apiOrigin }: EndpointProps) {
  const { operationId, method, path, summary, who, description, fields, answers } = endpoint;
  return (
    <section id={operationId}>
      <h2>
        <code>
          {method} {path}
        </code>
      </h2>
      <p>
        {summary}. For {who}. <Prose text={description} />
      </p>
      {examples.map((call) => (
        <>
          <h3>{call.title}</h3>
          <Example {...{ call, apiOrigin }} />
        </>
      ))}
      {fields.length > 0 && (
        <>
          <h3>What it takes</h3>
          <RequestFields fields={fields} />
        </>
      )}
      <h3>What it answers</h3>
      <ul>
        {answers.map(({ status, description: said, headers }) => (
          <li>
            {status}: <Prose text={said} />
            {headers.length > 0 && (
              <ul>
                {headers.map((header) => (
                  <li>
                    Header <code>{header.name}</code>: <Prose text={header.description} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
