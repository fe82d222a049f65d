// The reference for people at /docs: the same declarations, as a page without scripts.
import { raw } from "hono/html";
import { parameterDocs } from "../../../schema/transform.ts";
import { Layout } from "../pages/layout.tsx";
import type { OpenApiDocument } from "./document.ts";
import { type Endpoint, endpointsOf } from "./model.ts";

interface DocsPageProps {
  readonly document: OpenApiDocument;
  readonly apiOrigin: string;
}

/** The page's one style element. */
export const docsCss = `
.docs { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
.docs h2 { margin-top: 3rem; font-size: 1.15rem }
.docs dt { margin-top: .75rem }
.docs dd { margin: 0 0 0 1rem }
.docs small { opacity: .7 }
.docs code { font-family: ui-monospace, monospace; font-size: .9em }
`;

export function DocsPage({ document, apiOrigin }: DocsPageProps) {
  const endpoints = endpointsOf(document);
  return (
    <Layout title="API reference · edgepix" head={<style>{raw(docsCss)}</style>}>
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

/** Words in backticks are code. */
function Prose({ text }: { readonly text: string }) {
  return <>{text.split("`").map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part))}</>;
}

function anchorOf({ method, path }: Endpoint): string {
  return `${method}${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
