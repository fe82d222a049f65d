// A page that says one thing, and leads home.
import type { Child } from "hono/jsx";
import { Layout } from "./layout.tsx";

interface MessagePageProps {
  readonly title: string;
  readonly heading: string;
  readonly head?: Child;
  /** The address of a page that is no more, for scripts that kept it. */
  readonly gone?: string;
  readonly children: Child;
}

export function MessagePage({ title, heading, head, gone, children }: MessagePageProps) {
  return (
    <Layout title={`${title} · edgepix`} head={head}>
      <section class="message" {...(gone && { "data-gone": gone })}>
        <h1>{heading}</h1>
        {children}
        <p>
          <a class="button" href="/">
            Go to the home page
          </a>
        </p>
      </section>
    </Layout>
  );
}
