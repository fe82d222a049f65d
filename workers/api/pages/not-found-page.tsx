// What a browser sees where nothing is: unknown, deleted, expired, private and blocked images all look like this.
import { Layout } from "./layout.tsx";

export function NotFoundPage() {
  return (
    <Layout title="Not found · edgepix">
      <section class="message">
        <h1>There is nothing here</h1>
        <p>The address may be mistyped, or the image was deleted, has expired or is private.</p>
        <p>
          <a class="button" href="/">
            Go to the home page
          </a>
        </p>
      </section>
    </Layout>
  );
}
