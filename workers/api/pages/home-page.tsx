// The page at `/`: what this host is, and the first picture on it.
import type { PlanLimits } from "../../../schema/plans.ts";
import type { Visitor } from "./account-links.tsx";
import { Layout } from "./layout.tsx";
import { PlaygroundHead } from "./playground.tsx";
import { UploadForms } from "./upload-forms.tsx";
import type { WayOut } from "./way-out.tsx";
import { bytesInWords } from "./words.ts";

export interface HomePageProps {
  readonly apiOrigin: string;
  /** Who is signed in uploads to their account, others to nobody's. */
  readonly visitor: Visitor | null;
  /** The visitor's, or those without an account. */
  readonly limits: PlanLimits;
  /** How many pictures an address may upload without an account; 0 = none. */
  readonly uploadsPerHour: number;
  /** Where one gets an account; null = not by oneself. */
  readonly signUpUrl: string | null;
  /** Of a picture that somebody may want to take. */
  readonly address?: string | undefined;
  readonly problem?: string;
  readonly wayOut?: WayOut | null;
}

export function HomePage(props: HomePageProps) {
  const { apiOrigin, visitor, uploadsPerHour } = props;
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
        {visitor || uploadsPerHour > 0 ? <Upload {...props} /> : <Closed {...props} />}
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

function Upload(props: HomePageProps) {
  const { visitor, limits, address, problem, wayOut } = props;
  return (
    <>
      <UploadForms
        {...(visitor && { action: `/gallery/upload?form_token=${visitor.formToken}` })}
        address={address}
        maxFileBytes={limits.maxFileBytes}
        maxTtlSeconds={limits.maxTtlSeconds}
        problem={problem ?? null}
        wayOut={wayOut}
      />
      {visitor ? <ForMember limits={limits} /> : <ForNobody {...props} />}
      <ul id="uploads" class="uploads" aria-label="Your uploads"></ul>
      <p role="status" class="said"></p>
      <Recent />
    </>
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

function ForMember({ limits }: Pick<HomePageProps, "limits">) {
  return (
    <p class="limits">
      Up to {bytesInWords(limits.maxFileBytes)} each. They stay, among <a href="/gallery">your pictures</a>,
      and anyone with the link can see one.
    </p>
  );
}

function ForNobody({ limits: { maxFileBytes, maxTtlSeconds }, uploadsPerHour, signUpUrl }: HomePageProps) {
  const days = maxTtlSeconds === null ? null : Math.round(maxTtlSeconds / 86_400);
  return (
    <p class="limits">
      Without an account: up to {bytesInWords(maxFileBytes)} each, {uploadsPerHour} an hour.
      {days !== null &&
        ` Anyone with the link can see a picture, and it is gone after ${days} days at the latest.`}
      {signUpUrl && (
        <>
          {" "}
          <a href={signUpUrl}>With an account</a> pictures stay.
        </>
      )}
    </p>
  );
}

function Closed({ signUpUrl }: HomePageProps) {
  return (
    <p>
      Uploads without an account are closed here. <a href="/sign-in">Sign in</a>
      {signUpUrl && (
        <>
          , or <a href={signUpUrl}>make an account</a>,
        </>
      )}{" "}
      to upload.
    </p>
  );
}
