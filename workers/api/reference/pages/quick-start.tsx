// `/docs`: from nothing to a transformed picture, and the way to everything else.

import { signUpUrlOf } from "../../sign-up-url.ts";
import { endpointsOf } from "../model.ts";
import { Prose } from "../prose.tsx";
import { type QuickStep, quickStart } from "../quick-start.ts";
import { Code, Example } from "./example.tsx";
import { KeyHint } from "./key-hint.tsx";
import { docsPages, pageOfOperation } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

export function QuickStartPage({ document, origins, settings, reader }: DocsProps) {
  return (
    <DocsPage
      page={docsPages.start}
      reader={reader}
      lead={
        <>
          Your image is a URL. Base URL of the API: <code>{origins.api}/v1</code>.
        </>
      }
    >
      <KeyHint reader={reader} />
      {quickStart(origins, reader ? "member" : { signUpUrl: signUpUrlOf(settings, origins) }).map(
        (step, at) => (
          <Step step={step} number={at + 1} apiOrigin={origins.api} />
        ),
      )}
      <section id="calls">
        <h2>Every call</h2>
        <dl class="fields">
          {endpointsOf(document).map(({ operationId, method, path, summary }) => (
            <div>
              <dt>
                <a href={`${pageOfOperation(operationId)?.path ?? ""}#${operationId}`}>
                  {method} {path}
                </a>
              </dt>
              <dd>{summary}.</dd>
            </div>
          ))}
        </dl>
      </section>
    </DocsPage>
  );
}

function Step({
  step: { title, text, shell, call, addresses = [] },
  number,
  apiOrigin,
}: {
  readonly step: QuickStep;
  readonly number: number;
  readonly apiOrigin: string;
}) {
  return (
    <section>
      <h2>
        {number}. {title}
      </h2>
      <p>
        <Prose text={text} />
      </p>
      {shell && <Code label={title} text={shell} />}
      {call && <Example {...{ call, apiOrigin }} />}
      {addresses.length > 0 && (
        <ul>
          {addresses.map(({ url, shows }) => (
            <li>
              <a href={url}>{url}</a>: {shows}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
