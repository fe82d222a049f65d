// A page that says one thing, and leads home.
import type { Child } from "hono/jsx";
import type { Visitor } from "./account-links.tsx";
import { Layout } from "./layout.tsx";

interface MessagePageProps {
  readonly title: string;
  readonly heading: string;
  readonly head?: Child;
  /** Who looks, where that is known: null = nobody who is signed in. */
  readonly visitor?: Visitor | null | undefined;
  /** The address of a page that is no more, for scripts that kept it. */
  readonly gone?: string;
  readonly children: Child;
}

export function MessagePage({ title, heading, head, visitor, gone, children }: MessagePageProps) {
  return (
    <Layout title={`${title} · edgepix`} head={head} {...(visitor !== undefined && { visitor })}>
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
