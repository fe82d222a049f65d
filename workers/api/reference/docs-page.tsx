// The reference for people at /docs: the same declarations, as a page without scripts.
import { parameterDocs } from "../../../schema/transform.ts";
import { Layout } from "../pages/layout.tsx";
import type { OpenApiDocument } from "./document.ts";
import { type Endpoint, endpointsOf } from "./model.ts";
import { Prose } from "./prose.tsx";

interface DocsPageProps {
  readonly document: OpenApiDocument;
  readonly apiOrigin: string;
}

export function DocsPage({ document, apiOrigin }: DocsPageProps) {
  const endpoints = endpointsOf(document);
  return (
    <Layout title="API reference · edgepix">
      <article class="docs">
        <h1>API reference</h1>
        <p>
          Base URL <code>{apiOrigin}/v1</code>. Machines read <a href="/openapi.json">OpenAPI 3.1</a>,{" "}
          <a href="/llms.txt">llms.txt</a> and <a href="/llms-full.txt">llms-full.txt</a>, which also has the
          tables of errors and plans.
        </p>
        <pre>
          <code>curl -F file=@photo.jpg {apiOrigin}/v1/images</code>
        </pre>
        <ul>
          {endpoints.map((endpoint) => (
            <li>
              <a href={`#${anchorOf(endpoint)}`}>
                {endpoint.method} {endpoint.path}
              </a>
              : {endpoint.summary}
            </li>
          ))}
          <li>
            <a href="#image-urls">Image URLs</a>
          </li>
          <li>
            <a href="/docs/errors">Errors</a>, every code with what to do
          </li>
          <li>
            <a href="/plans">Plans</a>, and what each holds
          </li>
        </ul>
        {endpoints.map((endpoint) => (
          <EndpointSection endpoint={endpoint} />
        ))}
        <ImageUrlSection />
      </article>
    </Layout>
  );
}

function EndpointSection({ endpoint }: { readonly endpoint: Endpoint }) {
  const { method, path, summary, who, description, fields, answers } = endpoint;
  return (
    <section id={anchorOf(endpoint)}>
      <h2>
        {method} {path}
      </h2>
      <p>
        {summary}. For {who}. <Prose text={description} />
      </p>
      {fields.length > 0 && (
        <dl>
          {fields.map((field) => (
            <>
              <dt>
                <code>{field.name}</code>{" "}
                <small>
                  {field.where}, {field.type}
                  {field.isRequired && ", required"}
                </small>
              </dt>
              {field.description && (
                <dd>
                  <Prose text={field.description} />
                </dd>
              )}
            </>
          ))}
        </dl>
      )}
      <ul>
        {answers.map((answer) => (
          <li>
            {answer.status}: <Prose text={answer.description} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ImageUrlSection() {
  return (
    <section id="image-urls">
      <h2>Image URLs</h2>
      <p>
        The extension converts, and these parameters combine in any order. Bad values are ignored: an image
        always loads.
      </p>
      <dl>
        {parameterDocs.map(({ name, aliases = [], values, byDefault, effect }) => (
          <>
            <dt>
              <code>{[name, ...aliases].join(", ")}</code>{" "}
              <small>
                <Prose text={values} />
                {byDefault && `, by default ${byDefault}`}
              </small>
            </dt>
            <dd>
              <Prose text={effect} />
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function anchorOf({ method, path }: Endpoint): string {
  return `${method}${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
