// A page about a few calls: a lead in plain words, then each call, then the objects that they answer.
import type { Child } from "hono/jsx";
import { examplesOf } from "../examples/index.ts";
import { endpointsOf } from "../model.ts";
import { EndpointSection } from "./endpoint.tsx";
import { ObjectFields } from "./fields.tsx";
import type { DocsPageEntry } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

interface CallsPageProps extends DocsProps {
  readonly page: DocsPageEntry;
  readonly lead: Child;
  readonly children?: Child;
}

export function CallsPage({ page, lead, children, document, origins, reader }: CallsPageProps) {
  const { operations = [], objects = [] } = page;
  const endpoints = endpointsOf(document).filter(({ operationId }) => operations.includes(operationId));
  const calls = examplesOf(origins);
  return (
    <DocsPage page={page} reader={reader} lead={lead}>
      {children}
      {endpoints.map((endpoint) => (
        <EndpointSection
          endpoint={endpoint}
          examples={calls.filter(
            ({ operationId, status }) => operationId === endpoint.operationId && status < 300,
          )}
          apiOrigin={origins.api}
        />
      ))}
      {objects.map((name) => (
        <ObjectFields {...{ document, name }} />
      ))}
    </DocsPage>
  );
}
