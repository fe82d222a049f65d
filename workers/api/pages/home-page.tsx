// The page at `/`: what this host is, and the first picture on it.
import type { PlanLimits } from "../../../schema/plans.ts";
import type { Visitor } from "./account-links.tsx";
import { Layout } from "./layout.tsx";
import { PlaygroundHead } from "./playground.tsx";
import { UploadForms } from "./upload-forms.tsx";
import { bytesInWords } from "./words.ts";

export interface HomePageProps {
  readonly apiOrigin: string;
  readonly visitor: Visitor | null;
  readonly limits: PlanLimits;
  /** How many pictures an address may upload without an account; 0 = none. */
  readonly uploadsPerHour: number;
  /** Of a picture that somebody may want to take. */
  readonly address?: string | undefined;
  readonly problem?: string;
}

export function HomePage({ apiOrigin, visitor, limits, uploadsPerHour, address, problem }: HomePageProps) {
  return (
    <Layout
      title="edgepix"
      visitor={visitor}
      head={
        <>
          <PlaygroundHead />
          <script type="module" src="/upload.js"></script>
        </>
      }
    >
      <section class="front">
        <h1>Your image is a URL</h1>
        <p class="lead">Upload a picture, and get a link to share and addresses for every size and format.</p>
        {uploadsPerHour > 0 ? (
          <>
            <UploadForms address={address} maxFileBytes={limits.maxFileBytes} problem={problem ?? null} />
            <p class="limits">{limitsInWords(limits, uploadsPerHour)}</p>
            <ul id="uploads" class="uploads" aria-label="Your uploads"></ul>
            <p role="status" class="said"></p>
            <Recent />
          </>
        ) : (
          <p>Uploads without a key are closed here.</p>
        )}
        <h2>From a terminal or a program</h2>
        <pre>
          <code>curl -F file=@photo.jpg {apiOrigin}/v1/images</code>
        </pre>
        <p>
          The answer's <code>url</code> is the picture, <code>page_url</code> its page. Add{" "}
          <code>?size=m</code> for a smaller one, or change <code>.jpg</code> to <code>.webp</code> to convert
          it. <a href="/docs">Everything else is in the reference.</a>
        </p>
      </section>
    </Layout>
  );
}

/** Filled by upload.js from what the browser has kept. */
function Recent() {
  return (
    <section id="recent" class="recent" aria-labelledby="recent-heading" hidden>
      <h2 id="recent-heading">Uploaded from this browser</h2>
      <ul></ul>
    </section>
  );
}

function limitsInWords({ maxFileBytes, maxTtlSeconds }: PlanLimits, uploadsPerHour: number): string {
  const each = `up to ${bytesInWords(maxFileBytes)} each, ${uploadsPerHour} an hour.`;
  if (maxTtlSeconds === null) return `Without an account: ${each}`;
  return `Without an account: ${each} Anyone with the link can see a picture, and it is gone after ${Math.round(maxTtlSeconds / 86_400)} days.`;
}
