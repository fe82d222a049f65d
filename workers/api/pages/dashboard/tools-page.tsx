// `/tools`: programs that people have already, filled in for this deployment. A tool with its key is on the page that answers its form, and never again.
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { Problem } from "../problem.tsx";
import { tools } from "../tools/index.ts";
import { type Filling, KEY_PLACEHOLDER, type Tool } from "../tools/tool.ts";
import { DashboardFrame } from "./frame.tsx";

export interface ToolsPageProps {
  readonly visitor: Visitor;
  readonly origins: Pick<Filling, "api" | "page">;
  /** A key that was made just now, and for which tool. */
  readonly fresh: { readonly tool: Tool; readonly key: string } | null;
  readonly problem: string | null;
  /** What the <picture> maker was asked for; `html` is null where the account has no such picture. */
  readonly picture: { readonly address: string; readonly html: string | null } | null;
}

export function ToolsPage({ visitor, origins, fresh, problem, picture }: ToolsPageProps) {
  return (
    <DashboardFrame
      visitor={visitor}
      here="/tools"
      title="Tools"
      head={<script type="module" src="/copy-buttons.js"></script>}
    >
      <h1>Tools</h1>
      <p class="lead">
        Programs you use already, made to upload to your account. Each gets a key of its own, which may
        upload, change and delete; <a href="/keys">revoke it</a> when you stop using the tool.
      </p>
      <Problem words={problem} />
      {fresh && (
        <section class="notice" aria-labelledby="fresh">
          <h2 id="fresh">{fresh.tool.name}, with your new key</h2>
          <p>
            <strong>Copy it now.</strong> Only the key's fingerprint is kept here, so it can't be shown again.
          </p>
          <Filled tool={fresh.tool} filling={{ ...origins, key: fresh.key }} prefix="fresh-" />
          <Steps tool={fresh.tool} />
        </section>
      )}
      {tools.map((tool) => (
        <section aria-labelledby={tool.id}>
          <h2 id={tool.id}>{tool.name}</h2>
          <p>{tool.about}</p>
          <Steps tool={tool} />
          {tool.needsKey ? (
            <>
              <MakeKey tool={tool} formToken={visitor.formToken} />
              <details>
                <summary aria-label={`What it gets: ${tool.name}`}>What it gets</summary>
                <Filled tool={tool} filling={{ ...origins, key: KEY_PLACEHOLDER }} />
              </details>
            </>
          ) : (
            <Filled tool={tool} filling={{ ...origins, key: KEY_PLACEHOLDER }} />
          )}
        </section>
      ))}
      <PictureMaker picture={picture} />
      <p role="status" class="said"></p>
    </DashboardFrame>
  );
}

function Steps({ tool }: { readonly tool: Tool }) {
  return (
    <ol>
      {tool.steps.map((step) => (
        <li>{step}</li>
      ))}
    </ol>
  );
}

function MakeKey({ tool, formToken }: { readonly tool: Tool; readonly formToken: string }) {
  return (
    <form method="post" action="/tools" class="actions">
      <FormToken token={formToken} />
      <input type="hidden" name="tool" value={tool.id} />
      {tool.file && (
        <button
          type="submit"
          name="as"
          value="file"
          aria-label={`Make a key and save the file for ${tool.name}`}
        >
          Make a key and save the file
        </button>
      )}
      <button type="submit" name="as" value="page" aria-label={`Make a key and show it for ${tool.name}`}>
        Make a key and show it
      </button>
    </form>
  );
}

interface FilledProps {
  readonly tool: Tool;
  readonly filling: Filling;
  /** Of ids: a tool may be on the page twice. */
  readonly prefix?: string;
}

function Filled({ tool, filling, prefix = "" }: FilledProps) {
  const file = tool.file?.(filling);
  return (
    <>
      {file && (
        <div class="snippet">
          <label for={`${prefix}${tool.id}-file`}>{file.name}</label>
          <textarea id={`${prefix}${tool.id}-file`} rows={8} readonly spellcheck={false} autocomplete="off">
            {file.text}
          </textarea>
        </div>
      )}
      {tool.settings?.(filling).map(({ label, text }, at) => (
        <div class="snippet">
          <label for={`${prefix}${tool.id}-${at}`}>{label}</label>
          <input
            id={`${prefix}${tool.id}-${at}`}
            value={text}
            readonly
            spellcheck={false}
            autocomplete="off"
          />
        </div>
      ))}
    </>
  );
}

function PictureMaker({ picture }: Pick<ToolsPageProps, "picture">) {
  return (
    <section aria-labelledby="picture-maker">
      <h2 id="picture-maker">&lt;picture&gt; for your site</h2>
      <p>HTML that gives each screen the width it needs, as AVIF or WebP where the browser takes it.</p>
      <form method="get" action="/tools#picture-maker" class="address">
        <label for="picture">A picture of yours: its link, its address or its id</label>
        <div class="row">
          <input id="picture" name="picture" value={picture?.address} autocomplete="off" required />
          <button type="submit">Make the HTML</button>
        </div>
      </form>
      {picture?.html === null && <Problem words="There is no such picture in your account." />}
      {picture?.html && (
        <div class="snippet">
          <label for="picture-html">HTML</label>
          <textarea id="picture-html" rows={8} readonly spellcheck={false} autocomplete="off">
            {picture.html}
          </textarea>
        </div>
      )}
    </section>
  );
}
