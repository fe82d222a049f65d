// The page at `/`: what this host is and how to put the first image on it.
import { Layout } from "./layout.tsx";

interface HomePageProps {
  readonly apiOrigin: string;
}

export function HomePage({ apiOrigin }: HomePageProps) {
  return (
    <Layout title="edgepix">
      <section class="message">
        <h1>Your image is a URL</h1>
        <p>
          This is an image host. Send it a picture, and get back addresses for every size and format, and a
          page to share.
        </p>
        <pre>
          <code>curl -F file=@photo.jpg {apiOrigin}/v1/images</code>
        </pre>
        <p>
          The answer's <code>url</code> is the picture, <code>page_url</code> its page. Add{" "}
          <code>?size=m</code> for a smaller one, or change <code>.jpg</code> to <code>.webp</code> to convert
          it. Images uploaded without a key stay for 30 days.
        </p>
      </section>
    </Layout>
  );
}
