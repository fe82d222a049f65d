// The reference for people at /docs: the same declarations, as a page without scripts.
import { parameterDocs } from "../../../schema/transform.ts";
import { Layout } from "../pages/layout.tsx";
import type { OpenApiDocument } from "./document.ts";
import { type Endpoint, endpointsOf } from "./model.ts";

interface DocsPageProps {
  readonly document: OpenApiDocument;
  readonly apiOrigin: string;
}

export function DocsPage({ document, apiOrigin }: DocsPageProps) {
  const endpoints = endpointsOf(document);
  return (
    <Layout title="API reference · edgepix">
      <article class="message">
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
            </li>
          ))}
          <li>
            <a href="#image-urls">Image URLs</a>
          </li>
        </ul>
      </article>
      {endpoints.map((endpoint) => (
        <EndpointSection endpoint={endpoint} />
      ))}
      <ImageUrlSection />
    </Layout>
  );
}

function EndpointSection({ endpoint }: { readonly endpoint: Endpoint }) {
  return (
    <section id={anchorOf(endpoint)}>
      <h2>
        {endpoint.method} {endpoint.path}
      </h2>
      <p>
        {endpoint.summary}. For {endpoint.who}. {endpoint.description}
      </p>
      {endpoint.fields.length > 0 && (
        <dl>
          {endpoint.fields.map((field) => (
            <>
              <dt>
                <code>{field.name}</code> <small>{field.where}</small>
              </dt>
              <dd>
                {field.type}
                {field.isRequired && ", required"}
                {field.description && `. ${field.description}`}
              </dd>
            </>
          ))}
        </dl>
      )}
      <ul>
        {endpoint.answers.map(({ status, description }) => (
          <li>
            {status}: {description}
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
        {parameterDocs.map(({ name, aliases = [], values, effect }) => (
          <>
            <dt>
              <code>{[name, ...aliases].join(", ")}</code> <small>{values.replaceAll("`", "")}</small>
            </dt>
            <dd>{effect.replaceAll("`", "")}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function anchorOf({ method, path }: Endpoint): string {
  return `${method}${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
